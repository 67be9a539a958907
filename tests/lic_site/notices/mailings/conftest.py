from collections.abc import Iterator
from typing import Any

import pytest
from django.test import Client

from lic_site.accounts.models import Person
from lic_site.notices import protocol, segments
from tests.factories.people import PersonFactory, staff
from tests.support.people import SignedIn


@pytest.fixture(autouse=True)
def _mailings(_kinds: None, settings: Any) -> Iterator[None]:
    """The house's own kinds, and the groups of people of these tests."""
    settings.NOTICE_KINDS = ["lic_site.notices.kinds.KINDS"]
    settings.NOTICE_SEGMENTS = ["tests.lic_site.notices.mailings.support.SEGMENTS"]
    protocol.kinds.cache_clear()
    segments.segments.cache_clear()
    yield
    protocol.kinds.cache_clear()
    segments.segments.cache_clear()


@pytest.fixture
def admin(db: None) -> Person:
    """Writes to many; the only one of their team until somebody joins it."""
    return staff(given_name="Dana", family_name="Admin")


@pytest.fixture
def team(admin: Person) -> list[Person]:
    """Three colleagues of the admin's; the admin is the fourth."""
    return [
        PersonFactory(given_name=name, family_name="Team", organisation=admin.organisation)
        for name in ("Alice", "Bob", "Charlie")
    ]


@pytest.fixture
def college(admin: Person, signed_in: SignedIn) -> Client:
    return signed_in(admin)
