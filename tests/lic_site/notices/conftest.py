from collections.abc import Iterator
from typing import Any

import pytest

from lic_site.accounts.models import Person
from lic_site.notices import protocol
from tests.factories.people import PersonFactory
from tests.lic_site.notices.support import News, Reminder


@pytest.fixture
def reminder(monkeypatch: pytest.MonkeyPatch) -> Iterator[Reminder]:
    """The only kinds there are: a reminder, and news that can be turned off."""
    kind, news = Reminder(), News()
    protocol.kinds.cache_clear()
    monkeypatch.setattr("tests.lic_site.notices.conftest.KINDS", [kind, news])
    yield kind
    protocol.kinds.cache_clear()


KINDS: list[Any] = []


@pytest.fixture(autouse=True)
def _kinds(settings: Any) -> None:
    settings.NOTICE_KINDS = [f"{__name__}.KINDS"]


@pytest.fixture
def person(db: None) -> Person:
    made: Person = PersonFactory(address="alice@example.org")
    return made
