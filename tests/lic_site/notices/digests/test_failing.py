"""A digest that fails, is put off or ends otherwise loses nothing that it carries."""

from datetime import timedelta

import pytest
import time_machine
from django.core import mail

from lic_site.accounts.models import Person
from lic_site.notices import renderer, services
from lic_site.notices.enums import Reason, State
from lic_site.notices.models import Notice
from lic_site.notices.postbox import InDoubt, Postbox, Refused, TryLater
from lic_site.notices.services import digests
from tests.lic_site.notices.digests.support import (
    AT_HALF_PAST_FOUR,
    DAY,
    deliver,
    digest,
    send,
    states,
)
from tests.lic_site.notices.support import NOW

pytestmark = pytest.mark.django_db


def answer(monkeypatch: pytest.MonkeyPatch, error: Exception) -> None:
    def post(self: Postbox, message: object) -> str:
        raise error

    monkeypatch.setattr(Postbox, "post", post)


def test_after_a_digest_that_failed_each_message_goes_by_itself(
    person: Person, clock: time_machine.Traveller, monkeypatch: pytest.MonkeyPatch
) -> None:
    one = send(person)
    deliver()
    clock.move_to(AT_HALF_PAST_FOUR)
    with monkeypatch.context() as refusing:
        answer(refusing, Refused("SMTPDataError 554"))
        deliver()
    assert states(one, digest()) == [State.PENDING, State.FAILED]
    assert deliver() == (1, 1, False)
    assert states(one) == [State.SENT]
    services.retry(notice=digest(), by=None, at=AT_HALF_PAST_FOUR)
    deliver()
    assert len(mail.outbox) == 1, "and no second time with the digest"
    assert digest().state == State.CANCELLED


def test_a_digest_that_may_have_arrived_is_left_to_staff_with_all_it_brought(
    person: Person, clock: time_machine.Traveller, monkeypatch: pytest.MonkeyPatch
) -> None:
    one = send(person)
    deliver()
    clock.move_to(AT_HALF_PAST_FOUR)
    answer(monkeypatch, InDoubt("SMTPServerDisconnected"))
    deliver()
    clock.move_to(AT_HALF_PAST_FOUR + DAY)
    deliver()
    assert states(one, digest()) == [State.FAILED] * 2
    assert Notice.objects.get(pk=one.pk).reason == Reason.IN_DOUBT


def test_a_digest_that_is_put_off_takes_in_what_comes_meanwhile(
    person: Person, clock: time_machine.Traveller, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The same digest with the same Message-ID: a repeat can be recognised."""
    one = send(person)
    deliver()
    before = renderer.message_id(digest())
    clock.move_to(AT_HALF_PAST_FOUR)
    with monkeypatch.context() as later:
        answer(later, TryLater("SMTPDataError 451"))
        deliver()
    assert states(one, digest()) == [State.BUNDLED, State.PENDING]
    clock.shift(timedelta(hours=1))
    deliver()
    assert mail.outbox[0].extra_headers["Message-ID"] == before
    assert states(one, digest()) == [State.SENT] * 2


def test_a_worker_that_dies_over_a_digest_leaves_it_whole(
    person: Person, clock: time_machine.Traveller
) -> None:
    one = send(person)
    deliver()
    clock.move_to(AT_HALF_PAST_FOUR)
    services.claim(at=AT_HALF_PAST_FOUR)
    late = send(person, key="late")
    deliver()
    assert late.pk in Notice.objects.filter(bundle__due_at=AT_HALF_PAST_FOUR + DAY).values_list(
        "pk", flat=True
    ), "a digest in a worker's hands takes no more in"
    clock.shift(timedelta(minutes=6))
    services.sweep(at=AT_HALF_PAST_FOUR + timedelta(minutes=6))
    deliver()
    assert states(one, late) == [State.SENT, State.BUNDLED]


def test_a_worker_that_took_too_long_settles_nothing_of_what_the_digest_brings(
    person: Person, clock: time_machine.Traveller
) -> None:
    one = send(person)
    deliver()
    clock.move_to(AT_HALF_PAST_FOUR)
    (slow,) = services.claim(at=AT_HALF_PAST_FOUR)
    later = AT_HALF_PAST_FOUR + timedelta(minutes=6)
    services.sweep(at=later)
    assert not digests.finish(slow, slow, State.SENT, at=later)
    assert states(one, digest()) == [State.BUNDLED, State.PENDING]


@pytest.mark.parametrize("ended", [State.CANCELLED, State.FAILED, State.EXPIRED])
def test_nothing_is_left_behind_by_a_digest_that_ended_otherwise(
    person: Person, ended: State
) -> None:
    one = send(person)
    deliver()
    Notice.objects.filter(kind="notices.digest").update(state=ended)
    assert services.free_the_stranded(at=NOW) == 1
    assert services.free_the_stranded(at=NOW) == 0
    assert deliver() == (1, 1, False)
    assert states(one) == [State.SENT]
