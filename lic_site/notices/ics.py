"""Dates as calendar programs read them (RFC 5545, 5546 and 7986).

What is written lies in diaries that colleagues and IT can read: every entry is private, and nothing
in it names a person, the programme or what a date is about. Times are written in UTC: each date is
one moment, which every program shows in its owner's own zone, so no rule of the clock changes needs
to be carried along or believed.

There is no ``ORGANIZER``, though RFC 5546 asks for one: these dates are nobody's invitation, and
with one programs offer to answer it by e-mail.
"""

import hashlib
import re
import unicodedata
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

from icalendar import Calendar, Event

from lic_site.common.dates import LONDON

NAME = "Dates"
REFRESH = timedelta(hours=1)
CANCELLED = "Cancelled: "
"""Before the title too: many programs do not heed ``STATUS``."""
_LAYOUT = "1"
"""Another one, and every program fetches its dates anew."""
_LINE_ENDS = re.compile("\r\n|[\r\v\f\x1c-\x1e\x85\u2028\u2029]")
_NEVER = {"Cc", "Cs"}


@dataclass(frozen=True, kw_only=True)
class Entry:
    """One date as a calendar shows it to anybody who looks: neutral, and never with a link to join.

    ``uid`` stays for ever; ``revision`` rises when the date moves or is cancelled.
    """

    uid: str
    revision: int
    starts_at: datetime
    ends_at: datetime
    title: str
    place: str = ""
    path: str = ""
    """The page of this site where the rest stands."""
    is_cancelled: bool = False
    is_deadline: bool = False
    """Shown on its days in London without hours, and takes up nobody's time."""
    changed_at: datetime | None = None


def feed(entries: Iterable[Entry], *, at: datetime, site: str) -> bytes:
    """The dates for a program that comes again and again. ``site`` is this site's address."""
    made = _calendar("PUBLISH")
    made.add("name", NAME)
    made.add("x-wr-calname", NAME)
    made.add("refresh-interval", REFRESH, parameters={"VALUE": "DURATION"})
    made.add("x-published-ttl", "PT1H")
    return _written(made, entries, at=at, site=site)


def file(entries: Collection[Entry], *, at: datetime, site: str) -> bytes:
    """The dates to be added once. Where they are all cancelled, the file takes them out."""
    over = bool(entries) and all(entry.is_cancelled for entry in entries)
    return _written(_calendar("CANCEL" if over else "PUBLISH"), entries, at=at, site=site)


def mark(entries: Iterable[Entry]) -> str:
    """An entity tag. It is weak: the same dates written later differ in ``DTSTAMP`` alone."""
    told = f"{_LAYOUT} {list(entries)!r}".encode(errors="replace")
    return f'W/"{hashlib.sha256(told).hexdigest()[:32]}"'


def _calendar(method: str) -> Calendar:
    made = Calendar()
    made.add("version", "2.0")
    made.add("prodid", "-//Dates//EN")
    made.add("calscale", "GREGORIAN")
    made.add("method", method)
    return made


def _written(made: Calendar, entries: Iterable[Entry], *, at: datetime, site: str) -> bytes:
    for entry in entries:
        made.add_component(_event(entry, at=at, site=site))
    written: bytes = made.to_ical()
    return written


def _event(entry: Entry, *, at: datetime, site: str) -> Event:
    starts, ends = _span(entry)
    title = plain(entry.title)
    event = Event()
    event.add("uid", entry.uid)
    event.add("dtstamp", at.astimezone(UTC))
    event.add("dtstart", starts)
    event.add("dtend", ends)
    event.add("summary", CANCELLED + title if entry.is_cancelled else title)
    event.add("class", "PRIVATE")
    event.add("sequence", entry.revision)
    event.add("status", "CANCELLED" if entry.is_cancelled else "CONFIRMED")
    event.add("transp", "TRANSPARENT" if entry.is_cancelled or entry.is_deadline else "OPAQUE")
    if place := plain(entry.place):
        event.add("location", place)
    if entry.path:
        event.add("url", site + entry.path)
    if entry.changed_at:
        event.add("last-modified", entry.changed_at.astimezone(UTC))
    return event


def _span(entry: Entry) -> tuple[date, date]:
    """Moments in UTC to the second, or days in London, the last one not counted."""
    if entry.is_deadline:
        first = entry.starts_at.astimezone(LONDON).date()
        last = (entry.ends_at - timedelta.resolution).astimezone(LONDON).date()
        return first, max(first, last) + timedelta(days=1)
    starts, ends = (
        moment.astimezone(UTC).replace(microsecond=0) for moment in (entry.starts_at, entry.ends_at)
    )
    return starts, ends


def plain(text: str) -> str:
    """The text as every program can read it: one kind of line end, no control characters, nothing
    around it.
    """
    lines = _LINE_ENDS.sub("\n", text)
    kept = (each for each in lines if each in "\n\t" or unicodedata.category(each) not in _NEVER)
    return "".join(kept).strip()
