"""What staff do to the rules: changed, added, turned off, removed."""

from datetime import UTC, datetime, time, timedelta

import pytest

from lic_site.accounts.models import AuditEvent, Person
from lic_site.notices import services
from lic_site.notices.enums import Reason, State
from lic_site.notices.models import MessageSettings, Notice, ReminderRule
from lic_site.notices.protocol import Due
from lic_site.notices.services import rules as verbs
from lic_site.notices.services.rules import When
from tests.lic_site.notices.support import NOW, Reminder, only

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]

DAY = timedelta(days=1)
KIND = "tests.reminder"
NINE = datetime(2026, 11, 22, 9, tzinfo=UTC)


@pytest.fixture
def rule(reminder: Reminder, person: Person) -> ReminderRule:
    """Three days before at nine; somebody is due tomorrow."""
    services.plan(at=NOW)
    assert person.organisation is not None
    reminder.dues = [Due(person.organisation, person, NINE + 3 * DAY)]
    return ReminderRule.objects.get(offset_days=-3)


def change(
    rule: ReminderRule, person: Person, *, at: datetime = NOW, **values: object
) -> list[str]:
    now = When.of(rule)
    when = When(**{**vars(now), **values})  # type: ignore[arg-type]
    changed = verbs.change_rule(rule=rule, when=when, seen=rule.changed_at, by=person, at=at)
    rule.refresh_from_db()
    return changed


def test_a_changed_rule_sends_at_its_new_time(rule: ReminderRule, person: Person) -> None:
    assert change(rule, person, offset_days=-2, at_time=time(14)) == ["offset_days", "at_time"]
    services.plan(at=NINE)
    assert not Notice.objects.exists()
    services.plan(at=NINE + 2 * DAY)
    assert only().due_at == datetime(2026, 11, 23, 14, tzinfo=UTC)


def test_it_looks_forward_only(rule: ReminderRule, person: Person) -> None:
    """Four days before would have been yesterday: nothing goes out in a burst."""
    change(rule, person, offset_days=-4)
    services.plan(at=NOW + timedelta(minutes=1))
    assert not Notice.objects.exists()


def test_turned_off_and_on_again_it_does_not_catch_up(rule: ReminderRule, person: Person) -> None:
    change(rule, person, is_on=False)
    services.plan(at=NINE)
    change(rule, person, is_on=True, at=NINE + timedelta(hours=1))
    services.plan(at=NINE + timedelta(hours=2))
    assert not Notice.objects.exists()


@pytest.mark.parametrize("state", [State.PENDING, State.PARKED])
@pytest.mark.parametrize("values", [{"is_on": False}, {"at_time": time(15)}])
def test_its_unsent_messages_are_called_off(
    rule: ReminderRule, person: Person, state: State, values: dict[str, object]
) -> None:
    services.plan(at=NINE)
    Notice.objects.update(state=state)
    assert verbs.unsent(rule) == 1
    change(rule, person, at=NINE, **values)
    assert (only().state, only().reason) == (State.CANCELLED, Reason.RULE_OFF)


def test_what_was_called_off_goes_at_the_new_time_and_once(
    rule: ReminderRule, person: Person
) -> None:
    services.plan(at=NINE)
    change(rule, person, at=NINE, at_time=time(15))
    services.plan(at=NINE + DAY)
    assert (only().state, only().due_at.hour) == (State.PENDING, 15)


def test_who_has_had_it_does_not_get_it_again(rule: ReminderRule, person: Person) -> None:
    services.plan(at=NINE)
    Notice.objects.update(state=State.SENT)
    change(rule, person, at=NINE, offset_days=-2)
    services.plan(at=NINE + 2 * DAY)
    assert only().state == State.SENT


def test_another_rules_messages_stay(rule: ReminderRule, person: Person) -> None:
    services.plan(at=NINE)
    change(ReminderRule.objects.get(offset_days=2), person, at=NINE, is_on=False)
    assert only().state == State.PENDING


def test_one_in_a_workers_hands_does_not_come_back_once_it_is_off(
    rule: ReminderRule, person: Person
) -> None:
    services.plan(at=NINE)
    services.claim(at=NINE)
    change(rule, person, at=NINE, is_on=False)
    services.sweep(at=NINE + timedelta(hours=1))
    Notice.objects.update(not_before=NOW)
    services.drain(seconds=1)
    assert (only().state, only().reason) == (State.CANCELLED, Reason.RULE_OFF)


def test_a_change_that_changes_nothing_calls_nothing_off(
    rule: ReminderRule, person: Person
) -> None:
    services.plan(at=NINE)
    assert change(rule, person, at=NINE) == []
    assert only().state == State.PENDING
    assert not AuditEvent.objects.filter(verb="notices.rule_changed").exists()


def test_names_of_fields_are_written_down_and_no_values(rule: ReminderRule, person: Person) -> None:
    change(rule, person, is_on=False)
    event = AuditEvent.objects.get(verb="notices.rule_changed")
    assert (event.actor_id, event.fields, event.object_id) == (person.pk, ["is_on"], rule.pk)


def test_two_who_change_it_at_once_do_not_overwrite_each_other(
    rule: ReminderRule, person: Person
) -> None:
    when = When(-5, in_working_days=True, at_time=time(9))
    verbs.change_rule(rule=rule, when=when, seen=None, by=person, at=NOW)
    with pytest.raises(verbs.ChangedMeanwhile, match="Somebody else"):
        verbs.change_rule(rule=rule, when=when, seen=None, by=person, at=NOW)


@pytest.mark.parametrize("days", [-367, 367])
def test_beyond_a_year_is_refused(rule: ReminderRule, person: Person, days: int) -> None:
    with pytest.raises(verbs.TooFar, match="366"):
        change(rule, person, offset_days=days)


@pytest.mark.parametrize("at_time", [time(20), time(23, 59), time(0), time(7, 29)])
def test_in_quiet_hours_is_refused(rule: ReminderRule, person: Person, at_time: time) -> None:
    with pytest.raises(verbs.InQuietHours, match="from 20:00 to 07:30"):
        change(rule, person, at_time=at_time)


def test_the_offices_own_quiet_hours_count(rule: ReminderRule, person: Person) -> None:
    hours = {"quiet_from": time(12), "quiet_until": time(13)}
    MessageSettings.objects.update_or_create(pk=1, defaults=hours)
    assert change(rule, person, at_time=time(21))
    with pytest.raises(verbs.InQuietHours):
        change(rule, person, at_time=time(12))


def test_two_rules_of_one_time_are_refused(rule: ReminderRule, person: Person) -> None:
    with pytest.raises(verbs.SuchARule, match="already"):
        change(rule, person, offset_days=2)
    with pytest.raises(verbs.SuchARule):
        verbs.add_rule(kind=KIND, when=When.of(rule), by=person, at=NOW)


def test_an_added_rule_sends_besides_the_others(rule: ReminderRule, person: Person) -> None:
    when = When(-3, in_working_days=False, at_time=time(10))
    added = verbs.add_rule(kind=KIND, when=when, by=person, at=NOW)
    services.plan(at=NINE + timedelta(hours=2))
    assert Notice.objects.count() == 2
    assert verbs.came_with(added) is None
    assert AuditEvent.objects.filter(verb="notices.rule_added").exists()


@pytest.mark.parametrize("kind", ["tests.news", "tests.unknown"])
@pytest.mark.usefixtures("reminder")
def test_only_kinds_of_the_clocks_have_rules(person: Person, kind: str) -> None:
    when = When(-3, in_working_days=False, at_time=time(10))
    with pytest.raises(verbs.NotByTheClock):
        verbs.add_rule(kind=kind, when=when, by=person, at=NOW)


def test_private_kinds_are_steered_by_nobody_here(rule: ReminderRule, reminder: Reminder) -> None:
    assert verbs.clock_kinds()
    reminder.private = True
    assert not verbs.clock_kinds()


def test_an_added_rule_can_be_removed_and_its_unsent_messages_go_with_it(
    rule: ReminderRule, person: Person
) -> None:
    when = When(-3, in_working_days=False, at_time=time(10))
    added = verbs.add_rule(kind=KIND, when=when, by=person, at=NOW)
    services.plan(at=NINE + timedelta(hours=2))
    verbs.remove_rule(rule=added, by=person, at=NOW)
    called_off = Notice.objects.get(rule=None)
    assert (called_off.state, called_off.reason) == (State.CANCELLED, Reason.RULE_OFF)
    assert Notice.objects.get(rule=rule).state == State.PENDING
    assert AuditEvent.objects.filter(verb="notices.rule_removed").exists()


def test_one_that_came_with_its_kind_cannot(rule: ReminderRule, person: Person) -> None:
    with pytest.raises(verbs.ComesWithTheMessage, match="Turn it off"):
        verbs.remove_rule(rule=rule, by=person, at=NOW)


def test_how_it_came_is_known_whatever_it_has_become(rule: ReminderRule, person: Person) -> None:
    change(rule, person, offset_days=-9, in_working_days=True, at_time=time(11), is_on=False)
    assert verbs.came_with(rule) == When(-3, in_working_days=False, at_time=time(9))
    assert verbs.came_with(ReminderRule(kind="tests.forgotten", key="-3d")) is None


def test_a_private_kind_is_never_held(
    rule: ReminderRule, reminder: Reminder, person: Person
) -> None:
    """Nobody would see it to release it."""
    MessageSettings.objects.update_or_create(pk=1, defaults={"hold_over": 0})
    reminder.private = True
    services.plan(at=NINE)
    assert only().state == State.PENDING
