"""Quiet hours: the part of each day, in London time, in which no message goes that can wait until
the morning. On plain values alone.

Wall-clock times decide, so that both clock changes are right without a rule of their own: when
01:00 to 02:00 is skipped, quiet hours that end in it end where the clock goes on; when it comes
twice, it is quiet both times.
"""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

from lic_site.common.dates import LONDON, moment

LONGEST = timedelta(hours=18)
"""Enough of every day is left to write in, also on the day that is an hour short."""
DAY = timedelta(days=1)


class Endless(ValueError):
    """Quiet hours that begin and end at the same time would last all day, or no time at all."""


class TooLong(ValueError):
    """Quiet hours longer than ``LONGEST``."""


@dataclass(frozen=True)
class QuietHours:
    """From ``begins`` up to, and without, ``ends``; over midnight when it ends earlier in the day
    than it begins. Raises Endless, TooLong.
    """

    begins: time
    ends: time

    def __post_init__(self) -> None:
        if self.begins == self.ends:
            raise Endless
        if self._lasts() > LONGEST:
            raise TooLong

    def _lasts(self) -> timedelta:
        anyday = date(2000, 1, 1)
        lasts = datetime.combine(anyday, self.ends) - datetime.combine(anyday, self.begins)
        return lasts % DAY

    def cover(self, at: datetime) -> bool:
        """Whether the moment lies in them."""
        return self.has(at.astimezone(LONDON).time())

    def has(self, clock: time) -> bool:
        """Whether this time of day lies in them."""
        if self.begins < self.ends:
            return self.begins <= clock < self.ends
        return clock >= self.begins or clock < self.ends

    def over(self, at: datetime) -> datetime:
        """The moment itself if it lies outside them, else when they end; in UTC."""
        local = at.astimezone(LONDON)
        if not self.has(local.time()):
            return at.astimezone(UTC)
        day = local.date() if local.time() < self.ends else local.date() + DAY
        first, second = (moment(day, self.ends.replace(fold=fold)) for fold in (0, 1))
        return first if first > at else second


def next_time(clock: time, *, after: datetime) -> datetime:
    """The first moment after this one at which London's clocks show that time; in UTC."""
    day = after.astimezone(LONDON).date()
    while (comes := moment(day, clock)) <= after:
        day += DAY
    return comes
