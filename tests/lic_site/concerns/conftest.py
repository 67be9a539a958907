"""Two readers, and somebody to raise something."""

from dataclasses import dataclass

import pytest

from lic_site.accounts.models import Person
from lic_site.concerns.models import Contact
from tests.factories.concerns import ContactFactory
from tests.support.people import Cast


@dataclass(frozen=True)
class Readers:
    priya: Contact
    nadia: Contact


@pytest.fixture
def readers(cast: Cast) -> Readers:
    return Readers(
        ContactFactory(person__given_name="Priya", person__family_name="Reads"),
        ContactFactory(person__given_name="Nadia", person__family_name="Listens"),
    )


@pytest.fixture
def alice(cast: Cast) -> Person:
    return cast.owner


@pytest.fixture
def charlie(cast: Cast) -> Person:
    return cast.stranger
