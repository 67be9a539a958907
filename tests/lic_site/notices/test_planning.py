from datetime import UTC, date, datetime, timedelta

import pytest

from lic_site.accounts.models import Person
from lic_site.notices import services
from lic_site.notices.enums import Reason, State
from lic_site.notices.models import MessageSettings, Notice, ReminderRule
from lic_site.notices.protocol import Due
from lic_site.notices.services import planning
from tests.factories.people import PersonFactory
from tests.lic_site.notices.support import Reminder, only

pytestmark = pytest.mark.django_db

SESSION = datetime(2026, 11, 24, 10, tzinfo=UTC)
NINE = datetime(2026, 11, 21, 9, tzinfo=UTC)
"""Nine o'clock, three days before the session."""


@pytest.fixture
def planned(reminder: Reminder, person: Person) -> Reminder:
    """The clock last planned at eight; a session lies three days ahead."""
    services.plan(at=NINE - timedelta(hours=1))
    reminder.dues = [Due(person.organisation, person, SESSION)]  # type: ignore[arg-type]
    return reminder


def test_a_reminder_is_planned_when_its_time_has_come(planned: Reminder) -> None:
    assert services.plan(at=NINE - timedelta(minutes=1)) == 0
    assert services.plan(at=NINE) == 1
    notice = only()
    assert (notice.due_at, notice.useless_after, notice.revision) == (NINE, SESSION, 1)
    assert services.plan(at=NINE + timedelta(minutes=1)) == 0


def test_outside_its_times_a_rule_asks_nothing(planned: Reminder) -> None:
    services.plan(at=NINE)
    services.plan(at=NINE + timedelta(hours=1))
    planned.asked.clear()
    services.plan(at=NINE + timedelta(hours=2))
    assert planned.asked == []


def test_a_chaser_follows_its_anchor_and_stays_useful_for_a_week(
    planned: Reminder, person: Person
) -> None:
    asked_at = SESSION - timedelta(days=5)
    planned.dues = [Due(person.organisation, person, asked_at)]  # type: ignore[arg-type]
    services.plan(at=NINE)
    assert only().due_at == NINE
    assert only().useless_after == NINE + timedelta(days=7)


def test_what_fell_due_in_an_outage_is_planned_afterwards(planned: Reminder) -> None:
    assert services.plan(at=NINE + timedelta(days=2)) == 1
    assert only().due_at == NINE


def test_what_fell_due_a_month_ago_is_not(planned: Reminder) -> None:
    assert services.plan(at=NINE + timedelta(days=30)) == 0


def test_a_new_rule_looks_forward_only(reminder: Reminder, person: Person) -> None:
    reminder.dues = [Due(person.organisation, person, SESSION)]  # type: ignore[arg-type]
    assert services.plan(at=NINE + timedelta(hours=1)) == 0
    assert set(ReminderRule.objects.values_list("offset_days", flat=True)) == {-3, 2}


def test_a_rule_that_is_off_plans_nothing(planned: Reminder) -> None:
    ReminderRule.objects.update(is_on=False)
    assert services.plan(at=NINE) == 0


def test_a_rule_whose_kind_has_gone_is_left_alone(planned: Reminder) -> None:
    ReminderRule.objects.update(kind="tests.forgotten")
    assert services.plan(at=NINE) == 0
    assert set(ReminderRule.objects.values_list("kind", flat=True)) == {
        "tests.forgotten",
        "tests.reminder",
    }


def test_a_record_committed_late_is_not_missed(planned: Reminder) -> None:
    dues, planned.dues = planned.dues, []
    services.plan(at=NINE + timedelta(seconds=1))
    planned.dues = dues
    assert services.plan(at=NINE + timedelta(minutes=2)) == 1


def test_planning_and_its_mark_stand_or_fall_together(planned: Reminder) -> None:
    before = ReminderRule.objects.get(offset_days=-3).planned_until
    planned.dues *= 2
    planned.dues[1] = None  # type: ignore[call-overload] - a fault half-way
    with pytest.raises(AttributeError):
        services.plan(at=NINE)
    assert ReminderRule.objects.get(offset_days=-3).planned_until == before
    assert not Notice.objects.exists()


def test_a_session_moved_and_moved_back_on_its_day_is_reminded_of_again(
    planned: Reminder, person: Person
) -> None:
    services.plan(at=NINE)
    planned.dues = [Due(person.organisation, person, SESSION, revision=2)]  # type: ignore[arg-type]
    assert services.plan(at=NINE + timedelta(minutes=1)) == 1
    assert Notice.objects.count() == 2


def test_a_called_off_reminder_is_revived_when_it_is_wanted_again(
    planned: Reminder, person: Person
) -> None:
    services.plan(at=NINE)
    services.cancel("tests.reminder", about=person.organisation, at=NINE)  # type: ignore[arg-type]
    planned.unwanted = {person.pk}
    assert services.plan(at=NINE + timedelta(minutes=1)) == 0
    planned.unwanted = set()
    assert services.plan(at=NINE + timedelta(minutes=2)) == 1
    assert only().state == State.PENDING


def test_planning_does_not_undo_what_staff_cancelled(planned: Reminder, person: Person) -> None:
    services.plan(at=NINE)
    services.cancel_by_hand(notice=only(), by=person, at=NINE)
    services.plan(at=NINE + timedelta(minutes=1))
    assert only().reason == Reason.STAFF


def test_many_are_planned_in_chunks(planned: Reminder, person: Person) -> None:
    people = PersonFactory.create_batch(12, user=None, organisation=person.organisation)
    planned.dues = [Due(person.organisation, other, SESSION) for other in people]  # type: ignore[arg-type]
    assert services.plan(at=NINE) == 12


class TestTooMany:
    """What one rule would send to more people at once than the office lets through."""

    @pytest.fixture
    def crowd(self, planned: Reminder, person: Person) -> list[Person]:
        """Three people are due, and two at once are let through."""
        MessageSettings.objects.update_or_create(pk=1, defaults={"hold_over": 2})
        people: list[Person] = PersonFactory.create_batch(
            3, user=None, organisation=person.organisation
        )
        planned.dues = [Due(person.organisation, each, SESSION) for each in people]  # type: ignore[arg-type]
        return people

    def test_it_is_held_for_staff(self, crowd: list[Person]) -> None:
        assert services.plan(at=NINE) == 3
        assert set(Notice.objects.values_list("state", "reason")) == {
            (State.PARKED, Reason.TOO_MANY)
        }
        assert services.claim(at=NINE) == []

    def test_planning_again_neither_lets_it_go_nor_doubles_it(self, crowd: list[Person]) -> None:
        services.plan(at=NINE)
        assert services.plan(at=NINE + timedelta(minutes=1)) == 0
        assert Notice.objects.filter(state=State.PARKED).count() == 3

    def test_as_many_as_are_let_through_go(self, crowd: list[Person], planned: Reminder) -> None:
        planned.dues.pop()
        services.plan(at=NINE)
        assert Notice.objects.filter(state=State.PENDING).count() == 2

    def test_it_counts_people_and_not_messages(
        self, crowd: list[Person], planned: Reminder
    ) -> None:
        [anchor, *_] = [due.anchor for due in planned.dues]
        planned.dues = [Due(anchor, crowd[0], SESSION, revision=n) for n in range(5)]
        services.plan(at=NINE)
        assert Notice.objects.filter(state=State.PENDING).count() == 5

    def test_what_comes_back_is_held_too(self, crowd: list[Person], planned: Reminder) -> None:
        MessageSettings.objects.update(hold_over=3)
        services.plan(at=NINE)
        services.cancel("tests.reminder", about=planned.dues[0].anchor, at=NINE)
        MessageSettings.objects.update(hold_over=2)
        assert services.plan(at=NINE + timedelta(minutes=1)) == 3
        assert set(Notice.objects.values_list("state", "reason")) == {
            (State.PARKED, Reason.TOO_MANY)
        }

    def test_released_it_goes_once(self, crowd: list[Person]) -> None:
        services.plan(at=NINE)
        services.release_parked(by=None, at=NINE)
        services.plan(at=NINE + timedelta(minutes=1))
        assert Notice.objects.filter(state=State.PENDING).count() == 3


def test_a_rule_in_working_days_counts_over_weekends_and_bank_holidays(
    planned: Reminder, person: Person
) -> None:
    """Three working days before Thursday 31 December 2026 is Thursday the 24th: Christmas Day and
    the Monday that stands in for Boxing Day do not count.
    """
    session = datetime(2026, 12, 31, 10, tzinfo=UTC)
    planned.dues = [Due(person.organisation, person, session)]  # type: ignore[arg-type]
    ReminderRule.objects.update(in_working_days=True)
    services.plan(at=datetime(2026, 12, 24, 8, tzinfo=UTC))
    assert not Notice.objects.exists()
    services.plan(at=datetime(2026, 12, 31, 12, tzinfo=UTC))
    assert only().due_at == datetime(2026, 12, 24, 9, tzinfo=UTC)


def test_a_rule_turned_off_meanwhile_plans_nothing(planned: Reminder) -> None:
    """Two clocks read the rules; staff turn one off before the second gets to it."""
    [rule, _] = ReminderRule.objects.order_by("offset_days")
    ReminderRule.objects.update(is_on=False)
    assert planning.plan_rule(rule, planned, at=NINE) == 0


def test_the_bank_holidays_are_englands() -> None:
    known = planning.bank_holidays()
    assert date(2026, 8, 31) in known
    assert date(2026, 11, 30) not in known  # St Andrew's Day, in Scotland alone
