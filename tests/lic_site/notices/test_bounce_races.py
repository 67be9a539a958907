"""Two events at once, on PostgreSQL; with the safeguard taken out the test must fail."""

import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection

from lic_site.accounts.models import ContactAddress, Person
from lic_site.notices.enums import Delivery
from lic_site.notices.models import AddressTrouble, DeliveryEvent
from lic_site.notices.services import bounces
from tests.factories.people import PersonFactory
from tests.lic_site.notices.support import NOW

pytestmark = [pytest.mark.postgres, pytest.mark.django_db(transaction=True)]

AT_ONCE = 4


def together(tell: Callable[[int], object]) -> list[object]:
    """What each of four was answered who told something at the same moment."""
    gate = threading.Barrier(AT_ONCE)

    def one(number: int) -> object:
        try:
            gate.wait()
            return tell(number)
        finally:
            connection.close()

    with ThreadPoolExecutor(AT_ONCE) as pool:
        return list(pool.map(one, range(AT_ONCE)))


@pytest.fixture
def email() -> str:
    return str(PersonFactory().addresses.get().email)


def told(email: str, event_id: str) -> DeliveryEvent | None:
    return bounces.record_delivery(
        provider="tests",
        event_id=event_id,
        event=Delivery.BOUNCED,
        message_id="",
        email=email,
        at=NOW,
    )


def test_the_same_event_told_by_two_at_once_counts_once(email: str) -> None:
    answers = together(lambda _: told(email, "same"))
    assert sum(answer is not None for answer in answers) == 1
    assert (DeliveryEvent.objects.count(), AddressTrouble.objects.get().bounces) == (1, 1)


def test_different_events_at_once_all_count(email: str) -> None:
    together(lambda number: told(email, str(number)))
    trouble = AddressTrouble.objects.get()
    assert trouble.bounces == AT_ONCE
    assert trouble.set_aside_at is not None


def test_without_the_lock_some_would_be_lost(email: str, monkeypatch: pytest.MonkeyPatch) -> None:
    gate = threading.Barrier(AT_ONCE)
    judge = bounces._judge

    def unlocked(email: str, *, of: Person | None) -> ContactAddress | None:
        return ContactAddress.objects.select_related("person").get(email=email)

    def all_at_once(*args: object, **values: object) -> None:
        """Each has written its event and sees none of the others'."""
        gate.wait()
        judge(*args, **values)  # type: ignore[arg-type]

    monkeypatch.setattr(bounces, "_address", unlocked)
    monkeypatch.setattr(bounces, "_judge", all_at_once)
    AddressTrouble.objects.create(
        address=ContactAddress.objects.get(email=email), bounces=0, first_at=NOW, last_at=NOW
    )
    monkeypatch.setattr(AddressTrouble.objects, "update_or_create", _last_wins)
    together(lambda number: told(email, str(number)))
    assert DeliveryEvent.objects.count() == AT_ONCE
    assert AddressTrouble.objects.get().bounces < AT_ONCE


def _last_wins(*, address: ContactAddress, defaults: dict[str, object]) -> None:
    """Without its own lock, which would wait for the others for ever."""
    trouble = AddressTrouble.objects.filter(address=address, bounces=0)
    trouble.update(bounces=defaults["bounces"])
