"""An admin writes to those who have not answered: a test, sent, stopped, on again, done."""

from datetime import timedelta

import pytest
from django.core import mail
from django.utils import timezone

from cohorts.programme.enums import CohortState
from cohorts.programme.models import Cohort, Enrolment
from lic_site.accounts.models import Person
from lic_site.common import ticks
from lic_site.notices.enums import MailingState
from lic_site.notices.models import Mailing, Notice
from tests.factories.people import PersonFactory, staff
from tests.factories.programme import CohortFactory, EnrolmentFactory
from tests.functional.conftest import NewVisitor
from tests.support.visitor import Visitor

pytestmark = pytest.mark.django_db(transaction=True)

SUBJECT = "A question from the programme office"
TEXT = "Hello {given_name},\n\nPlease tell us by {needs_by}.\n\n[Tell us]"


@pytest.fixture
def cohort() -> Cohort:
    """Two have not said what they need, one has."""
    now = timezone.now()
    made: Cohort = CohortFactory(
        name="Cohort 7",
        state=CohortState.CONFIRMED,
        starts_on=(now + timedelta(days=60)).date(),
        ends_on=(now + timedelta(days=260)).date(),
    )
    for name in ("Ada", "Ben", "Cleo"):
        person = PersonFactory(given_name=name, created_at=now)
        EnrolmentFactory(cohort=made, person=person, enrolled_at=now)
    Enrolment.objects.filter(person__given_name="Cleo").update(needs_told_at=now)
    return made


def begin(college: Visitor) -> None:
    college.go("/staff/messages/mailings/")
    college.press("Write to people")
    college.follow("Those who have not answered")
    college.pick("Which cohort?", "Cohort 7")
    college.choose("What they need")
    college.press("Count them")
    college.sees("2 people fit these choices")
    college.press("Continue")


def write(college: Visitor) -> None:
    college.fill("Subject", "News of Leadership in Colour")
    college.fill("Text", TEXT.replace("given_name", "given_nmae"))
    college.press("Save and continue")
    college.sees("Did you mean ‘given_name’")
    college.sees("Keep it neutral")
    college.fill("Subject", SUBJECT)
    college.fill("Text", TEXT)
    college.press("Save and continue")
    college.choose("Something they need to do or know", exact=False)
    college.fill("Which page does the button lead to?", "/my/cohorts/")
    college.choose("I do")
    college.press("Save and continue")


def look_through(college: Visitor) -> None:
    college.sees("You have not sent yourself a test")
    college.follow("See who they are")
    college.sees("Ben")
    college.sees_not("Cleo")
    college.press("Back")
    college.follow("Read the message to one of them")
    college.press("Back")
    college.press("Send me a test")
    college.sees("You tried these words on")


def letters(person: Person) -> int:
    assert person.user is not None
    return sum(person.user.email in letter.to for letter in mail.outbox)


@pytest.mark.parametrize(
    ("phone", "javascript", "keyboard"), [(True, False, True), (False, True, False)]
)
def test_writing_to_those_who_have_not_answered(
    visitor: NewVisitor, cohort: Cohort, *, phone: bool, javascript: bool, keyboard: bool
) -> None:
    admin = staff(given_name="Dana", created_at=timezone.now())
    college = visitor(phone=phone, javascript=javascript, keyboard=keyboard)
    college.sign_in(admin)
    begin(college)
    write(college)
    look_through(college)
    assert letters(admin) == 1
    college.press("Send it to 2 people")
    college.sees("It is on its way to 2 people")
    college.press("Stop it")
    college.sees("2 messages are held back")
    assert not ticks.run_all(at=timezone.now())
    people = [each.recipient for each in Notice.objects.select_related("recipient__user")]
    assert [letters(person) for person in people] == [0, 0]
    college.press("Let it go on")
    college.sees("2 messages are on the way")
    assert not ticks.run_all(at=timezone.now())
    college.go(college.path)
    college.sees("It has gone out: nothing is left to send.")
    assert [letters(person) for person in people] == [1, 1]
    assert not ticks.run_all(at=timezone.now())
    assert Mailing.objects.get().state == MailingState.DONE
    college.press("Copy it as a new draft")
    college.sees("Nothing is sent yet")
    college.follow("Delete this draft")
    college.press("Delete it")
    college.sees("Written so far")
    assert cohort.enrolments.count() == 3
