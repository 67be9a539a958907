"""What this app puts on other people's pages: today's work for staff, a reader's queue."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db.models import Count, Min, Q
from django.urls import reverse
from django.utils import timezone

from cohorts.programme import boards, policies
from cohorts.programme.enums import (
    UNDECIDED_STATES,
    CohortState,
    OfferState,
    ReviewState,
)
from cohorts.programme.models import Application, Cohort, Offer, Review
from cohorts.programme.selection import READINGS_WANTED, Funnel
from lic_site.accounts.models import Person

SOON = timedelta(days=7)


@dataclass(frozen=True)
class Work:
    """One thing that waits for staff. ``what`` is a code that the page says in words."""

    what: str
    href: str
    cohort: str = ""
    count: int = 0
    due: date | datetime | None = None
    is_urgent: bool = False


@dataclass(frozen=True)
class CohortCard:
    cohort: Cohort
    funnel: Funnel


def current_cohorts(person: Person) -> list[CohortCard]:
    """The cohorts that are being prepared, applied to, chosen for or run."""
    found = list(
        policies.visible(person, Cohort.objects.all())
        .exclude(state__in=[CohortState.COMPLETE, CohortState.ARCHIVED])
        .order_by("applications_close_at")
    )
    funnels = boards.funnels(found)
    return [CohortCard(cohort, funnels[cohort.pk]) for cohort in found]


def todays_work(person: Person, at: datetime) -> list[Work]:
    """What waits for a Staff College admin, the most pressing first."""
    if not policies.can(person, "manage_cohorts"):
        return []
    return sorted(_work(at), key=lambda work: (not work.is_urgent, _day(work.due), work.what))


def _day(due: date | datetime | None) -> str:
    return f"{due:%Y-%m-%d}" if due else "9999"


def _work(at: datetime) -> Iterator[Work]:
    today = timezone.localdate(at)
    unread = Q(reviews__state__in=[ReviewState.ASSIGNED, ReviewState.SUBMITTED])
    cohorts = Cohort.objects.filter(
        state__in=[CohortState.DRAFT, CohortState.OPEN, CohortState.SELECTING]
    )
    undecided: dict[int, int] = {}
    unassigned: dict[int, int] = {}
    for cohort_id, held in (
        Application.objects.filter(cohort__in=cohorts, state__in=UNDECIDED_STATES)
        .annotate(held=Count("reviews", filter=unread))
        .values_list("cohort_id", "held")
        .order_by()
    ):
        undecided[cohort_id] = undecided.get(cohort_id, 0) + 1
        unassigned[cohort_id] = unassigned.get(cohort_id, 0) + (held < READINGS_WANTED)
    late = dict(
        Review.objects.to_read()
        .filter(due_on__lt=today, application__cohort__in=cohorts)
        .order_by()
        .values_list("application__cohort")
        .annotate(number=Count("pk"))
    )
    waiting = dict(
        Review.objects.to_read()
        .order_by()
        .values_list("application__cohort")
        .annotate(number=Count("pk"))
    )
    for cohort in cohorts:
        yield from _of_cohort(
            cohort,
            at,
            undecided=undecided.get(cohort.pk, 0),
            unassigned=unassigned.get(cohort.pk, 0),
            late=late.get(cohort.pk, 0),
            waiting=waiting.get(cohort.pk, 0),
        )
    yield from _offers(at)


def _of_cohort(
    cohort: Cohort, at: datetime, *, undecided: int, unassigned: int, late: int, waiting: int
) -> Iterator[Work]:
    page = reverse("programme:cohort", args=[cohort.slug])
    readers = reverse("programme:panel", args=[cohort.slug])
    if cohort.state == CohortState.DRAFT:
        opens = cohort.applications_open_at
        yield Work("open", page, cohort.name, due=opens, is_urgent=opens <= at + SOON)
    if cohort.state == CohortState.OPEN and cohort.applications_close_at <= at + SOON:
        yield Work("closing", page, cohort.name, due=cohort.applications_close_at)
    if late:
        yield Work("overdue", readers, cohort.name, late, is_urgent=True)
    if cohort.state == CohortState.SELECTING:
        due = cohort.decisions_by
        urgent = due <= timezone.localdate(at + SOON)
        if unassigned:
            yield Work("unassigned", readers, cohort.name, unassigned, due, urgent)
        elif undecided and not waiting:
            board = reverse("programme:board", args=[cohort.slug])
            yield Work("decide", board, cohort.name, undecided, due, urgent)


def _offers(at: datetime) -> Iterator[Work]:
    soon = Offer.objects.filter(state=OfferState.OPEN, expires_at__lte=at + timedelta(days=3))
    for slug, name, number, first in (
        soon.order_by()
        .values_list("application__cohort__slug", "application__cohort__name")
        .annotate(number=Count("pk"), first=Min("expires_at"))
    ):
        board = f"{reverse('programme:board', args=[slug])}?state=offered"
        yield Work("expiring", board, name, number, first)


@dataclass(frozen=True)
class Queue:
    """What a reader has still to read."""

    waiting: int
    due_on: date | None


def reading_queue(person: Person) -> Queue | None:
    """The person's queue, or None for somebody who reads nothing now."""
    if not policies.can(person, "see_reading"):
        return None
    waiting = policies.own(person, Review.objects.to_read())
    figures = waiting.aggregate(number=Count("pk"), first=Min("due_on"))
    return Queue(figures["number"], figures["first"])
