"""Kinds of message that exist in tests alone. Their anchor is an organisation."""

from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from typing import Any

from lic_site.accounts.models import Organisation, Person
from lic_site.notices.enums import Category, State
from lic_site.notices.models import Notice
from lic_site.notices.protocol import Due, NoticeKind

NOW = datetime(2026, 11, 21, 9, 30, tzinfo=UTC)


class Reminder(NoticeKind):
    """What the clock plans is in ``dues``; who is refused is in ``unwanted``."""

    name = "tests.reminder"
    title = "A reminder"
    anchor_title = "it happens"
    audience_title = "everybody who is asked"
    reminder_days: tuple[int, ...] = (-3, 2)

    def __init__(self) -> None:
        self.dues: list[Due] = []
        self.asked: list[tuple[datetime, datetime]] = []
        self.unwanted: set[int] = set()
        self.revision = 1
        self.words: Mapping[str, Any] = {"name": "A & B", "by": NOW.date()}

    def anchor(self, pk: int) -> Organisation | None:
        found = Organisation.objects.filter(pk=pk).first()
        if found is not None:
            found.revision = self.revision  # type: ignore[attr-defined]
        return found

    def is_wanted(self, anchor: Organisation, recipient: Person) -> bool:
        return recipient.pk not in self.unwanted

    def context(self, anchor: Organisation, recipient: Person) -> Mapping[str, Any]:
        return {**self.words, "link": f"http://localhost:8000/o/{anchor.pk}/"}

    def sample(self) -> Mapping[str, Any]:
        return {**self.words, "link": "http://localhost:8000/o/1/"}

    def due(self, after: datetime, until: datetime) -> Iterable[Due]:
        self.asked.append((after, until))
        return [due for due in self.dues if after < due.anchor_at <= until]


class News(Reminder):
    name = "tests.news"
    title = "News"
    category = Category.OPTIONAL
    reminder_days = ()


def only() -> Notice:
    """The one notice there is."""
    return Notice.objects.get()


def state() -> State:
    return State(only().state)
