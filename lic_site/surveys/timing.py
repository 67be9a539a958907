"""When a wave opens and closes, from its anchor: in London days, whatever the clocks do. On plain
values alone.
"""

from datetime import date, datetime, time, timedelta

from lic_site.common.dates import LONDON, moment

MORNING = time(9)
LAST_MINUTE = time(23, 59)
DAY = timedelta(days=1)


def opens(anchor: datetime, days: int) -> datetime:
    """The anchor itself, or 9am in London so many days after it (before it, below 0); in UTC."""
    if days == 0:
        return anchor
    return moment(day_of(anchor) + days * DAY, MORNING)


def closes(opens_at: datetime, open_days: int) -> datetime:
    """The end of the last day on which it is open."""
    return moment(day_of(opens_at) + open_days * DAY, LAST_MINUTE)


def day_of(at: datetime) -> date:
    return at.astimezone(LONDON).date()


def before_day(at: datetime, days: int) -> datetime:
    """When the day in London began that follows the one so many days ago: what happened before it
    did so at least that many days ago. 0 is the end of today.
    """
    return moment(day_of(at) - (days - 1) * DAY, time())
