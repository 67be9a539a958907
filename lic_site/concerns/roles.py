"""The role that follows from being named as a reader of concerns, and ends with it."""

from collections.abc import Iterator
from datetime import date

from django.db.models import BigIntegerField, CharField, Value

from lic_site.accounts.enums import DerivedRole
from lic_site.accounts.models import Person
from lic_site.accounts.policies import Roles
from lic_site.concerns.models import Contact


def derived_roles(person: Person, on: date) -> Iterator[Roles]:
    """Reader of concerns, on days between the first and the last."""
    named = Contact.objects.live(on).filter(person=person)
    role = Value(DerivedRole.CONCERN_CONTACT.value, CharField())
    yield named.values_list(role, Value(None, BigIntegerField()))
