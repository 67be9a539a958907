"""A row of coaching slots, one after another."""

from datetime import datetime, timedelta
from typing import NamedTuple


class Slot(NamedTuple):
    starts_at: datetime
    ends_at: datetime


def row(first: datetime, last: datetime, *, length: timedelta, gap: timedelta) -> list[Slot]:
    """As many slots of this length as fit between the two moments, ``gap`` between each two."""
    made: list[Slot] = []
    starts_at = first
    while length > timedelta() and starts_at + length <= last:
        made.append(Slot(starts_at, starts_at + length))
        starts_at += length + gap
    return made
