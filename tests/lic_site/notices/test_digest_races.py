"""Digests and several workers at once, on PostgreSQL; with a safeguard out the test must fail."""

import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from functools import partial
from typing import Any

import pytest
import time_machine
from django.core import mail
from django.db import connection

from lic_site.accounts.models import Organisation, Person
from lic_site.notices import services
from lic_site.notices.enums import Pace, State
from lic_site.notices.models import DeliveryPreference, Notice
from lic_site.notices.postbox import Postbox
from lic_site.notices.services import digests, preferences
from lic_site.notices.services.office import office
from lic_site.notices.services.pacing import put_aside
from tests.factories.people import PersonFactory
from tests.lic_site.notices.support import NOW, Reminder

pytestmark = [pytest.mark.postgres, pytest.mark.django_db(transaction=True)]

WORKERS = 4
AT_HALF_PAST_FOUR = datetime(2026, 11, 21, 16, 30, tzinfo=UTC)
DAY = timedelta(days=1)


@pytest.fixture(autouse=True)
def _can_wait(
    settings: Any,
    clock: time_machine.Traveller,
    reminder: Reminder,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    settings.NOTICE_QUIET_HOURS = False
    settings.NOTICE_KINDS = [*settings.NOTICE_KINDS, "lic_site.notices.kinds.digests.KINDS"]
    monkeypatch.setattr(Reminder, "pace", Pace.CAN_WAIT)


def wants_digest() -> Person:
    person: Person = PersonFactory()
    DeliveryPreference.objects.create(person=person, once_a_day=True, changed_at=NOW)
    return person


def send(person: Person) -> int:
    """About a place of its own, whose link tells which messages brought it."""
    place = Organisation.objects.create(name=f"Place {Notice.objects.count()}", kind="council")
    services.send("tests.reminder", to=person, about=place, at=NOW)
    return place.pk


def together(*works: Callable[[], object]) -> None:
    """All of these, starting at once."""
    gate = threading.Barrier(len(works))

    def one(work: Callable[[], object]) -> None:
        try:
            gate.wait()
            work()
        finally:
            connection.close()

    with ThreadPoolExecutor(len(works)) as pool:
        for done in [pool.submit(one, work) for work in works]:
            done.result()


def aside(claimed: list[Notice]) -> Callable[[], object]:
    return partial(put_aside, claimed, chosen=office(), at=NOW)


def deliver() -> None:
    while services.deliver_batch(Postbox())[1]:
        pass


def brought(place: int) -> int:
    """How many messages brought this."""
    return sum(f"/o/{place}/" in str(letter.body) for letter in mail.outbox)


def bundle_at_once(person: Person) -> list[int]:
    """Four workers, each with two messages for one person on one day."""
    places = [send(person) for _ in range(2 * WORKERS)]
    shares = [services.claim(at=NOW, limit=2) for _ in range(WORKERS)]
    together(*map(aside, shares))
    return places


def test_those_who_bundle_at_once_make_one_digest(clock: time_machine.Traveller) -> None:
    places = bundle_at_once(wants_digest())
    digest = Notice.objects.get(kind__in=digests.NAMES)
    assert digest.bundled.count() == len(places)
    clock.move_to(AT_HALF_PAST_FOUR)
    deliver()
    assert len(mail.outbox) == 1
    assert [brought(place) for place in places] == [1] * len(places)


def test_without_the_day_s_key_there_would_be_several(monkeypatch: pytest.MonkeyPatch) -> None:
    careful, counted = digests.notice_key, iter(range(100))

    def careless(*parts: Any) -> str:
        return f"{careful(*parts)}:{next(counted)}"

    monkeypatch.setattr(digests, "notice_key", careless)
    bundle_at_once(wants_digest())
    assert Notice.objects.filter(kind__in=digests.NAMES).count() > 1


def one_waits_and_one_comes(person: Person) -> tuple[int, int, list[Notice]]:
    """One message in the day's digest, and another that a worker has in hand."""
    waits = send(person)
    aside(services.claim(at=NOW))()
    comes = send(person)
    return waits, comes, services.claim(at=NOW)


def test_what_is_added_while_the_digest_goes_goes_once(clock: time_machine.Traveller) -> None:
    rounds = [one_waits_and_one_comes(wants_digest()) for _ in range(6)]
    clock.move_to(AT_HALF_PAST_FOUR)
    together(deliver, deliver, *(aside(in_hand) for _, _, in_hand in rounds))
    clock.move_to(AT_HALF_PAST_FOUR + DAY)
    deliver()
    assert {(brought(waits), brought(comes)) for waits, comes, _ in rounds} == {(1, 1)}


def test_without_a_hold_on_the_digest_it_would_never_go(
    clock: time_machine.Traveller, monkeypatch: pytest.MonkeyPatch
) -> None:
    waits, comes, in_hand = one_waits_and_one_comes(wants_digest())
    looked, went = threading.Event(), threading.Event()

    def careless(name: str, *_: object, **__: object) -> int:
        digest = Notice.objects.get(kind=name, state=State.PENDING)
        looked.set()
        assert went.wait(20)
        return digest.pk

    def go() -> None:
        assert looked.wait(20)
        deliver()
        went.set()

    monkeypatch.setattr(digests, "_opened", careless)
    clock.move_to(AT_HALF_PAST_FOUR)
    together(go, aside(in_hand))
    clock.move_to(AT_HALF_PAST_FOUR + DAY)
    deliver()
    assert (brought(waits), brought(comes)) == (1, 0)


def give_up_and_send(person: Person) -> None:
    """The first worker's lease has run out, and its person wants no digest any more."""
    preferences.choose_pace(person=person, once_a_day=False, by=person, at=NOW)
    deliver()


def with_a_slow_worker(clock: time_machine.Traveller) -> tuple[Person, int, list[Notice]]:
    """A message that a slow worker believes to hold, and that is free again."""
    person = wants_digest()
    _, comes, in_hand = one_waits_and_one_comes(person)
    clock.shift(timedelta(hours=1))
    services.sweep(at=NOW + timedelta(hours=1))
    return person, comes, in_hand


def test_what_goes_singly_is_in_no_digest(clock: time_machine.Traveller) -> None:
    person, place, in_hand = with_a_slow_worker(clock)
    together(partial(give_up_and_send, person), aside(in_hand))
    clock.move_to(AT_HALF_PAST_FOUR + DAY)
    deliver()
    assert brought(place) == 1


def test_without_the_lease_in_the_update_it_would_go_twice(
    clock: time_machine.Traveller, monkeypatch: pytest.MonkeyPatch
) -> None:
    went = threading.Event()

    def careless(notice: Notice, name: str, *, due_at: datetime, at: datetime) -> bool:
        assert went.wait(20)
        digest = digests._opened(name, notice.recipient, due_at=due_at, at=at)
        Notice.objects.filter(pk=notice.pk).update(state=State.BUNDLED, bundle=digest)
        return True

    def go() -> None:
        give_up_and_send(person)
        went.set()

    person, place, in_hand = with_a_slow_worker(clock)
    monkeypatch.setattr(digests, "_put_into", careless)
    together(go, aside(in_hand))
    clock.move_to(AT_HALF_PAST_FOUR + DAY)
    deliver()
    assert brought(place) == 2
