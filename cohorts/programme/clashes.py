"""What speaks against a date: other sessions, a facilitator who is elsewhere, days better avoided,
weekends, early and late hours, the cohort's own first and last day.

Plain values in, plain values out. Nothing here forbids: people are told, and decide.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from cohorts.programme.enums import ClashKind
from cohorts.programme.london import days
from lic_site.common.dates import LONDON

EARLIEST, LATEST = time(8), time(19)
"""The hours in which people can be expected to come; outside them it is said."""
SATURDAY = 5
DAY = timedelta(days=1)


@dataclass(frozen=True)
class Audience:
    """Whom a session is for. ``people`` are the ids of those whom it concerns now, if any are
    known yet.
    """

    cohort: int
    learning_set: int | None = None
    participant: int | None = None
    nobody: bool = False
    """An open coaching slot."""
    people: frozenset[int] = frozenset()

    def meets(self, other: "Audience") -> bool:
        """Whether somebody would have to be at both."""
        if self.nobody or other.nobody:
            return False
        if self.people & other.people:
            return True
        if self.cohort != other.cohort:
            return False
        if self._is_whole or other._is_whole:
            return True
        same_set = self.learning_set is not None and self.learning_set == other.learning_set
        return same_set or (self.participant is not None and self.participant == other.participant)

    @property
    def _is_whole(self) -> bool:
        return self.learning_set is None and self.participant is None


@dataclass(frozen=True)
class Leader:
    pk: int
    name: str


@dataclass(frozen=True)
class Planned:
    """A session as it stands or is about to. ``key`` tells sessions apart; 0 is not saved yet."""

    key: int
    title: str
    starts_at: datetime
    ends_at: datetime
    audience: Audience
    leaders: frozenset[Leader] = frozenset()

    def overlaps(self, other: "Planned") -> bool:
        """Whether they share some time; one may begin when the other ends."""
        return self.starts_at < other.ends_at and other.starts_at < self.ends_at


@dataclass(frozen=True)
class Avoided:
    """Days better avoided. ``may_move``: they may turn out a day earlier or later."""

    name: str
    first: date
    last: date
    may_move: bool = False


@dataclass(frozen=True)
class Bounds:
    """The cohort's first and last day."""

    first: date
    last: date


@dataclass(frozen=True)
class Clash:
    kind: ClashKind
    what: str = ""
    """The other session's title, or the name of the days."""
    who: str = ""
    """The facilitator who is elsewhere."""
    when: datetime | date | None = None
    until: date | None = None
    perhaps: bool = False
    """The days lie next to it, and may move by one."""


def find(
    session: Planned,
    *,
    others: Iterable[Planned],
    avoided: Iterable[Avoided],
    bounds: Bounds,
    at: datetime,
) -> list[Clash]:
    """Everything that speaks against the session, in the order of ``ClashKind``."""
    found = [
        *_past(session, at),
        *_outside(session, bounds),
        *_avoided(session, avoided),
        *_others(session, others),
        *_hours(session),
    ]
    order = list(ClashKind)
    return sorted(found, key=lambda clash: order.index(clash.kind))


def _past(session: Planned, at: datetime) -> Iterator[Clash]:
    if session.starts_at <= at:
        yield Clash(ClashKind.PAST)


def _outside(session: Planned, bounds: Bounds) -> Iterator[Clash]:
    first, last = days(session.starts_at, session.ends_at)
    if first < bounds.first or last > bounds.last:
        yield Clash(ClashKind.OUTSIDE, when=bounds.first, until=bounds.last)


def _avoided(session: Planned, avoided: Iterable[Avoided]) -> Iterator[Clash]:
    first, last = days(session.starts_at, session.ends_at)
    for each in avoided:
        margin = DAY if each.may_move else timedelta()
        if first <= each.last + margin and each.first - margin <= last:
            surely = first <= each.last and each.first <= last
            yield Clash(
                ClashKind.AVOID,
                what=each.name,
                when=each.first,
                until=each.last,
                perhaps=not surely,
            )


def _others(session: Planned, others: Iterable[Planned]) -> Iterator[Clash]:
    for other in others:
        is_same = bool(session.key) and session.key == other.key
        if is_same or not session.overlaps(other):
            continue
        if session.audience.meets(other.audience):
            yield Clash(ClashKind.AUDIENCE, what=other.title, when=other.starts_at)
        ours = {leader.pk for leader in session.leaders}
        for leader in sorted(other.leaders, key=lambda each: each.pk):
            if leader.pk in ours:
                yield Clash(
                    ClashKind.FACILITATOR,
                    what=other.title,
                    who=leader.name,
                    when=other.starts_at,
                )


def _hours(session: Planned) -> Iterator[Clash]:
    first, last = days(session.starts_at, session.ends_at)
    each_day = (first + DAY * number for number in range((last - first).days + 1))
    weekend = next((day for day in each_day if day.weekday() >= SATURDAY), None)
    if weekend is not None:
        yield Clash(ClashKind.WEEKEND, when=weekend)
    starts = session.starts_at.astimezone(LONDON)
    ends = session.ends_at.astimezone(LONDON)
    if starts.time() < EARLIEST or starts.time() >= LATEST or _is_late(ends):
        yield Clash(ClashKind.EVENING)


def _is_late(ends: datetime) -> bool:
    """A residential that goes on overnight ends at some hour of its last day."""
    return ends.time() > LATEST or ends.time() <= EARLIEST
