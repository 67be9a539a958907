"""Each thing that staff do about a person's place, and what their page shows of it."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import QuerySet
from django.http import HttpResponse
from django.urls import reverse
from django.utils import timezone

from cohorts.programme import policies
from cohorts.programme.enums import OVER_STATES, CohortState, EnrolmentState
from cohorts.programme.forms.places import (
    DeferForm,
    NoteForm,
    ReasonForm,
    ResumeForm,
    TransferForm,
)
from cohorts.programme.models import Cohort, Enrolment, EnrolmentEvent
from cohorts.programme.services import enrolments
from cohorts.programme.services.register import standing_of
from cohorts.programme.services.steps import LEFT
from cohorts.programme.views.staff.shared import carried_out, cohort_of, page, to
from lic_site.accounts.guards import allowed, fetch
from lic_site.accounts.models import Person
from lic_site.accounts.requests import SignedInRequest
from lic_site.common.posted import edit_methods, posted


@dataclass(frozen=True)
class Act:
    """Something staff do about a place: its form, its verb, where it makes sense."""

    title: str
    form: Callable[..., Any]
    verb: Callable[..., object]
    states: frozenset[EnrolmentState]
    said: str
    needs_cohorts: bool = False


def _complete(*, enrolment: Enrolment, note: str, by: Person, at: datetime) -> None:
    enrolments.complete_places(
        cohort=enrolment.cohort, enrolments=[enrolment], reasons={enrolment.pk: note}, by=by, at=at
    )


_ACTIVE = frozenset({EnrolmentState.ACTIVE})
_DEFERRED = frozenset({EnrolmentState.DEFERRED})
_COMPLETED = frozenset({EnrolmentState.COMPLETED})
WHILE_RUNNING = frozenset({"complete", "undo"})
"""Done only while the cohort is under way."""
ACTS = {
    "complete": Act(
        "Complete the cohort", NoteForm, _complete, _ACTIVE, "They have completed the cohort."
    ),
    "resume": Act(
        "Go on in another cohort",
        ResumeForm,
        enrolments.resume,
        _DEFERRED,
        "They go on in the other cohort.",
        needs_cohorts=True,
    ),
    "reinstate": Act(
        "Bring them back", NoteForm, enrolments.reinstate, LEFT, "They have their place back."
    ),
    "transfer": Act(
        "Move to another cohort",
        TransferForm,
        enrolments.transfer,
        _ACTIVE,
        "They are moved.",
        needs_cohorts=True,
    ),
    "defer": Act(
        "Defer the place",
        DeferForm,
        enrolments.defer,
        _ACTIVE,
        "The place is deferred.",
        needs_cohorts=True,
    ),
    "withdraw": Act(
        "Withdraw the place",
        ReasonForm,
        enrolments.withdraw_place,
        _ACTIVE | _DEFERRED,
        "They have left the cohort.",
    ),
    "undo": Act(
        "Undo the completion",
        NoteForm,
        enrolments.undo_completion,
        _COMPLETED,
        "The completion is undone, and the certificate withdrawn.",
    ),
}


def enrolment_of(request: SignedInRequest, cohort: Cohort, pk: int) -> Enrolment:
    """The place of the address, or a 404."""
    places = Enrolment.objects.filter(cohort=cohort).select_related(
        "person__organisation",
        "cohort",
        "application",
        "deferred_to",
        "certificate",
        "successor__cohort",
    )
    return fetch(policies, request.person, places, pk=pk)


def possible(enrolment: Enrolment) -> dict[str, Act]:
    """What can be done about the place as it stands."""
    state = EnrolmentState(enrolment.state)
    if hasattr(enrolment, "successor"):
        return {}
    cohort = enrolment.cohort
    found = {name: act for name, act in ACTS.items() if state in act.states}
    if cohort.state != CohortState.RUNNING:
        found = {name: act for name, act in found.items() if name not in WHILE_RUNNING}
    if cohort.state in OVER_STATES:
        found = {name: act for name, act in found.items() if name == "resume"}
    return found


def about_place(request: SignedInRequest, enrolment: Enrolment) -> dict[str, Any]:
    """What ``_place_actions.html`` and ``_place_history.html`` show."""
    here = [enrolment.cohort.slug, enrolment.pk]
    events = EnrolmentEvent.objects.filter(enrolment=enrolment).select_related("by")
    return {
        "enrolment": enrolment,
        "acts": [
            (
                act.title,
                reverse(f"programme:place_{name}", args=here),
            )
            for name, act in possible(enrolment).items()
        ],
        "events": policies.visible(request.person, events),
        "certificate": getattr(enrolment, "certificate", None),
        "successor": getattr(enrolment, "successor", None),
        "who_sees_note": policies.who_sees_place("place_note"),
    }


@edit_methods
@allowed("run_cohorts", policies)
def act(request: SignedInRequest, slug: str, pk: int, name: str) -> HttpResponse:
    """Say what it will do, ask what it needs, and do it."""
    cohort = cohort_of(request, slug)
    enrolment = enrolment_of(request, cohort, pk)
    wanted = ACTS[name]
    offered = {"cohorts": _going_on(request, cohort)} if wanted.needs_cohorts else {}
    form = wanted.form(posted(request), **offered)
    if request.method == "POST" and form.is_valid():
        by, at = request.person, timezone.now()
        if carried_out(
            request,
            form,
            lambda: wanted.verb(enrolment=enrolment, by=by, at=at, **form.said()),
            wanted.said,
        ):
            return to("participant", slug, pk)
    return page(
        request,
        "place_act",
        cohort,
        name=name,
        title=wanted.title,
        enrolment=enrolment,
        form=form,
        standing=standing_of([enrolment], at=timezone.now())[enrolment.pk],
        is_possible=name in possible(enrolment),
        who_sees_note=policies.who_sees_place("place_note"),
    )


def _going_on(request: SignedInRequest, cohort: Cohort) -> QuerySet[Cohort]:
    cohorts = Cohort.objects.filter(state__in=enrolments.GOING_ON_STATES).exclude(pk=cohort.pk)
    return policies.visible(request.person, cohorts).order_by("starts_on", "pk")
