"""Counting in working days. A working day is a Monday to Friday that is no bank holiday.

``n`` working days before a day (``n`` below 0) is the ``n``-th working day that lies before it:
one before a Monday, and before a Sunday, is the Friday. After it (``n`` above 0) likewise. Nought
is the day itself, or the last working day before it.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, timedelta

ONE = timedelta(days=1)


@dataclass(frozen=True)
class WorkingDays:
    """Working days where these days are holidays."""

    holidays: Collection[date]

    def __contains__(self, day: date) -> bool:
        return day.weekday() < 5 and day not in self.holidays

    def counted(self, day: date, n: int) -> date:
        """The working day that lies ``n`` working days from the day. A later day never leads to
        an earlier one.
        """
        if n == 0:
            return self._step(day + ONE, -1)
        return self._step(day, n)

    def leading_to(self, day: date, n: int) -> tuple[date, date] | None:
        """The first and the last of the days that ``counted`` takes to this one; they follow on
        each other. None where it is no working day: nothing leads there.
        """
        if day not in self:
            return None
        if n == 0:
            return day, self._step(day, 1) - ONE
        if n < 0:
            last = self._step(day, -n)
            return (day if n == -1 else self._step(day, -n - 1)) + ONE, last
        first = self._step(day, -n)
        return first, (day if n == 1 else self._step(day, 1 - n)) - ONE

    def _step(self, day: date, n: int) -> date:
        """The ``n``-th working day strictly after the day, or strictly before it."""
        step = ONE if n > 0 else -ONE
        for _ in range(abs(n)):
            day += step
            while day not in self:
                day += step
        return day
