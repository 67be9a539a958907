"""Who reads concerns, from when until when. The list is kept by staff, and nobody puts themselves
on it.
"""

from datetime import date, datetime

from django.core.exceptions import ValidationError
from django.db import transaction

from lic_site.accounts import audit
from lic_site.accounts.models import Person
from lic_site.concerns.models import Contact
from lic_site.concerns.policies import can
from lic_site.concerns.services.errors import (
    AlreadyReads,
    ContactEnded,
    ContactRefused,
    NoAccount,
    NotYoursToKeep,
)
from lic_site.concerns.services.shared import today


@transaction.atomic
def add_contact(
    *,
    person: Person,
    what_for: str,
    starts_on: date,
    ends_on: date,
    by: Person | None,
    at: datetime,
) -> Contact:
    """Make the person a reader of concerns. ``by`` None is the command line. Raises NotYoursToKeep,
    NoAccount, AlreadyReads, ContactRefused.
    """
    _must_keep(by, person)
    if person.user_id is None:
        raise NoAccount
    contact = Contact(
        person=person,
        what_for=what_for,
        starts_on=starts_on,
        ends_on=ends_on,
        added_by=by,
        added_at=at,
    )
    _keep(contact)
    audit.record("concerns.contact_added", by=by, at=at, thing=contact, subject=person)
    return contact


@transaction.atomic
def change_contact(
    *,
    contact: Contact,
    what_for: str,
    starts_on: date,
    ends_on: date,
    by: Person,
    at: datetime,
) -> None:
    """Change what the reader is for, or their days. Raises NotYoursToKeep, ContactEnded,
    AlreadyReads, ContactRefused.
    """
    _must_keep(by, contact.person)
    contact.refresh_from_db(from_queryset=Contact.objects.select_for_update())
    if contact.ended_at is not None:
        raise ContactEnded
    contact.what_for, contact.starts_on, contact.ends_on = what_for, starts_on, ends_on
    _keep(contact)
    audit.record(
        "concerns.contact_changed",
        by=by,
        at=at,
        thing=contact,
        subject=contact.person,
        fields=["what_for", "starts_on", "ends_on"],
    )


@transaction.atomic
def end_contact(*, contact: Contact, by: Person, at: datetime) -> None:
    """From now on the person reads no concern; those open with them are passed on by the clock. A
    reader may end their own time. Raises NotYoursToKeep, ContactEnded.
    """
    if contact.person_id != by.pk:
        _must_keep(by, contact.person)
    going_on = Contact.objects.filter(pk=contact.pk, ended_at=None, ends_on__gte=today(at))
    if not going_on.update(ended_at=at):
        raise ContactEnded
    contact.person.__dict__.pop("_holdings", None)
    audit.record("concerns.contact_ended", by=by, at=at, thing=contact, subject=contact.person)


def _must_keep(by: Person | None, whose: Person) -> None:
    if by is not None and not can(by, "change_contact", whose):
        raise NotYoursToKeep


def _keep(contact: Contact) -> None:
    """Save, unless the person reads on one of those days already."""
    Person.objects.select_for_update().get(pk=contact.person_id)
    others = Contact.objects.filter(
        person=contact.person_id,
        ended_at=None,
        starts_on__lte=contact.ends_on,
        ends_on__gte=contact.starts_on,
    )
    if others.exclude(pk=contact.pk).exists():
        raise AlreadyReads
    try:
        contact.full_clean()
    except ValidationError as wrong:
        raise ContactRefused(" ".join(wrong.messages)) from wrong
    contact.save()
    contact.person.__dict__.pop("_holdings", None)
