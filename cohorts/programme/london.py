"""Times as people in London write them down, made into moments.

Two nights a year the clock does not do as it is told: on the last Sunday of March the hour from 1am
is left out, on the last Sunday of October it comes twice.
"""

from datetime import UTC, date, datetime, time

from lic_site.common.dates import LONDON
from lic_site.common.errors import Refusal


class NoSuchTime(Refusal):
    """The clocks go forward that night, so there is no such time. Choose one before 1am, or from
    2am.
    """


class TimeComesTwice(Refusal):
    """The clocks go back that night, so this time comes twice. Choose one before 1am, or from
    2am.
    """


def moment(day: date, clock: time) -> datetime:
    """That time of that day in London, in UTC. Raises NoSuchTime, TimeComesTwice."""
    first = datetime.combine(day, clock.replace(fold=0), LONDON)
    again = first.replace(fold=1)
    if first.utcoffset() != again.utcoffset():
        forward = first.astimezone(UTC).astimezone(LONDON).time() != clock
        raise NoSuchTime if forward else TimeComesTwice
    return first.astimezone(UTC)


def days(starts_at: datetime, ends_at: datetime) -> tuple[date, date]:
    """The first and the last day in London of what ends after it starts. Ending at midnight, it
    does not reach the next day.
    """
    last = ends_at.astimezone(LONDON)
    reach = last.date()
    if last.time() == time() and reach > starts_at.astimezone(LONDON).date():
        reach = date.fromordinal(reach.toordinal() - 1)
    return starts_at.astimezone(LONDON).date(), reach
