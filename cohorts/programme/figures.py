"""What there is to do in cohorts and where their places are, counted in one query.

Each sort of thing is a branch of one union: a board that shows many sorts for many cohorts stays
as cheap as one that shows a single sort for one.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import Any

from django.db.models import (
    CharField,
    Count,
    DateTimeField,
    F,
    Min,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Value,
)
from django.db.models.functions import Cast, Coalesce, Concat
from django.utils import timezone

from cohorts.programme.enums import (
    UNDECIDED_STATES,
    ApplicationState,
    CatchUp,
    CohortState,
    EnrolmentState,
    OfferState,
    ReviewState,
)
from cohorts.programme.models import (
    Application,
    Attendance,
    Cohort,
    Enrolment,
    Need,
    Offer,
    Review,
    Session,
)
from cohorts.programme.selection import READINGS_WANTED, Funnel, funnel
from cohorts.programme.services.needs.wanted import BEFORE_FIRST_SESSION

OFFERS_END = timedelta(days=3)
SETS_BEFORE = timedelta(days=21)
"""So long before a cohort starts its learning sets should be named."""
NEEDS_BEFORE = timedelta(days=7)
"""So long before they are due, needs that nobody told are worth a word."""


class Sort(StrEnum):
    """What is counted."""

    UNASSIGNED = "unassigned"
    """Applications without two readers."""
    LATE = "late"
    """Readings past their day."""
    WAITING = "waiting"
    """Readings not done."""
    OFFERS = "offers"
    """Offers that lapse within ``OFFERS_END``; the first of them."""
    REGISTERS = "registers"
    """Sessions that are over without a register; the first of them."""
    TOMORROW = "tomorrow"
    """Sessions from now until the end of tomorrow, coaching left out; the first of them."""
    CATCH_UPS = "catch_ups"
    """Sessions that participants say they caught up on, not confirmed yet; the oldest."""
    NEEDS = "needs"
    """Needs that wait for an answer; the oldest."""
    UNTOLD = "untold"
    """Participants who have not said what they need, close to the day or past it."""
    UNSET = "unset"
    """Participants without a learning set that they know of, close to the start or past it."""
    UNCERTIFIED = "uncertified"
    """Places completed without a certificate."""
    EXPECTED = "expected"
    """People who deferred to this cohort and have no place in it yet."""
    ACTIVE = EnrolmentState.ACTIVE.value
    COMPLETED = EnrolmentState.COMPLETED.value
    DEFERRED = EnrolmentState.DEFERRED.value
    WITHDRAWN = EnrolmentState.WITHDRAWN.value


APPLICATIONS = {True: "sent ", False: "unsent "}
"""What stands before the state of applications that were ever sent, or never."""


@dataclass(frozen=True)
class Counted:
    number: int = 0
    first: datetime | None = None


NONE = Counted()


@dataclass(frozen=True)
class Figures:
    """The counts of some cohorts."""

    counts: dict[tuple[str, int], Counted]

    def of(self, cohort: Cohort, sort: Sort) -> Counted:
        return self.counts.get((sort.value, cohort.pk), NONE)

    def number(self, cohort: Cohort, sort: Sort) -> int:
        return self.of(cohort, sort).number

    def funnel(self, cohort: Cohort) -> Funnel:
        return funnel(
            (state.value, was_sent, self.counts[code].number)
            for state in ApplicationState
            for was_sent in (True, False)
            if (code := (APPLICATIONS[was_sent] + state.value, cohort.pk)) in self.counts
        )


def figures(cohorts: Iterable[Cohort], at: datetime) -> Figures:
    """Everything that is counted, of these cohorts, in one query."""
    ids = [cohort.pk for cohort in cohorts]
    if not ids:
        return Figures({})
    first, *others = _branches(ids, at)
    rows = first.union(*others, all=True).order_by()
    return Figures({(sort, cohort): Counted(number, first) for sort, cohort, number, first in rows})


type _Rows = QuerySet[Any, tuple[str, int, int, datetime | None]]

NOTHING = Cast(Value(None), DateTimeField())


def _count(rows: QuerySet[Any], sort: Sort | Concat, cohort: str, first: str = "") -> _Rows:
    """So many rows of each cohort, and the first of their moments."""
    code = Value(sort.value, CharField()) if isinstance(sort, Sort) else sort
    counted: _Rows = (
        rows.order_by()
        .values(sort=code, of=F(cohort))
        .annotate(number=Count("pk"), first=Min(first) if first else NOTHING)
        .values_list("sort", "of", "number", "first")
    )
    return counted


def _branches(ids: list[int], at: datetime) -> Iterator[_Rows]:
    yield from _applications(ids)
    yield from _selecting(ids, at)
    yield from _sessions(ids, at)
    yield from _people(ids, at)


def _applications(ids: list[int]) -> Iterator[_Rows]:
    for was_sent in (True, False):
        rows = Application.objects.filter(cohort__in=ids, submitted_at__isnull=not was_sent)
        code = Concat(Value(APPLICATIONS[was_sent]), "state", output_field=CharField())
        yield _count(rows, code, "cohort")


def _selecting(ids: list[int], at: datetime) -> Iterator[_Rows]:
    held = (
        Review.objects.filter(
            application=OuterRef("pk"), state__in=[ReviewState.ASSIGNED, ReviewState.SUBMITTED]
        )
        .order_by()
        .values("application")
        .annotate(number=Count("pk"))
        .values("number")
    )
    undecided = Application.objects.filter(cohort__in=ids, state__in=UNDECIDED_STATES)
    short = undecided.alias(held=Coalesce(Subquery(held), 0)).filter(held__lt=READINGS_WANTED)
    yield _count(short, Sort.UNASSIGNED, "cohort")
    to_read = Review.objects.to_read().filter(application__cohort__in=ids)
    yield _count(to_read, Sort.WAITING, "application__cohort")
    late = to_read.filter(due_on__lt=timezone.localdate(at))
    yield _count(late, Sort.LATE, "application__cohort")
    ending = Offer.objects.filter(
        application__cohort__in=ids, state=OfferState.OPEN, expires_at__lte=at + OFFERS_END
    )
    yield _count(ending, Sort.OFFERS, "application__cohort", "expires_at")


def _sessions(ids: list[int], at: datetime) -> Iterator[_Rows]:
    held = Session.objects.filter(cohort__in=ids)
    yield _count(held.register_due(at), Sort.REGISTERS, "cohort", "ends_at")
    tomorrow = timezone.localtime(at).replace(hour=0, minute=0, second=0, microsecond=0)
    until = timezone.make_aware(tomorrow.replace(tzinfo=None) + timedelta(days=2))
    soon = held.live().filter(starts_at__gt=at, starts_at__lt=until, is_slot=False)
    yield _count(soon, Sort.TOMORROW, "cohort", "starts_at")
    reported = Attendance.objects.filter(session__in=held, catch_up=CatchUp.REPORTED)
    yield _count(reported, Sort.CATCH_UPS, "session__cohort", "catch_up_at")


def _needs_soon(today: date) -> Q:
    """Of places in cohorts whose needs are due soon or were: on the cohort's own day, else as
    long before its start as its participants read.
    """
    soon = today + NEEDS_BEFORE
    unsaid = Q(cohort__needs_by=None, cohort__starts_on__lte=soon + BEFORE_FIRST_SESSION)
    return Q(cohort__needs_by__lte=soon) | unsaid


def _people(ids: list[int], at: datetime) -> Iterator[_Rows]:
    today = timezone.localdate(at)
    places = Enrolment.objects.filter(cohort__in=ids)
    active = places.active()
    for state in EnrolmentState:
        yield _count(places.filter(state=state), Sort(state.value), "cohort")
    unanswered = Need.objects.to_answer().filter(enrolment__cohort__in=ids)
    yield _count(unanswered, Sort.NEEDS, "enrolment__cohort", "told_at")
    yield _count(active.filter(_needs_soon(today), needs_told_at=None), Sort.UNTOLD, "cohort")
    starting = Q(cohort__starts_on__lte=today + SETS_BEFORE, cohort__ends_on__gte=today)
    lacking = active.filter(starting).filter(Q(learning_set=None) | Q(learning_set__named_at=None))
    yield _count(lacking, Sort.UNSET, "cohort")
    done = places.filter(state=EnrolmentState.COMPLETED, certificate=None)
    yield _count(done.filter(cohort__is_imported=False), Sort.UNCERTIFIED, "cohort")
    expected = Enrolment.objects.to_come_back().filter(
        deferred_to__in=ids,
        deferred_to__state__in=[
            CohortState.OPEN,
            CohortState.SELECTING,
            CohortState.CONFIRMED,
            CohortState.RUNNING,
        ],
    )
    yield _count(expected, Sort.EXPECTED, "deferred_to")
