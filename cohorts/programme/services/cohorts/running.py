"""A cohort under way: started when its first day comes, completed, archived."""

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils import timezone

from cohorts.programme.enums import ApplicationState, CohortState
from cohorts.programme.models import Application, Cohort, Enrolment, Session
from cohorts.programme.services import errors
from cohorts.programme.services.cohorts.shared import enter, offers_waiting
from cohorts.programme.services.moves import move
from cohorts.programme.services.places import lock_cohort
from cohorts.programme.services.steps import LEFT
from lic_site.accounts.models import Person
from lic_site.common.errors import Refusal
from lic_site.notices.services import send


class NotConfirmed(Refusal):
    """Only a confirmed cohort can start. Confirm it first."""


class NotRunning(Refusal):
    """This cohort is not under way."""


class NotComplete(Refusal):
    """Only a complete cohort can be archived, or marked as under way again."""


@dataclass(frozen=True)
class Remaining:
    """What stands between a cohort that runs and its completion."""

    ahead: int
    """Sessions still to come."""
    registers: int
    """Sessions held whose register was not taken."""
    people: int
    """Participants who have neither completed nor left."""

    def __bool__(self) -> bool:
        return bool(self.ahead or self.registers or self.people)


class NotFinished(Refusal):
    """The cohort cannot be completed yet. Put right what is listed first."""

    def __init__(self, remaining: Remaining) -> None:
        super().__init__()
        self.remaining = remaining


@transaction.atomic
def start_cohort(*, cohort: Cohort, by: Person, at: datetime) -> Cohort:
    """Start a confirmed cohort by hand, before the clock does. Its waiting list ends.

    Raises NotConfirmed, LiveOffers.
    """
    cohort = lock_cohort(cohort.pk)
    if cohort.state != CohortState.CONFIRMED:
        raise NotConfirmed
    if waiting := offers_waiting(cohort):
        raise errors.LiveOffers(
            f"{waiting} Wait, or take back what is not answered, before the cohort starts."
        )
    return _start(cohort, by=by, at=at)


def start_due(at: datetime) -> int:
    """Start every confirmed cohort whose first day has come in London; says how many.
    Idempotent, for the clock.
    """
    due = Cohort.objects.filter(state=CohortState.CONFIRMED, starts_on__lte=timezone.localdate(at))
    return sum(_start_one(pk, at) for pk in due.order_by("pk").values_list("pk", flat=True))


@transaction.atomic
def _start_one(cohort_id: int, at: datetime) -> int:
    cohort = lock_cohort(cohort_id)
    if cohort.state != CohortState.CONFIRMED or cohort.starts_on > timezone.localdate(at):
        return 0
    _start(cohort, by=None, at=at)
    return 1


def _start(cohort: Cohort, *, by: Person | None, at: datetime) -> Cohort:
    """The cohort runs, and nobody moves up any more: whoever still waits hears of it."""
    enter(cohort, CohortState.RUNNING, by=by, at=at)
    waiting = Application.objects.filter(cohort=cohort).waiting().select_related("applicant")
    for application in waiting:
        move(
            application,
            ApplicationState.REJECTED,
            out_of=[ApplicationState.WAITLISTED],
            by=by,
            at=at,
            waitlist_position=None,
            decided_at=at,
            decided_by=by,
        )
        send("programme.waiting_ended", to=application.applicant, about=application, at=at)
    return cohort


def remaining(cohort: Cohort, at: datetime) -> Remaining:
    """What is left to do before the cohort is complete."""
    return Remaining(
        ahead=_to_be_held(cohort).filter(ends_at__gt=at).count(),
        registers=cohort.sessions.without_register(at).count(),
        people=Enrolment.objects.active().filter(cohort=cohort).count(),
    )


def _to_be_held(cohort: Cohort) -> QuerySet[Session]:
    """Neither cancelled, nor coaching that nobody booked, nor for somebody who has left."""
    nobody = Q(is_slot=True, participant=None) | Q(participant__state__in=LEFT)
    return cohort.sessions.live().exclude(pk__in=cohort.sessions.filter(nobody).values("pk"))


@transaction.atomic
def complete_cohort(*, cohort: Cohort, by: Person, at: datetime) -> Cohort:
    """The cohort is over: every register is taken, and everybody has completed or left.

    Raises NotRunning, NotFinished.
    """
    cohort = lock_cohort(cohort.pk)
    if cohort.state != CohortState.RUNNING:
        raise NotRunning
    if left := remaining(cohort, at):
        raise NotFinished(left)
    return enter(cohort, CohortState.COMPLETE, by=by, at=at, completed_at=at)


@transaction.atomic
def reopen_cohort(*, cohort: Cohort, by: Person, at: datetime) -> Cohort:
    """Mark a complete cohort as under way again, to put something right. Raises NotComplete."""
    cohort = lock_cohort(cohort.pk)
    if cohort.state != CohortState.COMPLETE:
        raise NotComplete
    return enter(cohort, CohortState.RUNNING, by=by, at=at, completed_at=None)


@transaction.atomic
def archive_cohort(*, cohort: Cohort, by: Person, at: datetime) -> Cohort:
    """Put a complete cohort away: from now on it can only be read. Raises NotComplete."""
    cohort = lock_cohort(cohort.pk)
    if cohort.state != CohortState.COMPLETE:
        raise NotComplete
    return enter(cohort, CohortState.ARCHIVED, by=by, at=at, archived_at=at)
