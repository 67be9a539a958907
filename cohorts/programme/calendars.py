"""A cohort's dates as a calendar file. It lies in diaries that colleagues and IT can read, so it
names neither the programme nor what a day is about.
"""

from collections.abc import Iterable
from datetime import UTC, datetime

from icalendar import Calendar, Event

from cohorts.programme.enums import SessionKind
from cohorts.programme.models import Session

TITLES = {
    SessionKind.WORKSHOP: "Learning day",
    SessionKind.RESIDENTIAL: "Residential",
    SessionKind.LEARNING_SET: "Learning group",
    SessionKind.COACHING: "Coaching",
}


def calendar(sessions: Iterable[Session], *, at: datetime) -> bytes:
    """The sessions as one file. A date that moved or was cancelled takes its old place when it is
    added again: its identifier stays, and its ``SEQUENCE`` rises (RFC 5545, sections 3.8.4.7 and
    3.8.7.4). Where people join online stands on the session's page alone.
    """
    made = Calendar()
    made.add("version", "2.0")
    made.add("prodid", "-//Dates//EN")
    made.add("method", "PUBLISH")
    for session in sessions:
        event = Event()
        event.add("uid", f"date-{session.pk}@dates.invalid")
        event.add("dtstamp", at.astimezone(UTC))
        event.add("dtstart", session.starts_at.astimezone(UTC))
        event.add("dtend", session.ends_at.astimezone(UTC))
        event.add("summary", TITLES[SessionKind(session.kind)])
        event.add("class", "PRIVATE")
        event.add("sequence", session.revision)
        event.add("status", "CANCELLED" if session.cancelled_at else "CONFIRMED")
        if session.place:
            event.add("location", session.place)
        made.add_component(event)
    written: bytes = made.to_ical()
    return written
