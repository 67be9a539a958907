"""Calendar files as others read them: two parsers that are not the library which writes them."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

import vobject
from ical.calendar import Calendar
from ical.calendar_stream import IcsCalendarStream


@dataclass(frozen=True)
class Event:
    uid: str
    sequence: int
    starts: date
    ends: date
    stamp: datetime
    title: str
    place: str
    url: str
    status: str
    classification: str
    transparency: str


def with_vobject(written: bytes) -> list[Event]:
    (calendar,) = vobject.readComponents(written.decode(), validate=True)

    def value(event: object, name: str) -> str:
        held = event.contents.get(name)  # type: ignore[attr-defined]
        return held[0].value if held else ""

    return [
        Event(
            uid=event.uid.value,
            sequence=int(event.sequence.value),
            starts=event.dtstart.value,
            ends=event.dtend.value,
            stamp=event.dtstamp.value,
            title=event.summary.value,
            place=value(event, "location"),
            url=value(event, "url"),
            status=event.status.value,
            classification=value(event, "class"),
            transparency=event.transp.value,
        )
        for event in calendar.contents.get("vevent", [])
    ]


def calendar_of(written: bytes) -> Calendar:
    (calendar,) = IcsCalendarStream.from_ics(written.decode()).calendars
    return calendar


def with_ical(written: bytes) -> list[Event]:
    return [
        Event(
            uid=event.uid,
            sequence=event.sequence or 0,
            starts=event.dtstart,
            ends=event.dtend,  # type: ignore[arg-type]
            stamp=event.dtstamp,  # type: ignore[arg-type]
            title=event.summary or "",
            place=event.location or "",
            url=str(event.url or ""),
            status=event.status.value if event.status else "",
            classification=event.classification.value if event.classification else "",
            transparency=event.transparency or "",
        )
        for event in calendar_of(written).events
    ]


def events(written: bytes) -> list[Event]:
    """What both parsers read, which must be the same."""
    one, other = with_vobject(written), with_ical(written)
    assert one == other
    return one


def lines(written: bytes) -> list[str]:
    """Unfolded content lines."""
    return written.decode().replace("\r\n ", "").split("\r\n")


def titles(found: Iterable[Event]) -> list[str]:
    return [event.title for event in found]
