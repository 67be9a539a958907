"""Dates and times as people read them here, in London."""

from datetime import UTC, date, datetime, time
from zoneinfo import ZoneInfo

LONDON = ZoneInfo("Europe/London")
MONTHS = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)
WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")


def local(moment: datetime) -> datetime:
    """The moment in London; one without a zone stays as it is."""
    return moment.astimezone(LONDON) if moment.utcoffset() is not None else moment


def moment(on: date, at: time) -> datetime:
    """A time of day in London, in UTC. On the day the clocks go forward a time that is left out
    (1:30am) is an hour later, and on the day they go back one that comes twice is meant the first
    time, unless it has ``fold=1``.
    """
    return datetime.combine(on, at, LONDON).astimezone(UTC)


def day(value: date) -> str:
    """'9 March', of a date or of a moment in London."""
    value = local(value) if isinstance(value, datetime) else value
    return f"{value.day} {MONTHS[value.month - 1]}"


def when(value: date) -> str:
    """A date as '21 November 2026', a moment as '21 November 2026 at 9:30am'."""
    if not isinstance(value, datetime):
        return f"{day(value)} {value.year}"
    value = local(value)
    return f"{day(value)} {value.year} at {clock(value)}"


def clock(value: datetime | time) -> str:
    """The time of day as '9:30am', '2pm', 'midday' or 'midnight'.

    Midnight and midday are said in words, since 12:00 is misread.
    """
    value = local(value) if isinstance(value, datetime) else value
    match (value.hour, value.minute):
        case (0, 0):
            return "midnight"
        case (12, 0):
            return "midday"
    minutes = f":{value.minute:02}" if value.minute else ""
    return f"{value.hour % 12 or 12}{minutes}{'am' if value.hour < 12 else 'pm'}"


def span(starts_at: datetime, ends_at: datetime) -> str:
    """'Tuesday 9 March 2027 at 9:30am to 4pm, London time'; the second date is said if another."""
    starts_at, ends_at = local(starts_at), local(ends_at)
    until = clock(ends_at) if starts_at.date() == ends_at.date() else when(ends_at)
    return f"{WEEKDAYS[starts_at.weekday()]} {when(starts_at)} to {until}, London time"
