"""Erasure and retention."""

from datetime import datetime, timedelta

from django.db import transaction

from lic_site.accounts.models import Person
from lic_site.concerns.enums import State
from lic_site.concerns.models import Concern, Contact, Exclusion

KEPT_AFTER_CLOSING = timedelta(days=6 * 365 + 2)
"""Six years, the time within which a claim in contract can be brought (Limitation Act 1980, section
5); a draft for the programme to confirm.
"""


def forget_raiser(person: Person, at: datetime) -> None:  # noqa: ARG001 - as every erasure
    """The concern stays, since it is about others too; who raised it and how to reach them go."""
    Concern.objects.filter(raiser=person).update(raiser=None, reach="", tell_by_mail=False)


def forget_contact(person: Person, at: datetime) -> None:
    """Their time as a reader ends; what it was for stays, so that it is known who could read."""
    Contact.objects.filter(person=person, ended_at=None).update(ended_at=at)


def forget_concerned(person: Person, at: datetime) -> None:  # noqa: ARG001 - as every erasure
    """Nobody who is erased can be given a concern to read."""
    Exclusion.objects.filter(person=person).delete()


@transaction.atomic
def retain(at: datetime) -> int:
    """Delete what was closed long enough ago, with all that was said and done about it."""
    old = Concern.objects.filter(state=State.CLOSED, closed_on__lt=(at - KEPT_AFTER_CLOSING).date())
    count = old.count()
    old.delete()
    return count
