"""Once a day, for whoever chose that: what can wait goes in one message."""

from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.core import mail
from django.db import connection
from django.test.utils import CaptureQueriesContext

from lic_site.accounts.models import Organisation, Person
from lic_site.common import remembered
from lic_site.notices import renderer, services
from lic_site.notices.enums import Pace, Reason, State
from lic_site.notices.models import Notice, NoticePreference
from lic_site.notices.services import preferences
from tests.factories.people import PersonFactory
from tests.lic_site.notices.digests.support import (
    AT_HALF_PAST_FOUR,
    DAY,
    deliver,
    digest,
    send,
    states,
    wants_digest,
)
from tests.lic_site.notices.support import NOW, Reminder

pytestmark = pytest.mark.django_db


def test_what_can_wait_goes_in_one_message_at_its_time(
    person: Person, clock: time_machine.Traveller
) -> None:
    one = send(person)
    other = send(person, about=Organisation.objects.create(name="Another", kind="council"))
    assert deliver() == (0, 2, False)
    assert states(one, other) == [State.BUNDLED] * 2
    assert Notice.objects.filter(state=State.BUNDLED, attempts=0, bundle=digest()).count() == 2
    assert (digest().due_at, digest().state) == (AT_HALF_PAST_FOUR, State.PENDING)
    clock.move_to(AT_HALF_PAST_FOUR)
    assert deliver() == (1, 1, False)
    [message] = mail.outbox
    assert message.subject == "Your messages of 21 November"
    assert message.extra_headers["Message-ID"] == renderer.message_id(digest())
    assert "List-Unsubscribe" not in message.extra_headers
    for each in (one, other):
        assert f"http://localhost:8000/o/{each.anchor_id}/" in str(message.body)
    assert str(message.body).count("Hello ") == 1
    assert states(one, other, digest()) == [State.SENT] * 3
    assert Notice.objects.filter(finished_at=AT_HALF_PAST_FOUR).count() == 3


def test_what_comes_after_the_hour_goes_with_the_next_day(
    person: Person, clock: time_machine.Traveller
) -> None:
    clock.move_to(AT_HALF_PAST_FOUR)
    send(person)
    deliver()
    assert digest().due_at == AT_HALF_PAST_FOUR + DAY


@pytest.mark.parametrize("pace", [Pace.NOW, Pace.SOON])
def test_what_cannot_wait_goes_by_itself(
    person: Person, pace: Pace, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Reminder, "pace", pace)
    send(person)
    assert deliver() == (1, 1, False)


def test_what_staff_may_not_see_goes_by_itself(
    person: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Reminder, "private", True)
    send(person)
    assert deliver() == (1, 1, False)


def test_whoever_chose_nothing_gets_each_message_by_itself() -> None:
    send(PersonFactory())
    assert deliver() == (1, 1, False)


def test_what_would_be_of_no_use_by_then_goes_by_itself(person: Person) -> None:
    send(person, useless_after=AT_HALF_PAST_FOUR)
    assert deliver() == (1, 1, False)


def test_news_goes_to_its_own_address_and_says_how_to_stop_it_all(
    person: Person, clock: time_machine.Traveller
) -> None:
    person.addresses.create(email="home@example.org", verified_at=NOW, for_optional=True)
    send(person)
    send(person, "tests.news")
    deliver()
    clock.move_to(AT_HALF_PAST_FOUR)
    deliver()
    assert {message.to[0] for message in mail.outbox} == {"alice@example.org", "home@example.org"}
    [news] = [message for message in mail.outbox if message.to == ["home@example.org"]]
    assert news.extra_headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert "notices.digest_of_news" in news.extra_headers["List-Unsubscribe"]
    preferences.turn_off(person=person, kind="notices.digest_of_news", by=person, at=NOW)
    assert NoticePreference.objects.get().kind == "tests.news"


def test_each_is_asked_about_again_and_says_why_it_did_not_go(
    person: Person, reminder: Reminder, clock: time_machine.Traveller
) -> None:
    wanted = send(person)
    stale = send(person, key="stale", useless_after=NOW + timedelta(hours=7, minutes=30))
    gone = send(person, key="gone")
    unknown = send(person, key="unknown")
    moved = send(person, key="moved")
    news = send(person, "tests.news")
    deliver()
    Notice.objects.filter(pk=gone.pk).update(anchor_id=0)
    Notice.objects.filter(pk=unknown.pk).update(kind="tests.forgotten")
    Notice.objects.filter(pk=moved.pk).update(revision=7)
    NoticePreference.objects.create(person=person, kind=news.kind, turned_off_at=NOW)
    clock.move_to(AT_HALF_PAST_FOUR + timedelta(minutes=30))
    deliver()
    assert len(mail.outbox) == 1
    assert states(wanted, stale) == [State.SENT, State.EXPIRED]
    reasons = dict(Notice.objects.values_list("pk", "reason"))
    assert reasons[gone.pk] == Reason.GONE
    assert reasons[unknown.pk] == Reason.UNKNOWN_KIND
    assert reasons[moved.pk] == Reason.MOVED
    assert reasons[news.pk] == Reason.TURNED_OFF
    assert digest("notices.digest_of_news").state == State.CANCELLED


def test_a_digest_of_nothing_is_not_sent(
    person: Person, reminder: Reminder, clock: time_machine.Traveller
) -> None:
    unwanted = send(person)
    deliver()
    reminder.unwanted = {person.pk}
    clock.move_to(AT_HALF_PAST_FOUR)
    deliver()
    assert not mail.outbox
    assert states(unwanted, digest()) == [State.CANCELLED] * 2
    assert digest().reason == Notice.objects.get(pk=unwanted.pk).reason == Reason.UNWANTED


def test_what_is_called_off_with_its_cause_is_in_no_digest(
    person: Person, clock: time_machine.Traveller
) -> None:
    cancelled = send(person)
    deliver()
    assert person.organisation is not None
    assert services.cancel("tests.reminder", about=person.organisation, at=NOW) == 1
    send(person)
    [revived] = Notice.objects.filter(kind="tests.reminder")
    assert (revived.pk, revived.state, revived.bundle) == (cancelled.pk, State.PENDING, None)


def test_staff_can_cancel_what_goes_in_a_digest(person: Person) -> None:
    bundled = send(person)
    deliver()
    services.cancel_by_hand(notice=bundled, by=None, at=NOW)
    assert states(bundled) == [State.CANCELLED]


def test_a_digest_of_three_takes_as_many_queries_as_of_one(
    clock: time_machine.Traveller, settings: Any
) -> None:
    """Once the texts are known."""
    settings.PAGE_CACHE = True
    remembered.forget()
    place = Organisation.objects.create(name="A council", kind="council")

    def queries(messages: int) -> int:
        person = wants_digest(PersonFactory(organisation=place))
        for number in range(messages):
            send(person, key=str(number))
        clock.move_to(NOW)
        deliver()
        clock.move_to(AT_HALF_PAST_FOUR)
        with CaptureQueriesContext(connection) as seen:
            assert deliver() == (1, 1, False)
        return len(seen)

    queries(1)
    assert queries(1) == queries(3)
    remembered.forget()
