"""What can be filled into a text, and how each value reads."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Any

from lic_site.common import dates


@dataclass(frozen=True)
class Card:
    """A few lines that stand together: the first strong, and leading to ``link`` if there is
    one. A list of cards is shown one under another.
    """

    lines: tuple[str, ...]
    link: str = ""

    def __bool__(self) -> bool:
        return any(line.strip() for line in self.lines)


class Sort(StrEnum):
    """What a name stands for, as whoever writes a text is told."""

    TEXT = "words"
    DATE = "a date"
    MOMENT = "a date with its time"
    NUMBER = "a number"
    TRUTH = "yes or no"
    LIST = "a list"
    CARD = "a card of several lines"
    LINK = "where the button leads"


_SORTS: tuple[tuple[type, Sort], ...] = (
    (Card, Sort.CARD),
    (bool, Sort.TRUTH),
    (int, Sort.NUMBER),
    (datetime, Sort.MOMENT),
    (date, Sort.DATE),
    (list, Sort.LIST),
    (tuple, Sort.LIST),
)
"""The first that fits: a truth is a number too, and a moment a date."""


def sort_of(value: Any) -> Sort:
    found = next((sort for kind, sort in _SORTS if isinstance(value, kind)), Sort.TEXT)
    if found == Sort.LIST and value and isinstance(value[0], Card):
        return Sort.CARD
    return found


def sorts(samples: Iterable[Mapping[str, Any]]) -> dict[str, Sort]:
    """What each name of these contexts stands for: a value that is there tells more than one that
    is empty.
    """
    found: dict[str, Any] = {}
    for sample in samples:
        for name, value in sample.items():
            if name not in found or not is_there(found[name]):
                found[name] = value
    return {
        name: Sort.LINK if name == "link" else sort_of(value)
        for name, value in sorted(found.items())
    }


def is_there(value: Any) -> bool:
    """Whether ``{if …}`` holds: nothing, no letters, nobody and none do not."""
    return bool(value.strip()) if isinstance(value, str) else bool(value)


def said(value: Any) -> str:
    """The value as people read it; what is missing reads as nothing."""
    if isinstance(value, str):
        return value
    if value is None:
        return ""
    if isinstance(value, date):
        return dates.when(value)
    if isinstance(value, Card):
        return ", ".join(line for line in value.lines if line.strip())
    if isinstance(value, list | tuple):
        return ", ".join(said(each) for each in value)
    return str(value)
