"""A cohort's sessions, planned by Staff College."""

from collections.abc import Sequence
from hashlib import sha256

from django.contrib import messages
from django.db.models import Count, Q
from django.http import HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from cohorts.programme import diary, policies
from cohorts.programme.clashes import Clash
from cohorts.programme.enums import TOLD_STATES
from cohorts.programme.forms.sessions import CancelForm, SessionForm, WhatForm, WhenForm
from cohorts.programme.models import Cohort, Enrolment, Material, Session
from cohorts.programme.policies import session_words
from cohorts.programme.services.sessions import planning
from cohorts.programme.views.staff.shared import carried_out, cohort_of, page, to
from lic_site.accounts.guards import allowed, fetch
from lic_site.accounts.requests import SignedInRequest
from lic_site.common.posted import edit_methods


def session_of(request: SignedInRequest, cohort: Cohort, pk: int) -> Session:
    """The session of the address, or a 404."""
    rows = diary.with_leaders(Session.objects.filter(cohort=cohort))
    return fetch(policies, request.person, rows, pk=pk)


@require_safe
@allowed("manage_cohorts", policies)
def sessions(request: SignedInRequest, slug: str) -> HttpResponse:
    cohort, now = cohort_of(request, slug), timezone.now()
    found = policies.visible(request.person, Session.objects.filter(cohort=cohort))
    rows = list(diary.with_leaders(found.filter(is_slot=False)))
    coming = [each for each in rows if each.ends_at > now]
    clashes = diary.clashes_of(cohort, coming, at=now)
    slots = found.filter(is_slot=True).live().filter(starts_at__gt=now)
    return page(
        request,
        "sessions",
        cohort,
        coming=[(each, clashes.get(each.pk, [])) for each in coming],
        past=[(each, []) for each in reversed(rows) if each.ends_at <= now],
        **slots.aggregate(
            free_slots=Count("pk", filter=Q(participant=None)),
            booked_slots=Count("pk", filter=Q(participant__isnull=False)),
        ),
    )


@require_safe
@allowed("manage_cohorts", policies)
def session(request: SignedInRequest, slug: str, pk: int) -> HttpResponse:
    """One session: what it is, who leads it, who comes, its materials."""
    cohort, now = cohort_of(request, slug), timezone.now()
    this = session_of(request, cohort, pk)
    materials = policies.visible(request.person, Material.objects.filter(session=this))
    return page(
        request,
        "session",
        cohort,
        session=this,
        clashes=diary.clashes_of(cohort, [this], at=now).get(this.pk, [])
        if this.ends_at > now
        else [],
        expected=policies.visible(
            request.person, Enrolment.objects.active().expected_at(this)
        ).count(),
        facilitators=[each.person for each in this.facilitators.all()],
        materials=materials,
        who_sees_materials=session_words.MATERIALS,
        is_told=cohort.state in TOLD_STATES,
        is_past=this.starts_at <= now,
        can_delete=cohort.state not in TOLD_STATES
        or (this.is_slot and this.participant_id is None),
    )


@edit_methods
@allowed("manage_cohorts", policies)
def change_session(request: SignedInRequest, slug: str, pk: int | None = None) -> HttpResponse:
    """Add a session, or change one. Of one that participants know of, the title and the kind."""
    cohort, now = cohort_of(request, slug), timezone.now()
    this = Session(cohort=cohort) if pk is None else session_of(request, cohort, pk)
    initial = SessionForm.of(this) if pk is not None else {"kind": this.kind, "audience": "all"}
    form: WhatForm
    if pk is not None and cohort.state in TOLD_STATES:
        form = WhatForm(request.POST or None, initial=WhatForm.of(this))
    else:
        form = SessionForm(request.POST or None, initial=initial, cohort=cohort)
    clashes: Sequence[Clash] = ()
    if request.method == "POST" and form.is_valid():
        by, plan = request.person, form.plan()
        clashes = _unseen_clashes(request, this, plan)
        if not clashes and carried_out(
            request,
            form,
            lambda: planning.save_session(session=this, by=by, at=now, **plan),
        ):
            return to("sessions", slug)
    return page(
        request,
        "session_edit",
        cohort,
        form=form,
        session=this if pk else None,
        is_told=cohort.state in TOLD_STATES,
        clashes=clashes,
        seen=fingerprint(clashes),
    )


@edit_methods
@allowed("manage_cohorts", policies)
def move_session(request: SignedInRequest, slug: str, pk: int) -> HttpResponse:
    """Another time or place. Everybody concerned is told."""
    cohort, now = cohort_of(request, slug), timezone.now()
    this = session_of(request, cohort, pk)
    form = WhenForm(request.POST or None, initial=WhenForm.of(this))
    clashes: Sequence[Clash] = ()
    if request.method == "POST" and form.is_valid():
        by, plan = request.person, form.plan()
        clashes = _unseen_clashes(request, this, plan)
        if not clashes and carried_out(
            request,
            form,
            lambda: planning.move_session(session=this, by=by, at=now, **plan),
            _said(cohort, "The session is moved."),
        ):
            return to("staff_session", slug, pk)
    return page(
        request,
        "session_move",
        cohort,
        form=form,
        session=session_of(request, cohort, pk),
        is_told=cohort.state in TOLD_STATES,
        clashes=clashes,
        seen=fingerprint(clashes),
    )


@edit_methods
@allowed("manage_cohorts", policies)
def cancel_session(request: SignedInRequest, slug: str, pk: int) -> HttpResponse:
    """Ask once more, with what people are told."""
    cohort, now = cohort_of(request, slug), timezone.now()
    this = session_of(request, cohort, pk)
    form = CancelForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        by, because = request.person, form.cleaned_data["because"]
        if carried_out(
            request,
            form,
            lambda: planning.cancel_session(session=this, because=because, by=by, at=now),
            _said(cohort, "The session is cancelled."),
        ):
            return to("sessions", slug)
    is_told = cohort.state in TOLD_STATES
    return page(request, "session_cancel", cohort, form=form, session=this, is_told=is_told)


@require_POST
@allowed("manage_cohorts", policies)
def delete_session(request: SignedInRequest, slug: str, pk: int) -> HttpResponse:
    cohort = cohort_of(request, slug)
    this = session_of(request, cohort, pk)
    by, at = request.person, timezone.now()
    if not carried_out(request, None, lambda: planning.remove_session(session=this, by=by, at=at)):
        return to("staff_session", slug, pk)
    messages.success(request, f"‘{this.title}’ is taken out.")
    return to("sessions", slug)


def fingerprint(clashes: Sequence[Clash]) -> str:
    """What tells one list of clashes from another: 'save all the same' means the one shown."""
    return sha256(repr(list(clashes)).encode()).hexdigest()[:16] if clashes else ""


def _unseen_clashes(
    request: SignedInRequest, session: Session, plan: dict[str, object]
) -> list[Clash]:
    """What speaks against the session as it is about to be, unless these were shown and the
    person saves all the same. Only what touches the time or the people is looked at.
    """
    if "starts_at" not in plan:
        return []
    planned = Session(pk=session.pk, cohort=session.cohort, is_slot=session.is_slot)
    planned.learning_set, planned.participant = session.learning_set, session.participant
    for name, value in plan.items():
        setattr(planned, name, value)
    found = diary.clashes_of(planned.cohort, [planned], at=timezone.now())[planned.pk or 0]
    return [] if request.POST.get("seen") == fingerprint(found) else found


def _said(cohort: Cohort, what: str) -> str:
    told = " Everybody concerned is told by e-mail." if cohort.state in TOLD_STATES else ""
    return f"{what}{told}"
