"""What waits for staff in a cohort. Each thing is a code that the page says in words."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.urls import reverse
from django.utils import timezone

from cohorts.programme.enums import CohortState
from cohorts.programme.figures import Figures, Sort, figures
from cohorts.programme.models import Cohort, Enrolment
from cohorts.programme.selection import Funnel
from cohorts.programme.services.register.standings import standing_of

SOON = timedelta(days=7)
REGISTER_DAYS = timedelta(days=2)
"""A register may wait so long before it is pressing."""


@dataclass(frozen=True)
class Work:
    """One thing that waits for staff. ``what`` is a code that the page says in words."""

    what: str
    href: str
    cohort: str = ""
    count: int = 0
    due: date | datetime | None = None
    is_urgent: bool = False

    @property
    def says_cohort(self) -> bool:
        """Its words name the cohort already."""
        return self.what in {"open", "closing", "starts", "ended"}


@dataclass(frozen=True)
class Facts:
    """What is known of one cohort before its work is laid out."""

    cohort: Cohort
    figures: Figures
    funnel: Funnel
    may_need_support: int
    at: datetime

    @property
    def today(self) -> date:
        return timezone.localdate(self.at)

    def page(self, name: str = "cohort", query: str = "") -> str:
        return reverse(f"programme:{name}", args=[self.cohort.slug]) + query

    def number(self, sort: Sort) -> int:
        return self.figures.number(self.cohort, sort)

    def first(self, sort: Sort) -> datetime | None:
        return self.figures.of(self.cohort, sort).first

    def work(
        self,
        what: str,
        href: str,
        count: int = 0,
        *,
        due: date | datetime | None = None,
        is_urgent: bool = False,
    ) -> Work:
        return Work(what, href, self.cohort.name, count, due, is_urgent)


def facts_of(cohorts: Iterable[Cohort], at: datetime) -> dict[int, Facts]:
    """What is known of each cohort, by its id. A fixed number of queries."""
    cohorts = list(cohorts)
    counted = figures(cohorts, at)
    support = _may_need_support(cohorts, at)
    return {
        cohort.pk: Facts(cohort, counted, counted.funnel(cohort), support.get(cohort.pk, 0), at)
        for cohort in cohorts
    }


def _may_need_support(cohorts: Iterable[Cohort], at: datetime) -> dict[int, int]:
    """How many participants of each running cohort somebody should ask how it goes, those left
    out whom somebody asked since the last reason came up.
    """
    running = [cohort.pk for cohort in cohorts if cohort.state == CohortState.RUNNING]
    if not running:
        return {}
    active = Enrolment.objects.active().filter(cohort__in=running).select_related("cohort")
    places = list(active.with_asked_at())
    standings = standing_of(places, at=at)
    counts = dict.fromkeys(running, 0)
    for place in places:
        asked_at = place.asked_at  # type: ignore[attr-defined]
        counts[place.cohort_id] += bool(standings[place.pk].new_reasons(asked_at))
    return counts


def laid_out(work: Iterable[Work]) -> list[Work]:
    """The most pressing first."""
    return sorted(work, key=lambda each: (not each.is_urgent, _day(each.due), each.what))


def _day(due: date | datetime | None) -> str:
    return f"{due:%Y-%m-%d}" if due else "9999"


def of_cohort(facts: Facts) -> Iterator[Work]:
    """Everything that waits in one cohort, in no order."""
    yield from _choosing(facts)
    yield from _turning(facts)
    yield from _people(facts)
    if facts.cohort.state == CohortState.RUNNING:
        yield from _running(facts)


def _choosing(facts: Facts) -> Iterator[Work]:
    cohort, at = facts.cohort, facts.at
    if cohort.state == CohortState.DRAFT:
        opens = cohort.applications_open_at
        yield facts.work("open", facts.page(), due=opens, is_urgent=opens <= at + SOON)
    if cohort.state == CohortState.OPEN and cohort.applications_close_at <= at + SOON:
        yield facts.work("closing", facts.page(), due=cohort.applications_close_at)
    if late := facts.number(Sort.LATE):
        yield facts.work("overdue", facts.page("panel"), late, is_urgent=True)
    if cohort.state == CohortState.SELECTING:
        yield from _deciding(facts)
    if offers := facts.number(Sort.OFFERS):
        board = facts.page("board", "?state=offered")
        yield facts.work("expiring", board, offers, due=facts.first(Sort.OFFERS))


def _deciding(facts: Facts) -> Iterator[Work]:
    due = facts.cohort.decisions_by
    urgent = due <= facts.today + SOON
    unassigned, undecided = facts.number(Sort.UNASSIGNED), facts.funnel.undecided
    if unassigned:
        yield facts.work("unassigned", facts.page("panel"), unassigned, due=due, is_urgent=urgent)
    elif undecided and not facts.number(Sort.WAITING):
        yield facts.work("decide", facts.page("board"), undecided, due=due, is_urgent=urgent)


def _turning(facts: Facts) -> Iterator[Work]:
    """A cohort that should go on to its next state."""
    cohort, today = facts.cohort, facts.today
    if cohort.state == CohortState.RUNNING and cohort.ends_on < today:
        yield facts.work("ended", facts.page(), due=cohort.ends_on)
    if cohort.state == CohortState.CONFIRMED and cohort.starts_on <= today:
        yield facts.work("starts", facts.page(), due=cohort.starts_on, is_urgent=True)


def _people(facts: Facts) -> Iterator[Work]:
    """Of participants, from the confirmed cohort on."""
    cohort = facts.cohort
    if needs := facts.number(Sort.NEEDS):
        yield facts.work("needs", facts.page("staff_needs"), needs)
    if (untold := facts.number(Sort.UNTOLD)) and cohort.state in _TAKING_PLACE:
        yield facts.work("untold", facts.page("people", "?untold=on"), untold, due=cohort.needs_by)
    if (unset := facts.number(Sort.UNSET)) and cohort.state in _TAKING_PLACE:
        soon = cohort.starts_on <= facts.today + SOON
        yield facts.work("sets", facts.page("sets"), unset, due=cohort.starts_on, is_urgent=soon)
    if certificates := facts.number(Sort.UNCERTIFIED):
        yield facts.work("certificates", facts.page("complete"), certificates)
    if expected := facts.number(Sort.EXPECTED):
        yield facts.work("expected", facts.page("people", "#expected"), expected)


_TAKING_PLACE = (CohortState.CONFIRMED, CohortState.RUNNING)


def _running(facts: Facts) -> Iterator[Work]:
    dates = facts.page("sessions")
    if registers := facts.number(Sort.REGISTERS):
        first = facts.first(Sort.REGISTERS)
        late = first is not None and first + REGISTER_DAYS < facts.at
        page = facts.page("staff_register")
        yield facts.work("registers", page, registers, due=first, is_urgent=late)
    if reported := facts.number(Sort.CATCH_UPS):
        yield facts.work("catch_ups", facts.page("staff_register"), reported)
    if tomorrow := facts.number(Sort.TOMORROW):
        yield facts.work("tomorrow", dates, tomorrow, due=facts.first(Sort.TOMORROW))
    if facts.may_need_support:
        yield facts.work("support", facts.page("support_list"), facts.may_need_support)
