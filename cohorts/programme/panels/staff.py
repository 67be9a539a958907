"""What this app puts on other people's pages: today's work for staff, a reader's queue."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Count, Min

from cohorts.programme import policies
from cohorts.programme.enums import OVER_STATES, CohortState
from cohorts.programme.figures import Sort
from cohorts.programme.models import Cohort, Review
from cohorts.programme.selection import Funnel
from cohorts.programme.work import Facts, Work, facts_of, laid_out, of_cohort
from lic_site.accounts.models import Person


@dataclass(frozen=True)
class CohortCard:
    cohort: Cohort
    funnel: Funnel
    taking_part: int
    completed: int


@dataclass(frozen=True)
class Today:
    """Staff's home: what waits for an admin, the most pressing first, and each cohort that is
    being prepared, applied to, chosen for or run.
    """

    work: list[Work]
    cohorts: list[CohortCard]


def today(person: Person, at: datetime) -> Today:
    """A fixed number of queries, however many cohorts there are."""
    known = Cohort.objects.exclude(state=CohortState.ARCHIVED)
    found = list(policies.visible(person, known).order_by("applications_close_at", "pk"))
    current = [cohort for cohort in found if cohort.state not in OVER_STATES]
    facts = facts_of(found, at)
    work: list[Work] = []
    if policies.can(person, "manage_cohorts"):
        work = laid_out(each for cohort in found for each in of_cohort(facts[cohort.pk]))
    return Today(work, [_card(facts[cohort.pk]) for cohort in current])


def _card(facts: Facts) -> CohortCard:
    return CohortCard(
        facts.cohort, facts.funnel, facts.number(Sort.ACTIVE), facts.number(Sort.COMPLETED)
    )


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
