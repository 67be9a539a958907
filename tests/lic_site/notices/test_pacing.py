"""What is due and does not go at once: quiet hours."""

from datetime import UTC, datetime, time, timedelta
from typing import Any

import pytest
import time_machine
from django.core import mail
from django.db import connection
from django.test.utils import CaptureQueriesContext

from lic_site.accounts.models import Organisation, Person
from lic_site.notices import services
from lic_site.notices.enums import Pace, State
from lic_site.notices.models import DeliveryPreference, MessageSettings
from lic_site.notices.postbox import Postbox
from tests.factories.people import PersonFactory
from tests.lic_site.notices.support import Reminder, only, state

pytestmark = pytest.mark.django_db

NIGHT = datetime(2026, 11, 21, 22, 0, tzinfo=UTC)
MORNING = datetime(2026, 11, 22, 7, 30, tzinfo=UTC)


@pytest.fixture(autouse=True)
def _quiet(settings: Any, clock: time_machine.Traveller, reminder: Reminder) -> None:
    """Ten at night, in quiet hours."""
    settings.NOTICE_QUIET_HOURS = True
    clock.move_to(NIGHT)


def send(person: Person, **values: Any) -> None:
    services.send("tests.reminder", to=person, about=person.organisation, at=NIGHT, **values)  # type: ignore[arg-type]


def deliver() -> tuple[int, int, bool]:
    return services.deliver_batch(Postbox())


def test_at_night_a_message_waits_for_the_morning_and_that_is_no_try(
    person: Person, clock: time_machine.Traveller
) -> None:
    send(person)
    assert deliver() == (0, 1, False)
    held = only()
    assert (held.state, held.not_before, held.attempts) == (State.PENDING, MORNING, 0)
    assert deliver() == (0, 0, False)
    clock.move_to(MORNING)
    assert deliver() == (1, 1, False)
    assert len(mail.outbox) == 1


def test_an_answer_to_what_somebody_just_did_goes_at_any_hour(
    person: Person, reminder: Reminder
) -> None:
    reminder.pace = Pace.NOW
    send(person)
    assert deliver() == (1, 1, False)


def test_what_would_be_of_no_use_in_the_morning_goes_at_once(person: Person) -> None:
    send(person, useless_after=MORNING)
    assert deliver() == (1, 1, False)


def test_a_person_s_own_quiet_hours_count_and_not_the_office_s(person: Person) -> None:
    DeliveryPreference.objects.create(
        person=person, quiet_from=time(23), quiet_until=time(9), changed_at=NIGHT
    )
    send(person)
    assert deliver() == (1, 1, False)
    DeliveryPreference.objects.update(quiet_from=time(21))
    send(person, key="later")
    deliver()
    held = person.notices.get(state=State.PENDING)
    assert held.not_before == datetime(2026, 11, 22, 9, tzinfo=UTC)


def test_the_office_s_quiet_hours_are_asked_when_it_goes(person: Person) -> None:
    send(person)
    MessageSettings.objects.create(pk=1, quiet_from=time(23), quiet_until=time(6))
    assert deliver() == (1, 1, False)


def test_a_person_who_chose_something_else_has_the_office_s_quiet_hours(person: Person) -> None:
    DeliveryPreference.objects.create(person=person, once_a_day=True, changed_at=NIGHT)
    send(person)
    deliver()
    assert only().not_before == MORNING


def test_quiet_hours_can_be_off_for_the_whole_site(person: Person, settings: Any) -> None:
    settings.NOTICE_QUIET_HOURS = False
    send(person)
    assert deliver() == (1, 1, False)


def test_a_kind_that_is_known_no_more_is_settled_at_night_too(person: Person) -> None:
    send(person)
    person.notices.update(kind="tests.forgotten")
    deliver()
    assert state() == State.FAILED


def test_a_night_s_batch_is_put_back_with_as_many_queries_as_one_message() -> None:
    place = Organisation.objects.create(name="A council", kind="council")

    def queries(people: int) -> int:
        for person in PersonFactory.create_batch(people, organisation=place):
            send(person)
        with CaptureQueriesContext(connection) as seen:
            assert deliver()[:2] == (0, people)
        return len(seen)

    assert queries(1) == queries(3)


def test_one_query_more_is_asked_for_a_batch_however_many_it_has(clock: Any) -> None:
    clock.move_to(NIGHT - timedelta(hours=8))
    place = Organisation.objects.create(name="A council", kind="council")
    for person in PersonFactory.create_batch(3, organisation=place):
        send(person, due_at=NIGHT - timedelta(hours=9))
    with CaptureQueriesContext(connection) as seen:
        deliver()
    asked = [query["sql"] for query in seen if "notices_messagesettings" in query["sql"]]
    chosen = [query["sql"] for query in seen if "notices_deliverypreference" in query["sql"]]
    assert len(asked) == 1
    assert len(chosen) == 1, "read with the batch"
