"""The fixed cast: an owner, a colleague on the same team, a stranger who must see nothing, and a
visitor who is signed out. And the clock.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime

import pytest
import time_machine
from django.test import Client

from lic_site.accounts.models import Person
from tests.factories.people import PersonFactory

NOW = datetime(2026, 11, 21, 9, 30, tzinfo=UTC)

type SignedIn = Callable[[Person], Client]


@pytest.fixture
def clock() -> Iterator[time_machine.Traveller]:
    """Stands at 9:30am on 21 November 2026, London time; ``clock.move_to(…)``,
    ``clock.shift(…)``.
    """
    with time_machine.travel(NOW, tick=False) as traveller:
        yield traveller


@dataclass(frozen=True)
class Cast:
    owner: Person
    colleague: Person
    stranger: Person


@pytest.fixture
def cast(db: None) -> Cast:
    """Owner and colleague work for one organisation, the stranger for another."""
    owner = PersonFactory(given_name="Alice", family_name="Owner")
    colleague = PersonFactory(
        given_name="Bob", family_name="Colleague", organisation=owner.organisation
    )
    return Cast(owner, colleague, PersonFactory(given_name="Charlie", family_name="Stranger"))


@pytest.fixture
def signed_in(db: None) -> SignedIn:
    """A browser in which this person is signed in, second factor included."""

    def sign_in(person: Person) -> Client:
        assert person.user is not None
        client = Client()
        client.force_login(person.user)
        return client

    return sign_in


def reauthenticated(browser: Client) -> Client:
    """The same browser, as if its person had just typed their password again."""
    session = browser.session
    session["account_authentication_methods"] = [
        {"method": "password", "at": 4_000_000_000, "reauthenticated": True}
    ]
    session["account_authentication_methods_user"] = session["_auth_user_id"]
    session.save()
    return browser
