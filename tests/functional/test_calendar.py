"""A person's dates in their own calendar, from turning it on to a new address."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from cohorts.programme.models import Session
from cohorts.programme.services.sessions import planning
from lic_site.accounts.models import Person
from tests.factories.people import PersonFactory, staff
from tests.factories.running import LearningSetFactory, a_running_cohort, a_session, in_set
from tests.functional.conftest import NewVisitor
from tests.support.calendars import Event, events
from tests.support.visitor import Visitor
from tests.support.wagtail import plant_roots

pytestmark = pytest.mark.django_db(transaction=True)

DAY = timedelta(days=1)


def taking_part() -> tuple[Person, Session]:
    """Ada takes part in a cohort that meets in a week."""
    plant_roots()
    cohort = a_running_cohort(at=timezone.now(), name="Cohort 7", slug="cohort-7")
    ada = PersonFactory(given_name="Ada", family_name="Fernhollow")
    in_set(LearningSetFactory(cohort=cohort, name="Set 1"), ada)
    session = a_session(cohort, days=7, at=timezone.now(), place="A hall in Stratford")
    return ada, session


def address_shown(ada: Visitor) -> str:
    return str(ada.page.get_by_label("Your address").input_value())


def fetch(address: str, *, status: int = 200) -> list[Event]:
    """As a calendar does: signed out, with nothing but the address."""
    answer = Client().get("/" + address.split("/", 3)[3])
    assert answer.status_code == status
    return events(answer.content) if status == 200 else []


def move(session: Session, by: Person) -> Session:
    return planning.move_session(
        session=session,
        starts_at=session.starts_at + DAY,
        ends_at=session.ends_at + DAY,
        place="Another hall",
        link="",
        by=by,
        at=timezone.now(),
    )


@pytest.mark.parametrize("phone", [True, False])
def test_a_calendar_follows_until_its_address_is_replaced(visitor: NewVisitor, phone: bool) -> None:
    person, session = taking_part()
    ada = visitor(phone=phone)
    ada.page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    ada.sign_in(person)
    ada.go("/my/")
    ada.follow("Have your dates in your own calendar")
    ada.sees("It is off")
    ada.press("Turn it on")
    ada.sees("You have a calendar address")
    ada.tap("Copy the address")
    ada.sees("Copied. Now paste it")
    address = str(ada.page.evaluate("navigator.clipboard.readText()"))
    assert address == address_shown(ada)
    for summary in ada.page.locator("summary").all():
        summary.click()
    assert not ada.barriers()
    ada.sees("Subscribe from web")

    (before,) = fetch(address)
    moved = move(session, staff())
    (after,) = fetch(address)
    assert (before.uid, before.sequence + 1) == (after.uid, after.sequence)
    assert after.starts == moved.starts_at
    ada.go("/" + after.url.split("/", 3)[3])
    ada.sees("Another hall")

    ada.go("/my/calendar/")
    ada.follow("Make a new address")
    ada.follow("Keep the address I have")
    assert address_shown(ada) == address
    ada.follow("Make a new address")
    ada.press("Make a new address")
    ada.sees("You have a new address")
    fetch(address, status=404)
    (again,) = fetch(address_shown(ada))
    assert (again.uid, again.sequence) == (after.uid, after.sequence)


def test_it_is_done_by_keyboard_alone(visitor: NewVisitor) -> None:
    person, _ = taking_part()
    ada = visitor(keyboard=True)
    ada.sign_in(person)
    ada.go("/my/calendar/")
    ada.press("Turn it on")
    ada.page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    ada.tap("Copy the address")
    ada.sees("Copied")
    first = address_shown(ada)
    ada.follow("Make a new address")
    ada.press("Make a new address")
    assert address_shown(ada) != first
    ada.press("Turn it off")
    ada.sees("It is off")


def test_a_clipboard_that_is_closed_says_to_copy_by_hand(visitor: NewVisitor) -> None:
    person, _ = taking_part()
    ada = visitor()
    ada.sign_in(person)
    ada.go("/my/calendar/")
    ada.press("Turn it on")
    ada.page.evaluate("() => { navigator.clipboard.writeText = () => Promise.reject() }")
    ada.tap("Copy the address")
    ada.sees("copy it by hand")
    assert ada.page.evaluate("document.activeElement.id") == "address"
    assert ada.page.evaluate("getSelection().toString()") == address_shown(ada)


def test_without_javascript_the_address_is_there_to_be_selected(visitor: NewVisitor) -> None:
    person, _ = taking_part()
    ada = visitor(javascript=False, phone=True)
    ada.sign_in(person)
    ada.go("/my/calendar/")
    ada.press("Turn it on")
    assert not ada.page.get_by_role("button", name="Copy the address").is_visible()
    assert len(fetch(address_shown(ada))) == 1
    ada.follow("Make a new address")
    ada.press("Make a new address")
    ada.press("Turn it off")
    ada.sees("It is off")
