"""'Tell me when applications open', from people who need have no account."""

from datetime import datetime

from django.db import transaction

from cohorts.programme.models import Interest, Programme
from lic_site.accounts import audit
from lic_site.accounts.models import Person
from lic_site.accounts.services.people import find_or_add_person
from lic_site.common import tokens
from lic_site.notices.services import send

PURPOSE = "interest"


@transaction.atomic
def note_interest(
    *,
    programme: Programme,
    given_name: str,
    family_name: str = "",
    email: str,
    by: Person | None,
    at: datetime,
) -> Interest:
    """Put the person on the list, once however often they ask, and write to say so.

    What the caller shows afterwards is the same whether the address was known or not.
    """
    person = find_or_add_person(
        email=email, given_name=given_name, family_name=family_name, by=by, at=at
    )
    interest, is_new = Interest.objects.get_or_create(
        programme=programme, person=person, defaults={"noted_at": at}
    )
    if not is_new and interest.ended_at is None:
        return interest
    interest.noted_at, interest.ended_at = at, None
    interest.save(update_fields=["noted_at", "ended_at"])
    audit.record("programme.interest_noted", by=by, at=at, thing=interest, subject=person)
    key = f"{at:%Y-%m-%d}"  # leaving and joining again in a day writes once
    send("programme.interest_noted", to=person, about=interest, at=at, key=key)
    return interest


def token_for(interest: Interest) -> str:
    """The link that ends it."""
    return tokens.make(PURPOSE, interest.pk)


def find_interest(token: str) -> Interest | None:
    """What the link is about, if we made it and it still exists."""
    found = tokens.read(PURPOSE, token)
    return Interest.objects.filter(pk=found[0]).first() if found else None


@transaction.atomic
def end_interest(*, interest: Interest, at: datetime) -> None:
    """Take the person off the list. Ending twice ends once."""
    if Interest.objects.filter(pk=interest.pk, ended_at=None).update(ended_at=at):
        audit.record(
            "programme.interest_ended",
            by=interest.person,
            at=at,
            thing=interest,
            subject=interest.person,
        )
