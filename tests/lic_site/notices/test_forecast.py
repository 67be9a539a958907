"""What the rules would send is what they send."""

from datetime import UTC, datetime, time, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from lic_site.accounts.models import ContactAddress, Person
from lic_site.notices import protocol, services
from lic_site.notices.enums import Category
from lic_site.notices.forecast import Sending, forecast
from lic_site.notices.models import (
    AddressTrouble,
    MessageSettings,
    Notice,
    NoticePreference,
    ReminderRule,
)
from lic_site.notices.protocol import Due
from tests.factories.people import PersonFactory
from tests.lic_site.notices.support import NOW, Reminder

pytestmark = pytest.mark.django_db

DAY = timedelta(days=1)


@pytest.fixture
def rules(reminder: Reminder) -> list[ReminderRule]:
    """Three days before, and two days after, at nine."""
    services.plan(at=NOW)
    return list(ReminderRule.objects.order_by("offset_days"))


def due(person: Person, days: int, **values: int) -> Due:
    assert person.organisation is not None
    return Due(person.organisation, person, NOW + days * DAY, **values)


def facts(found: list[Sending]) -> list[tuple[datetime, int]]:
    return [(sending.due_at, sending.people) for sending in found]


def test_each_rule_counts_from_the_same_anchors(
    rules: list[ReminderRule], reminder: Reminder, person: Person
) -> None:
    reminder.dues = [due(person, 10)]
    first = datetime(2026, 11, 28, 9, tzinfo=UTC)
    assert facts(forecast(rules, at=NOW)) == [(first, 1), (first + 5 * DAY, 1)]
    assert len(reminder.asked) == 1


def test_what_lies_beyond_the_month_is_left_out(
    rules: list[ReminderRule], reminder: Reminder, person: Person
) -> None:
    reminder.dues = [due(person, 34), due(person, 35), due(person, 2)]
    assert [day for day, _ in facts(forecast(rules[:1], at=NOW))] == [
        datetime(2026, 12, 22, 9, tzinfo=UTC)
    ]


def test_nothing_is_asked_where_no_rule_sends(reminder: Reminder) -> None:
    assert forecast([], at=NOW) == []
    rule = ReminderRule(kind="tests.reminder", offset_days=1)
    assert forecast([rule], at=NOW, lasts=timedelta(minutes=1)) == []
    assert reminder.asked == []


def test_people_are_counted_once_a_moment(
    rules: list[ReminderRule], reminder: Reminder, person: Person
) -> None:
    reminder.dues = [due(person, 10), due(person, 10, revision=2)]
    assert [people for _, people in facts(forecast(rules[:1], at=NOW))] == [1]


def test_who_turned_it_off_is_not_counted(
    rules: list[ReminderRule], reminder: Reminder, person: Person
) -> None:
    reminder.category = Category.OPTIONAL
    NoticePreference.objects.create(person=person, kind=reminder.name, turned_off_at=NOW)
    reminder.dues = [due(person, 10), due(PersonFactory(organisation=person.organisation), 10)]
    assert [people for _, people in facts(forecast(rules[:1], at=NOW))] == [1]


def test_who_cannot_be_written_to_is_told_apart(
    rules: list[ReminderRule], reminder: Reminder, person: Person
) -> None:
    silent, back = PersonFactory.create_batch(2, user=None, organisation=person.organisation)
    address = ContactAddress.objects.create(person=back, email="back@example.org")
    AddressTrouble.objects.create(address=address, first_at=NOW, last_at=NOW, set_aside_at=NOW)
    reminder.dues = [due(each, 10) for each in (person, silent, back)]
    [sending] = forecast(rules[:1], at=NOW)
    assert (sending.people, sending.unreachable) == (3, 2)


def test_too_many_at_once_are_marked(
    rules: list[ReminderRule], reminder: Reminder, person: Person
) -> None:
    MessageSettings.objects.update_or_create(pk=1, defaults={"hold_over": 1})
    other = PersonFactory(organisation=person.organisation)
    reminder.dues = [due(person, 10), due(other, 10), due(person, 12)]
    assert [sending.is_held for sending in forecast(rules[:1], at=NOW)] == [True, False]


def test_what_has_gone_already_is_not_counted_again(
    rules: list[ReminderRule], reminder: Reminder, person: Person
) -> None:
    """The rule is moved nearer after it has sent: the same people are left alone."""
    reminder.dues = [due(person, 4)]
    services.plan(at=NOW + DAY)
    assert Notice.objects.count() == 1
    [nearer, _] = rules
    nearer.offset_days = -1
    assert forecast([nearer], at=NOW + DAY) == []
    services.cancel("tests.reminder", about=reminder.dues[0].anchor, at=NOW + DAY)
    assert len(forecast([nearer], at=NOW + DAY)) == 1, "called off, it would come back"


@given(
    anchors=st.lists(st.integers(-10 * 24, 40 * 24), max_size=6),
    rule=st.tuples(st.integers(-8, 8), st.booleans(), st.times(time(7, 30), time(20))),
)
@settings(
    deadline=None,
    max_examples=25,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
def test_it_says_what_planning_day_by_day_then_plans(
    reminder: Reminder, person: Person, anchors: list[int], rule: tuple[int, bool, time]
) -> None:
    protocol.kinds.cache_clear()
    Notice.objects.all().delete()
    ReminderRule.objects.all().delete()
    days, working, at_time = rule
    reminder.reminder_days = ()
    made = ReminderRule.objects.create(
        kind=reminder.name,
        key="x",
        offset_days=days,
        in_working_days=working,
        at_time=at_time,
        planned_until=NOW,
    )
    assert person.organisation is not None
    reminder.dues = [
        Due(person.organisation, person, NOW + timedelta(hours=hours), revision=number)
        for number, hours in enumerate(anchors)
    ]
    said = [sending.due_at for sending in forecast([made], at=NOW)]
    for day in range(32):
        services.plan(at=min(NOW + day * DAY, NOW + 31 * DAY))
    planned = Notice.objects.filter(due_at__gt=NOW).values_list("due_at", flat=True)
    assert said == sorted(set(planned))
