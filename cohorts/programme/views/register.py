"""Taking a session's register: for whoever leads it, and for Staff College."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST

from cohorts.programme import policies, registers
from cohorts.programme.enums import Mark
from cohorts.programme.forms.register import RegisterForm
from cohorts.programme.models import Attendance, Session
from cohorts.programme.policies.register_words import who_sees_register
from cohorts.programme.services import register as verbs
from cohorts.programme.services.register import errors
from lic_site.accounts import audit
from lic_site.accounts.guards import fetch, must, person_required
from lic_site.accounts.requests import SignedInRequest
from lic_site.common.errors import Refusal
from lic_site.common.posted import edit_methods


def _session(request: SignedInRequest, pk: int) -> Session:
    """A session whose register the person may take, or a 404."""
    joined = Session.objects.select_related("cohort", "learning_set", "register_taken_by")
    session = fetch(policies, request.person, joined, pk=pk)
    must(policies.can(request.person, "take_register", session))
    return session


@edit_methods
@person_required
def register(request: SignedInRequest, pk: int) -> HttpResponse:
    """One choice for each name; what two people chose differently stands side by side."""
    session = _session(request, pk)
    if request.method == "POST":
        return _posted(request, session)
    audit.record("programme.register_viewed", by=request.person, at=timezone.now(), thing=session)
    return _page(request, session, registers.opened(registers.rows_of(session)))


def _posted(request: SignedInRequest, session: Session) -> HttpResponse:
    rows = registers.rows_of(session)
    form = RegisterForm(request.POST, rows=rows)
    if not form.is_valid():
        seen = form.cleaned_data.get("seen", session.register_revision)
        return _page(request, session, _with_errors(form, rows), form=form, seen=seen)
    posted, seen = form.posted(), form.cleaned_data["seen"]
    if request.POST.get("do") == "everybody":
        lines = registers.as_posted(rows, posted, otherwise=Mark.PRESENT)
        return _page(request, session, lines, seen=seen, is_filled=True)
    by, at = request.person, timezone.now()
    try:
        saved = verbs.save_register(
            session=session, choices=form.choices(), seen=seen, by=by, at=at
        )
    except errors.RegisterChanged as changed:
        session = _session(request, session.pk)
        clashing = [clash.enrolment_id for clash in changed.clashes]
        lines = registers.after_change(registers.rows_of(session), posted, clashing)
        return _page(request, session, lines, refusal=str(changed))
    except Refusal as refusal:
        lines = registers.as_posted(rows, posted)
        return _page(request, session, lines, refusal=str(refusal), seen=seen)
    _say(request, saved)
    return redirect("programme:register", session.pk)


def _with_errors(form: RegisterForm, rows: list[registers.Row]) -> list[registers.Line]:
    return [
        registers.Line(
            line.row,
            line.chosen,
            line.was,
            line.disagreement,
            " ".join(map(str, form.errors.get(f"mark_{line.row.pk}", ()))),
        )
        for line in registers.as_posted(rows, form.posted())
    ]


def _say(request: SignedInRequest, session: Session) -> None:
    rows = registers.rows_of(session)
    without = sum(not row.saved for row in rows)
    if without:
        whom = "1 person has" if without == 1 else f"{without} people have"
        messages.warning(request, f"Saved. {whom} no mark yet.")
    else:
        messages.success(request, "The register is saved. Thank you.")


def _page(
    request: SignedInRequest, session: Session, lines: list[registers.Line], **more: Any
) -> HttpResponse:
    now = timezone.now()
    try:
        verbs.check_register(session, now)
    except Refusal as not_now:
        more["not_now"] = str(not_now)
    missed = [line.row for line in lines if _may_catch_up(line.row)]
    context = {
        "session": session,
        "cohort": session.cohort,
        "lines": lines,
        "marks": Mark,
        "marked": sum(bool(line.chosen) for line in lines),
        "saved": sum(bool(line.row.saved) for line in lines),
        "came": sum(line.row.saved in {Mark.PRESENT, Mark.LATE} for line in lines),
        "excused": [line.row for line in lines if line.row.apology],
        "missed": missed,
        "seen": session.register_revision,
        "who_sees": who_sees_register("register"),
        "runs_cohorts": policies.can(request.person, "run_cohorts"),
        **more,
    }
    return render(request, "programme/register/register.html", context)


def _may_catch_up(row: registers.Row) -> bool:
    return row.attendance is not None and bool(row.attendance.catch_up)


@require_POST
@person_required
def record_catch_up(request: SignedInRequest, pk: int, attendance: int) -> HttpResponse:
    """Confirm that somebody caught up, or take that back."""
    session = _session(request, pk)
    held = fetch(
        policies, request.person, Attendance.objects.filter(session=session), pk=attendance
    )
    undo = request.POST.get("do") == "reopen"
    verb = verbs.reopen_catch_up if undo else verbs.confirm_catch_up
    try:
        verb(attendance=held, by=request.person, at=timezone.now())
    except Refusal as refusal:
        messages.error(request, str(refusal))
    else:
        said = "There is still something to catch up on." if undo else "Recorded: caught up."
        messages.success(request, said)
    if request.POST.get("next") == "cohort" and policies.can(request.person, "run_cohorts"):
        return redirect("programme:staff_register", session.cohort.slug)
    return redirect("programme:register", pk)
