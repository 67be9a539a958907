from datetime import UTC, datetime, time, timedelta
from itertools import pairwise

import pytest

from lic_site.accounts.models import Person
from lic_site.notices import services
from lic_site.notices.enums import Reason, State
from lic_site.notices.models import Notice, ReminderRule
from lic_site.notices.protocol import Due
from lic_site.notices.services import planning
from tests.factories.people import PersonFactory
from tests.lic_site.notices.support import Reminder, only

pytestmark = pytest.mark.django_db

SESSION = datetime(2026, 11, 24, 10, tzinfo=UTC)
NINE = datetime(2026, 11, 21, 9, tzinfo=UTC)
"""Nine o'clock, three days before the session."""


def rule(**values: object) -> ReminderRule:
    return ReminderRule(
        **{  # type: ignore[misc]
            "kind": "tests.reminder",
            "offset_days": -3,
            "at_time": time(9),
            "planned_until": NINE - timedelta(hours=1),
            **values,
        }
    )


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


@pytest.mark.parametrize(
    ("day", "offset", "expected_utc", "hours"),
    [
        # Clocks go back on 25 October 2026 and forward on 28 March 2027.
        (datetime(2026, 10, 25, tzinfo=UTC), -1, datetime(2026, 10, 25, 9, tzinfo=UTC), 24),
        (datetime(2026, 10, 24, tzinfo=UTC), -1, datetime(2026, 10, 24, 8, tzinfo=UTC), 25),
        (datetime(2027, 3, 27, tzinfo=UTC), -1, datetime(2027, 3, 27, 9, tzinfo=UTC), 23),
        (datetime(2027, 3, 28, tzinfo=UTC), -1, datetime(2027, 3, 28, 8, tzinfo=UTC), 24),
    ],
)
def test_nine_in_london_is_nine_on_both_clock_changes(
    day: datetime, offset: int, expected_utc: datetime, hours: int
) -> None:
    [(due_at, after, until)] = planning.windows(
        rule(offset_days=offset), after=day, until=day + timedelta(hours=22)
    )
    assert due_at == expected_utc
    assert until - after == timedelta(hours=hours)


def test_windows_leave_no_gap_between_days() -> None:
    year = list(
        planning.windows(
            rule(),
            after=datetime(2026, 1, 1, tzinfo=UTC),
            until=datetime(2027, 1, 1, tzinfo=UTC),
        )
    )
    assert len(year) == 365
    assert all(earlier[2] == later[1] for earlier, later in pairwise(year))
