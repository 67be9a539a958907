"""A Staff College admin says when reminders are sent."""

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from cohorts.programme.models import Cohort
from lic_site.accounts.models import Person
from lic_site.notices import services
from lic_site.notices.models import MessageSettings, ReminderRule
from tests.factories.people import staff
from tests.factories.running import a_running_cohort, a_session
from tests.functional.conftest import NewVisitor
from tests.support.visitor import Visitor
from tests.support.wagtail import plant_roots

pytestmark = pytest.mark.django_db(transaction=True)

WEEK_BEFORE = "Change Session soon, 7 days before the session starts, at 9am"


@pytest.fixture
def admin() -> Person:
    """Two sessions of a cohort of four lie ahead, and the clock has run."""
    plant_roots()
    now = timezone.now()
    cohort: Cohort = a_running_cohort(at=now, members=4)
    for days in (16, 23):
        a_session(cohort, days=days, at=now)
    services.plan(at=now)
    return staff()


def fill_in(college: Visitor, **typed: str) -> None:
    college.fill("How many days", typed.get("days", "5"))
    college.choose("Working days", exact=False)
    college.fill("Time of day", typed.get("at_time", "2.30pm"))
    college.press("Continue")


@pytest.mark.parametrize(
    "how",
    [{}, {"phone": True, "javascript": False}, {"keyboard": True}],
    ids=["as it is", "on a phone without JavaScript", "by keyboard"],
)
def test_session_soon_goes_five_working_days_before(
    admin: Person, visitor: NewVisitor, how: dict[str, Any]
) -> None:
    college = visitor(**how)
    college.sign_in(admin)
    college.go("/staff/messages/rules/")
    college.press(WEEK_BEFORE)
    fill_in(college, days="five", at_time="9pm")
    college.sees("Enter a whole number of days from 0 to 366")
    fill_in(college, at_time="9pm")
    college.sees("Nothing is sent from 20:00 to 07:30")
    fill_in(college)
    college.sees("5 working days before the session starts, at 2:30pm")
    college.sees("2:30pm: Session soon, to 4 people")
    college.press("Go back and change it")
    fill_in(college, days="6")
    college.sees("6 working days before the session starts, at 2:30pm")
    college.press("Save")
    college.sees("6 working days before the session starts, at 2:30pm")
    college.press("What the next month would bring")
    college.sees("Session soon")
    rule = ReminderRule.objects.get(kind="programme.session_soon", key="-7d")
    assert (rule.offset_days, rule.in_working_days) == (-6, True)


def test_too_many_at_once_need_the_tick(admin: Person, visitor: NewVisitor) -> None:
    MessageSettings.objects.update_or_create(pk=1, defaults={"hold_over": 3})
    college = visitor(keyboard=True)
    college.sign_in(admin)
    college.go("/staff/messages/rules/")
    college.press(WEEK_BEFORE)
    fill_in(college)
    college.sees("This would send 4 at once: it will be held for you to release.")
    college.press("Save")
    college.sees("Tick that you know these messages are held")
    college.choose("I know that these messages are held", exact=False)
    college.press("Save")
    college.sees("held for you to release")
    rule = ReminderRule.objects.get(kind="programme.session_soon", key="-7d")
    assert rule.offset_days == -5
    services.plan(at=timezone.now() + timedelta(days=17))
    assert set(rule.notices.values_list("state", flat=True)) == {"parked"}


def test_a_reminder_is_added_and_removed(admin: Person, visitor: NewVisitor) -> None:
    college = visitor(phone=True)
    college.sign_in(admin)
    college.go("/staff/messages/rules/")
    college.press("Add a reminder for Session soon")
    fill_in(college, days="3")
    college.press("Save")
    college.press("Change Session soon, 3 working days before the session starts, at 2:30pm")
    college.press("Remove this reminder")
    college.press("Remove the reminder")
    assert ReminderRule.objects.filter(kind="programme.session_soon").count() == 2
