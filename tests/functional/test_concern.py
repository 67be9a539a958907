"""Raising a concern in Chromium: on a phone without JavaScript, by keyboard; its reader's board."""

import pytest
from django.core.cache import cache

from lic_site.concerns.enums import Outcome
from lic_site.concerns.models import Concern, Contact
from tests.factories.concerns import ContactFactory, a_concern
from tests.factories.people import PersonFactory
from tests.functional.conftest import NewVisitor
from tests.support.visitor import Visitor
from tests.support.wagtail import plant_roots

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def _a_site(db: None) -> None:
    plant_roots()
    cache.clear()


def tell(visitor: Visitor, *, reader: str, known: str) -> None:
    """Every page to the last but one."""
    visitor.go("/concern/")
    visitor.press("Start")
    visitor.press("Continue")
    visitor.sees("Choose what it is about")
    visitor.choose("Racism")
    visitor.fill("What happened?", "Something was said. 😢")
    visitor.press("Continue")
    visitor.fill("Who is it about?", "Somebody in the hall")
    visitor.choose("Nadia Listens")
    visitor.press("Continue")
    visitor.choose(reader)
    visitor.press("Continue")
    visitor.choose(known, exact=False)
    visitor.press("Continue")
    visitor.press("Continue")
    visitor.sees("Something was said. 😢")
    visitor.press("Send")
    visitor.sees("It is sent")


def readers() -> None:
    for given, family in (("Priya", "Reads"), ("Nadia", "Listens")):
        ContactFactory(person__given_name=given, person__family_name=family, what_for="anything")


@pytest.mark.parametrize(
    ("phone", "javascript", "keyboard"), [(True, False, False), (False, True, True)]
)
def test_somebody_anonymous_raises_one_and_comes_back_with_the_code(
    visitor: NewVisitor, phone: bool, javascript: bool, keyboard: bool
) -> None:
    readers()
    ada = visitor(phone=phone, javascript=javascript, keyboard=keyboard)
    tell(ada, reader="Priya Reads: anything", known="No. I stay anonymous")
    code = ada.page.locator(".lic-secret").inner_text()
    ada.page.go_back()
    ada.sees("Check what you wrote")
    ada.go("/concern/follow/")
    ada.fill("Your code", "WRONG")
    ada.press("Open")
    ada.sees("This code opens nothing here")
    ada.fill("Your code", code.lower().replace("-", " "))
    ada.press("Open")
    ada.fill("Add something", "It happened again.")
    ada.press("Add it")
    ada.sees("It was added")
    ada.press("Withdraw what I raised")
    ada.press("Withdraw it")
    ada.sees("It is withdrawn")
    assert Concern.objects.get().outcome == Outcome.WITHDRAWN
    assert not [each for each in ada.page.context.cookies() if each["name"] == "sessionid"]


def test_a_reader_answers_on_the_board_and_passes_on(visitor: NewVisitor) -> None:
    readers()
    alice = PersonFactory(given_name="Alice", family_name="Owner")
    contact = Contact.objects.get(person__given_name="Priya")
    concern = a_concern(contact, by=alice)
    priya = visitor(phone=True)
    priya.sign_in(contact.person)
    priya.go("/my/")
    priya.go("/staff/concerns/")
    priya.follow(concern.reference)
    priya.follow("Acknowledge it")
    priya.fill("A first answer", "I read it, thank you.")
    priya.press("Acknowledge")
    priya.sees("It is acknowledged.")
    priya.follow("Agree an action")
    priya.fill("What will be done", "Ask the venue.")
    priya.press("Keep the action")
    priya.press("It is done", exact=False)
    priya.follow("Pass it to another reader")
    priya.choose("Nadia Listens: anything")
    priya.fill("Why", "I am away.")
    priya.press("Pass it on")
    priya.sees("Nothing here")

    owner = visitor(phone=True)
    owner.sign_in(alice)
    owner.go("/my/concerns/")
    owner.follow(concern.reference)
    owner.sees("I read it, thank you.")
    owner.sees("Passed to another reader")
    owner.sees_not("I am away.")
