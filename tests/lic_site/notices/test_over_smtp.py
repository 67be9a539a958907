"""What really arrives at a mail server: what tells a repeat, and what cannot be stopped."""

from datetime import timedelta
from typing import Any

import pytest
import time_machine

from lic_site.accounts.models import Person
from lic_site.env import mailer
from lic_site.notices import services
from lic_site.notices.enums import Pace, State
from lic_site.notices.models import DeliveryPreference, Notice
from lic_site.notices.postbox import Postbox
from lic_site.notices.renderer import message_id
from lic_site.notices.services import digests
from tests.lic_site.notices.support import NOW, News, Reminder
from tests.support.mail import Sink

pytestmark = pytest.mark.django_db

SEVEN_HOURS = timedelta(hours=7)


@pytest.fixture(autouse=True)
def _smtp(settings: Any, sink: Sink, reminder: Reminder, clock: time_machine.Traveller) -> None:
    settings.MAILERS = {"default": mailer(sink.url)}
    settings.NOTICE_KINDS = [*settings.NOTICE_KINDS, "lic_site.notices.kinds.digests.KINDS"]


def send(person: Person, kind: str) -> None:
    assert person.organisation is not None
    services.send(kind, to=person, about=person.organisation, at=NOW)


def deliver() -> None:
    with Postbox() as postbox:
        services.deliver_batch(postbox)


def test_what_one_needs_to_know_brings_none(person: Person, sink: Sink) -> None:
    send(person, "tests.reminder")
    deliver()
    [letter] = sink.messages
    assert letter["List-Unsubscribe"] is letter["List-Unsubscribe-Post"] is None


class Killed(BaseException):
    """What ends a worker between handing a message over and writing that it did."""


def test_a_digest_that_arrives_twice_has_one_message_id(
    person: Person, sink: Sink, clock: time_machine.Traveller, monkeypatch: pytest.MonkeyPatch
) -> None:
    def die(*_: object, **__: object) -> bool:
        raise Killed

    monkeypatch.setattr(News, "pace", Pace.CAN_WAIT)
    DeliveryPreference.objects.create(person=person, once_a_day=True, changed_at=NOW)
    send(person, "tests.news")
    deliver()
    assert not sink.messages
    clock.shift(SEVEN_HOURS)
    with monkeypatch.context() as killing:
        killing.setattr(digests, "finish", die)
        with pytest.raises(Killed):
            deliver()
    clock.shift(timedelta(hours=1))
    services.sweep(at=NOW + SEVEN_HOURS + timedelta(hours=1))
    deliver()
    digest = Notice.objects.get(kind="notices.digest_of_news")
    assert [letter["Message-ID"] for letter in sink.messages] == [message_id(digest)] * 2
    assert {letter["List-Unsubscribe-Post"] for letter in sink.messages} == {
        "List-Unsubscribe=One-Click"
    }
    assert "/notices.digest_of_news/" in str(sink.messages[-1]["List-Unsubscribe"])
    assert set(Notice.objects.values_list("state", flat=True)) == {State.SENT}
