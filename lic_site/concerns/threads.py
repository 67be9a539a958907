"""The record of a concern as whoever raised it reads it, and as its reader does."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from lic_site.concerns.enums import SHARED, Entry, Step
from lic_site.concerns.models import Concern
from lic_site.concerns.models import Entry as Row


@dataclass(frozen=True)
class Line:
    """One entry in words. ``tone``, whose it is: ``theirs``, ``ours``, ``step``, ``private``."""

    pk: int
    title: str
    on: date
    text: str
    tone: str
    due_on: date | None = None
    done_on: date | None = None
    is_action: bool = False


_TONES = {Entry.SAID: "theirs", Entry.REPLY: "ours", Entry.STEP: "step"}


def shared(concern: Concern) -> list[Line]:
    """For whoever raised it: what they said, replies, steps without reasons."""
    rows = concern.entries.filter(kind__in=SHARED)
    return [_line(row, you="You", we="Your reader", is_private=False) for row in rows]


def whole(concern: Concern) -> list[Line]:
    """For its reader: everything."""
    rows: Iterable[Row] = concern.entries.select_related("author")
    return [
        _line(
            row,
            you="From whoever raised it",
            we=row.author.name if row.author else "A reader",
            is_private=True,
        )
        for row in rows
    ]


def _line(row: Row, *, you: str, we: str, is_private: bool) -> Line:
    kind = Entry(row.kind)
    titles = {
        Entry.SAID: you,
        Entry.REPLY: we,
        Entry.NOTE: f"Private note by {we}",
        Entry.ACTION: f"Action agreed, written down by {we}",
    }
    title = Step(row.step).label if kind == Entry.STEP else titles[kind]
    return Line(
        pk=row.pk,
        title=title,
        on=row.on,
        text=row.text if is_private or kind != Entry.STEP else "",
        tone=_TONES.get(kind, "private"),
        due_on=row.due_on,
        done_on=row.done_on,
        is_action=kind == Entry.ACTION,
    )
