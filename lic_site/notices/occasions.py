"""When a rule's time comes: from the day of an anchor to a moment, and back again.

Days and times of day are London's, moments are UTC. What happens on the days the clocks change
stands at ``dates.moment``.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from lic_site.common.dates import LONDON, moment
from lic_site.notices.working_days import WorkingDays

ONE_DAY = timedelta(days=1)
TICK = timedelta(microseconds=1)


@dataclass(frozen=True)
class Occasion:
    """One time a rule sends, and the days on which the anchors lie that it then counts from."""

    due_at: datetime
    first_day: date
    last_day: date

    @property
    def after(self) -> datetime:
        """The anchors lie in (after, until]."""
        return moment(self.first_day, time(0)) - TICK

    @property
    def until(self) -> datetime:
        return moment(self.last_day + ONE_DAY, time(0)) - TICK


@dataclass(frozen=True)
class Timing:
    """So many days from an anchor, below 0 before it, at a time of day."""

    days: int
    at_time: time
    working: WorkingDays | None = None
    """What working days are, where the days are such."""

    def due_day(self, anchor_day: date) -> date:
        if self.working is None:
            return anchor_day + timedelta(days=self.days)
        return self.working.counted(anchor_day, self.days)

    def due_at(self, anchor_at: datetime) -> datetime:
        """The moment that belongs to an anchor."""
        return moment(self.due_day(anchor_at.astimezone(LONDON).date()), self.at_time)

    def occasions(self, *, after: datetime, until: datetime) -> Iterator[Occasion]:
        """Its times in (after, until], those left out that no anchor could lead to."""
        day = after.astimezone(LONDON).date()
        while day <= until.astimezone(LONDON).date():
            due_at = moment(day, self.at_time)
            days = self._anchor_days(day)
            if days is not None and after < due_at <= until:
                yield Occasion(due_at, *days)
            day += ONE_DAY

    def _anchor_days(self, day: date) -> tuple[date, date] | None:
        if self.working is None:
            anchor_day = day - timedelta(days=self.days)
            return anchor_day, anchor_day
        return self.working.leading_to(day, self.days)
