"""Readers of concerns, and concerns raised through the real verbs."""

from datetime import date, datetime
from typing import Any

import factory
from factory.django import DjangoModelFactory

from lic_site.accounts.models import Person
from lic_site.concerns.codes import new_code
from lic_site.concerns.enums import About, Known
from lic_site.concerns.models import Concern, Contact
from lic_site.concerns.services.raising import Told, raise_concern
from tests.factories.people import LONG_AGO, PersonFactory
from tests.support.people import NOW

WORDS = "Somebody said something in the hall."


class ContactFactory(DjangoModelFactory[Contact]):
    """Reads concerns now, and for years."""

    person = factory.SubFactory(PersonFactory)
    what_for = "anything about the days"
    starts_on = date(2020, 8, 3)
    ends_on = date(2099, 12, 31)
    added_at = LONG_AGO

    class Meta:
        model = Contact


def a_concern(
    reader: Contact,
    *,
    by: Person | None = None,
    known: Known | None = None,
    code: str = "",
    nonce: str = "",
    at: datetime = NOW,
    concerned: list[Person] | None = None,
    tell_by_mail: bool = True,
    **told: Any,
) -> Concern:
    """Raised with the name of ``by``, or anonymously."""
    return raise_concern(
        told=Told(**{"about": About.RACISM, "words": WORDS, **told}),
        reader=reader,
        concerned=concerned or [],
        known=known or (Known.NAMED if by else Known.ANONYMOUS),
        tell_by_mail=tell_by_mail,
        code=code or new_code(),
        nonce=nonce or new_code(),
        by=by,
        at=at,
    )
