"""``/staff/concerns/``: a reader's own, each look and act written down."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django import forms as django_forms
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from lic_site.accounts import audit
from lic_site.accounts.guards import allowed, fetch
from lic_site.accounts.models import Person
from lic_site.accounts.requests import SignedInRequest
from lic_site.common.errors import Refusal
from lic_site.common.posted import edit_methods
from lic_site.concerns import boards, policies, summary, threads
from lic_site.concerns.enums import MOVES, State
from lic_site.concerns.forms import handling as forms
from lic_site.concerns.models import Concern, Entry
from lic_site.concerns.services import handling, passing
from lic_site.concerns.stuck import stuck


@dataclass(frozen=True)
class Act:
    """One thing a reader does: its form, its verb, what is said when it is done."""

    heading: str
    button: str
    form: type[django_forms.Form]
    verb: Callable[..., Any]
    done: str
    leaves: bool = False


ACTS = {
    "acknowledge": Act(
        "Acknowledge it",
        "Acknowledge",
        forms.AcknowledgeForm,
        handling.acknowledge,
        "It is acknowledged.",
    ),
    "look-into": Act(
        "Look into it",
        "I am looking into it",
        forms.LookIntoForm,
        handling.look_into,
        "They see that it is being looked into.",
    ),
    "reply": Act(
        "Reply", "Send the reply", forms.ReplyForm, handling.reply, "Your reply is there."
    ),
    "note": Act("Note something", "Keep the note", forms.NoteForm, handling.note, "It is noted."),
    "action": Act(
        "Agree an action",
        "Keep the action",
        forms.ActionForm,
        handling.agree_action,
        "It is noted.",
    ),
    "close": Act("Close it", "Close it", forms.CloseForm, handling.close, "It is closed."),
    "reopen": Act(
        "Open it again", "Open it again", forms.ReopenForm, handling.reopen, "It is open again."
    ),
    "hand-over": Act(
        "Pass it to another reader",
        "Pass it on",
        forms.HandOverForm,
        passing.hand_over,
        "It is with the other reader now. You no longer see it.",
        leaves=True,
    ),
}


def possible(concern: Concern) -> dict[str, Act]:
    """What can be done now."""
    onward = MOVES[State(concern.state)]
    barred = {
        "acknowledge": State.ACKNOWLEDGED not in onward,
        "look-into": concern.state != State.ACKNOWLEDGED,
        "close": State.CLOSED not in onward,
        "reopen": concern.state != State.CLOSED,
    }
    return {name: act for name, act in ACTS.items() if not barred.get(name)}


@require_safe
@allowed("see_board", policies)
def board(request: SignedInRequest) -> HttpResponse:
    """A reader's list; figures for those who keep the readers; both for who is both."""
    person, on = request.person, timezone.localdate()
    form = forms.BoardFilter(request.GET)
    show = form.cleaned_data["show"] if form.is_valid() else ""
    reads, counts = (policies.can(person, verb) for verb in ("read_concerns", "see_counts"))
    context = {
        "reads": reads,
        "filter": form,
        "rows": boards.rows(person, on, show=show) if reads else [],
        "figures": boards.figures(person, on) if counts else None,
        "stuck": stuck(person, timezone.now()),
        "who_sees_counts": policies.WHO_SEES["counts"],
    }
    return render(request, "concerns/staff/board.html", context)


@require_safe
@allowed("read_concerns", policies)
def concern(request: SignedInRequest, reference: str) -> HttpResponse:
    found, now = _fetch(request, reference), timezone.now()
    audit.record(
        "concerns.concern_viewed", by=request.person, at=now, thing=found, subject=found.raiser
    )
    context = {
        "concern": found,
        "row": boards.row(found, timezone.localdate(now)),
        "facts": summary.facts(found),
        "lines": threads.whole(found),
        "acts": possible(found),
    }
    return render(request, "concerns/staff/concern.html", context)


@edit_methods
@allowed("read_concerns", policies)
def act(request: SignedInRequest, reference: str, name: str) -> HttpResponse:
    """One thing to do, on a page of its own."""
    found, now = _fetch(request, reference), timezone.now()
    chosen = ACTS.get(name)
    if chosen is None:
        raise Http404
    form, refusal = _form(request, chosen, found, now), ""
    if request.method == "POST" and form.is_valid():
        refusal = _tried(chosen, found, form, by=request.person, at=now)
        if not refusal:
            messages.success(request, chosen.done)
            return redirect("concerns:board" if chosen.leaves else found_url(found))
    context = {"concern": found, "act": chosen, "form": form, "refusal": refusal}
    return render(request, "concerns/staff/act.html", context)


def found_url(concern: Concern) -> str:
    return f"/staff/concerns/{concern.reference}/"


def _form(
    request: SignedInRequest, chosen: Act, concern: Concern, now: datetime
) -> django_forms.Form:
    given = request.POST if request.method == "POST" else None
    if chosen.form is forms.HandOverForm:
        return forms.HandOverForm(given, readers=passing.other_readers(concern, at=now))
    return chosen.form(given)


def _tried(
    chosen: Act, concern: Concern, form: django_forms.Form, *, by: Person, at: datetime
) -> str:
    """Why it was refused, or nothing."""
    said = dict(form.cleaned_data)
    if chosen.leaves:
        said["reason"] = said.pop("text")
    try:
        chosen.verb(concern=concern, by=by, at=at, **said)
    except Refusal as refusal:
        return str(refusal)
    return ""


@require_POST
@allowed("read_concerns", policies)
def action_done(request: SignedInRequest, reference: str, pk: int) -> HttpResponse:
    found = _fetch(request, reference)
    action = Entry.objects.select_related("concern").filter(concern=found, pk=pk).first()
    if action is None:
        raise Http404
    try:
        handling.finish_action(action=action, by=request.person, at=timezone.now())
    except Refusal as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, "It is noted as done.")
    return redirect(found_url(found))


def _fetch(request: SignedInRequest, reference: str) -> Concern:
    rows = Concern.objects.select_related("raiser", "reader")
    return fetch(policies, request.person, rows, reference=reference)
