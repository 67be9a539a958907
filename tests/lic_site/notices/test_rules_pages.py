"""The pages on which staff say when reminders are sent."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from lic_site.accounts.models import Person
from lic_site.notices import services
from lic_site.notices.models import MessageSettings, Notice, ReminderRule
from lic_site.notices.protocol import Due
from tests.factories.people import PersonFactory, staff
from tests.lic_site.notices.support import NOW, Reminder
from tests.support.people import SignedIn
from tests.support.queries import queries_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]

DAY = timedelta(days=1)
LIST, MONTH = "/staff/messages/rules/", "/staff/messages/rules/next-month/"
TYPED = {
    "days": "5",
    "counted": "working",
    "side": "before",
    "at_time": "2.30pm",
    "is_on": "on",
    "seen": "",
}


@pytest.fixture
def rule(reminder: Reminder, person: Person) -> ReminderRule:
    """Three days before at nine; one person's day is in ten days, a Tuesday."""
    services.plan(at=NOW)
    assert person.organisation is not None
    reminder.dues = [Due(person.organisation, person, NOW + 10 * DAY)]
    return ReminderRule.objects.get(offset_days=-3)


@pytest.fixture
def college(signed_in: SignedIn) -> Client:
    return signed_in(staff())


def page_of(rule: ReminderRule) -> str:
    return reverse("notices:rule", args=[rule.pk])


def post(client: Client, rule: ReminderRule, step: str = "", **changed: str) -> Any:
    return client.post(page_of(rule), {**TYPED, "step": step, **changed}, follow=True)


def plain(response: Any) -> str:
    return " ".join(response.text.split())


def test_the_list_says_when_to_whom_and_to_how_many_next(
    rule: ReminderRule, college: Client
) -> None:
    page = plain(college.get(LIST))
    assert "3 days before it happens, at 9am" in page
    assert "To everybody who is asked." in page
    assert "Next 28 November 2026 at 9am, to 1 person." in page
    assert "known up to 31 December 2028" in page
    ReminderRule.objects.update(is_on=False)
    assert "Nothing is sent." in plain(college.get(LIST))


def test_before_the_clock_has_run_it_says_so(reminder: Reminder, college: Client) -> None:
    assert "when the clock next runs" in plain(college.get(LIST))


def test_a_rule_whose_kind_has_gone_is_not_shown(rule: ReminderRule, college: Client) -> None:
    ReminderRule.objects.filter(pk=rule.pk).update(kind="tests.forgotten")
    assert "3 days before" not in plain(college.get(LIST))
    assert college.get(page_of(rule)).status_code == 404
    assert college.get(MONTH).status_code == 200


def test_a_private_kinds_rules_are_nobodys_to_see(
    rule: ReminderRule, reminder: Reminder, college: Client
) -> None:
    reminder.private = True
    assert reminder.title not in plain(college.get(LIST))
    assert "Nothing in the next 31 days" in plain(college.get(MONTH))
    assert college.get(page_of(rule)).status_code == 404


def test_the_month_counts_and_names_nobody(
    rule: ReminderRule, college: Client, person: Person
) -> None:
    page = plain(college.get(MONTH))
    assert "Saturday 28 November" in page
    assert "to <strong>1 person</strong>" in page
    assert page_of(rule) in page
    assert person.family_name not in page


def test_the_month_says_who_cannot_be_written_to(
    rule: ReminderRule, college: Client, person: Person
) -> None:
    person.addresses.all().delete()
    assert "Of 1 we hold no address that works." in plain(college.get(MONTH))


def test_an_empty_month_says_what_will_be_there(
    rule: ReminderRule, reminder: Reminder, college: Client
) -> None:
    reminder.dues = []
    assert "Nothing in the next 31 days" in plain(college.get(MONTH))


def test_nothing_changes_before_what_would_be_sent_was_seen(
    rule: ReminderRule, college: Client
) -> None:
    page = plain(post(college, rule))
    assert "Check what would be sent" in page
    assert "5 working days before it happens, at 2:30pm" in page
    assert "Tuesday 24 November" in page
    rule.refresh_from_db()
    assert rule.offset_days == -3


def test_then_it_is_saved(rule: ReminderRule, college: Client) -> None:
    page = plain(post(college, rule, "save"))
    assert "The reminder is changed." in page
    assert "5 working days before it happens, at 2:30pm" in page
    assert "Changed from how it came." in page


def test_going_back_keeps_what_was_typed(rule: ReminderRule, college: Client) -> None:
    page = plain(post(college, rule, "edit", at_time="2.30pm"))
    assert "Change a reminder" in page
    assert 'value="2.30pm"' in page
    assert "There is a problem" not in page


def test_turned_off_it_sends_nothing_and_says_what_is_called_off(
    rule: ReminderRule, college: Client
) -> None:
    services.plan(at=NOW + 8 * DAY)
    assert Notice.objects.filter(rule=rule).count() == 1
    page = plain(post(college, rule, is_on="off"))
    assert "Nothing is sent while it is off." in page
    assert "1 message of it waits to go: if you change it, it is called off." in page
    assert "The reminder is changed." in plain(post(college, rule, "save", is_on="off"))
    assert Notice.objects.get().state == "cancelled"


@pytest.mark.parametrize(
    ("typed", "says"),
    [
        ({"days": "many"}, "Enter a whole number of days from 0 to 366"),
        ({"days": "367"}, "Enter a whole number of days from 0 to 366"),
        ({"days": "-1"}, "Enter a whole number of days from 0 to 366"),
        ({"days": "1.5"}, "Enter a whole number of days from 0 to 366"),
        ({"days": ""}, "Enter a whole number of days from 0 to 366"),
        ({"at_time": "noonish"}, "Enter a time such as 9am or 2:30pm."),
        ({"at_time": "9pm"}, "Nothing is sent from 20:00 to 07:30"),
        (
            {"days": "2", "side": "after", "counted": "calendar", "at_time": "9am"},
            "There is already a reminder for this message at that time",
        ),
        ({"counted": "", "side": "", "is_on": ""}, "Choose which days count."),
    ],
)
@pytest.mark.parametrize("step", ["", "save"])
def test_what_cannot_be_is_refused_in_a_sentence_and_stays_typed(
    rule: ReminderRule, college: Client, typed: dict[str, str], says: str, step: str
) -> None:
    page = plain(post(college, rule, step, **typed))
    assert "There is a problem" in page
    assert says in page
    for value in (typed.get("days"), typed.get("at_time")):
        assert not value or f'value="{value}"' in page
    rule.refresh_from_db()
    assert rule.offset_days == -3


def test_somebody_elses_change_meanwhile_is_not_overwritten(
    rule: ReminderRule, college: Client
) -> None:
    post(college, rule, "save")
    page = plain(post(college, rule, "save", days="6"))
    assert "Somebody else has changed this reminder" in page
    assert 'value="6"' in page
    changed_at = ReminderRule.objects.get(pk=rule.pk).changed_at
    assert changed_at is not None
    assert f'value="{changed_at.isoformat()}"' in page, "looked at again, it can be saved"


@pytest.mark.parametrize("seen", ["2026-02-31T10:00:00Z", "2026-13-45T25:61", "yesterday"])
def test_a_page_that_does_not_come_back_as_it_was_is_refused_in_a_sentence(
    rule: ReminderRule, college: Client, seen: str
) -> None:
    page = plain(post(college, rule, "save", seen=seen, days="6"))
    assert "did not come back as it was. Look at your choices again" in page
    assert 'value="6"' in page
    assert seen not in page, "so that it can be saved now"
    rule.refresh_from_db()
    assert rule.offset_days == -3


class TestTooMany:
    @pytest.fixture(autouse=True)
    def crowd(self, rule: ReminderRule, reminder: Reminder, person: Person) -> None:
        MessageSettings.objects.update_or_create(pk=1, defaults={"hold_over": 2})
        people = PersonFactory.create_batch(3, user=None, organisation=person.organisation)
        assert person.organisation is not None
        reminder.dues = [Due(person.organisation, each, NOW + 10 * DAY) for each in people]

    def test_it_is_marked_everywhere(self, rule: ReminderRule, college: Client) -> None:
        assert "held for you to release" in plain(college.get(LIST))
        assert "Held for you to release" in plain(college.get(MONTH))
        said = "This would send 3 at once: it will be held for you to release."
        assert said in plain(post(college, rule))

    def test_it_needs_the_tick(self, rule: ReminderRule, college: Client) -> None:
        page = plain(post(college, rule, "save"))
        assert "Tick that you know these messages are held" in page
        rule.refresh_from_db()
        assert rule.offset_days == -3
        assert "The reminder is changed." in plain(post(college, rule, "save", agreed="on"))


def test_a_reminder_is_added_and_removed(rule: ReminderRule, college: Client) -> None:
    page = reverse("notices:rule_add", args=[rule.kind])
    assert "Add a reminder" in plain(college.get(page))
    assert "Check what would be sent" in plain(college.post(page, TYPED))
    assert "The reminder is added." in plain(
        college.post(page, {**TYPED, "step": "save"}, follow=True)
    )
    added = ReminderRule.objects.get(offset_days=-5)
    assert "Added by staff." in plain(college.get(LIST))
    remove = reverse("notices:rule_remove", args=[added.pk])
    assert remove in college.get(page_of(added)).text
    assert "Remove this reminder?" in plain(college.get(remove))
    assert "The reminder is removed." in plain(college.post(remove, follow=True))
    assert not ReminderRule.objects.filter(pk=added.pk).exists()


def test_one_that_came_with_its_message_is_set_back_and_not_removed(
    rule: ReminderRule, college: Client
) -> None:
    page = page_of(rule)
    assert "Set it back" not in college.get(page).text
    post(college, rule, "save")
    assert "Set it back" in college.get(page).text
    filled = college.get(f"{page}?as-it-came").text
    assert 'value="9am"' in filled
    assert college.post(reverse("notices:rule_remove", args=[rule.pk])).status_code == 404


@pytest.mark.usefixtures("reminder")
@pytest.mark.parametrize("kind", ["tests.news", "tests.unknown"])
def test_a_kind_that_the_clock_does_not_send_has_no_reminders(college: Client, kind: str) -> None:
    assert college.get(reverse("notices:rule_add", args=[kind])).status_code == 404


@pytest.mark.parametrize("url", [LIST, MONTH])
def test_more_rules_people_and_days_take_no_more_queries(
    rule: ReminderRule, reminder: Reminder, person: Person, college: Client, url: str
) -> None:
    before = queries_of(college, url)
    organisation = person.organisation
    assert organisation is not None
    for number in range(3):
        ReminderRule.objects.create(
            kind=rule.kind, key=f"x{number}", offset_days=-number, planned_until=NOW
        )
        people = PersonFactory.create_batch(3, user=None, organisation=organisation)
        reminder.dues += [Due(organisation, each, NOW + (9 + number) * DAY) for each in people]
    assert queries_of(college, url) == before
    assert before <= 15


def test_checking_asks_little(rule: ReminderRule, college: Client) -> None:
    add: Callable[[], Any] = lambda: post(college, rule)  # noqa: E731
    add()
    with CaptureQueriesContext(connection) as seen:
        add()
    assert len(seen) <= 18
