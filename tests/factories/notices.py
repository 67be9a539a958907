"""What there is about one person's messages."""

from datetime import datetime

from lic_site.accounts.models import Person
from lic_site.common import tokens
from lic_site.notices.enums import Delivery
from lic_site.notices.models import (
    AddressTrouble,
    CalendarFeed,
    DeliveryEvent,
    DeliveryPreference,
    Mailing,
    MessageSettings,
    NoticePreference,
)
from lic_site.notices.services import calendars


def everything_of(person: Person, *, at: datetime) -> None:
    """One of each record about a person who has an address, the messages themselves aside.
    Replies reach the person it was called for last.
    """
    address = person.addresses.get()
    NoticePreference.objects.create(person=person, kind="tests.news", turned_off_at=at)
    DeliveryPreference.objects.create(person=person, once_a_day=True, changed_at=at)
    CalendarFeed.objects.create(person=person, made_at=at)
    AddressTrouble.objects.create(address=address, bounces=1, first_at=at, last_at=at)
    DeliveryEvent.objects.create(
        provider="tests",
        event_id=str(person.pk),
        event=Delivery.BOUNCED,
        address=address,
        happened_at=at,
        received_at=at,
    )
    MessageSettings.objects.update_or_create(pk=1, defaults={"reply_to": person})
    a_mailing(by=person, at=at)


def calendar_of(person: Person, *, at: datetime) -> str:
    """The token of the person's calendar, turned on."""
    feed = calendars.turn_on(person=person, by=person, at=at)
    return tokens.make(calendars.PURPOSE, feed.pk, feed.version)


def a_mailing(*, by: Person, at: datetime) -> Mailing:
    """A draft."""
    return Mailing.objects.create(
        title="About the summer",
        subject="News for you",
        body="Hello {given_name},\n\nThere is news.\n\n[Read it]",
        segment="tests.everybody",
        written_by=by,
        created_at=at,
        changed_at=at,
    )
