"""A participant chooses which messages come, how and when; an address is taken back."""

from datetime import time

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from lic_site.accounts.models import Person
from lic_site.notices.models import AddressTrouble, DeliveryPreference, NoticePreference
from tests.factories.people import staff
from tests.factories.programme import EnrolmentFactory
from tests.functional.conftest import NewVisitor
from tests.support.visitor import Visitor

pytestmark = pytest.mark.django_db(transaction=True)

KIND = "Applications are open"


@pytest.fixture
def participant() -> Person:
    person: Person = EnrolmentFactory(enrolled_at=timezone.now()).person
    return person


def choose_news(me: Visitor, person: Person) -> None:
    me.sees("All of them")
    me.follow("Change which news and invitations")
    me.leave(KIND)
    me.press("Save")
    me.sees("From now on you get what you ticked")
    me.sees("3 of 4 kinds")
    assert NoticePreference.objects.get(person=person).kind == "programme.cohort_opened"
    me.follow("Change which news and invitations")
    me.choose(KIND)
    me.press("Save")
    me.sees("All of them")
    assert not NoticePreference.objects.exists()


def choose_once_a_day(me: Visitor) -> None:
    me.follow("Change how what can wait comes")
    me.choose("Once a day, in one message at 4:30pm")
    me.press("Save")
    me.sees("From now on what can wait comes once a day, at 4:30pm.")


def choose_quiet_hours(me: Visitor) -> None:
    me.sees("8pm to 7:30am")
    me.follow("Change quiet hours")
    me.choose("My own")
    me.pick("My own begin at", "10pm")
    me.press("Save")
    me.sees("There is a problem")
    me.sees("Choose when your own quiet hours end")
    expect(me.page.get_by_label("My own", exact=True)).to_be_checked()
    expect(me.page.get_by_label("My own begin at")).to_have_value("22:00")
    me.pick("My own end at", "9am")
    me.press("Save")
    me.sees("From now on it is quiet for you from 10pm to 9am.")
    me.sees("Chosen by you.")


@pytest.mark.parametrize(("javascript", "keyboard"), [(False, True), (True, False)])
def test_a_participant_chooses_what_comes_and_when(
    visitor: NewVisitor, participant: Person, *, javascript: bool, keyboard: bool
) -> None:
    me = visitor(phone=True, javascript=javascript, keyboard=keyboard)
    me.sign_in(participant)
    me.go("/my/messages/")
    choose_news(me, participant)
    choose_once_a_day(me)
    choose_quiet_hours(me)
    chosen = DeliveryPreference.objects.get(person=participant)
    assert chosen.once_a_day
    assert (chosen.quiet_from, chosen.quiet_until) == (time(22), time(9))


def test_an_address_that_was_set_aside_is_shown_and_taken_back(
    visitor: NewVisitor, participant: Person
) -> None:
    address, now = participant.addresses.get(), timezone.now()
    AddressTrouble.objects.create(
        address=address, bounces=3, first_at=now, last_at=now, set_aside_at=now
    )
    me = visitor(phone=True)
    me.sign_in(participant)
    me.go("/my/messages/")
    me.sees(f"We no longer write to {address.email}")
    me.sees("We have no address that works")

    college = visitor(phone=True, keyboard=True)
    college.sign_in(staff())
    college.go("/staff/messages/addresses/")
    college.follow(participant.name)
    college.sees("Nothing can be sent to this person")
    college.press(f"It works again {address.email}")
    college.sees("Messages go to that address again.")

    me.go("/my/messages/")
    me.sees_not("We no longer write")
    me.sees(address.email)
