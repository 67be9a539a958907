"""The role that follows from being named as a reader of concerns, and ends with it."""

from collections.abc import Iterator
from datetime import date

from lic_site.accounts.enums import DerivedRole
from lic_site.accounts.models import Person
from lic_site.accounts.policies import Holding
from lic_site.concerns.models import Contact


def derived_roles(person: Person, on: date) -> Iterator[Holding]:
    """Reader of concerns, on days between the first and the last."""
    if Contact.objects.live(on).filter(person=person).exists():
        yield Holding(DerivedRole.CONCERN_CONTACT)
