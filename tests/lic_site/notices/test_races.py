"""Two workers at once, on PostgreSQL; with the safeguard taken out the test must fail."""

import threading
from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from uuid import UUID, uuid4

import pytest
from django.db import connection

from lic_site.accounts.models import Organisation
from lic_site.notices import services
from lic_site.notices.models import Notice
from lic_site.notices.querysets import NoticeQuerySet
from lic_site.notices.services import leases
from tests.factories.people import PersonFactory
from tests.lic_site.notices.support import NOW

pytestmark = [
    pytest.mark.postgres,
    pytest.mark.django_db(transaction=True),
    pytest.mark.usefixtures("reminder"),
]

WORKERS = 4


def together(work: Callable[[], list[int]]) -> Counter[int]:
    """What each of four workers got, all starting at once."""
    gate = threading.Barrier(WORKERS)

    def one() -> list[int]:
        try:
            gate.wait()
            return work()
        finally:
            connection.close()

    with ThreadPoolExecutor(WORKERS) as pool:
        shares = [pool.submit(one) for _ in range(WORKERS)]
        return Counter(pk for share in shares for pk in share.result())


@pytest.fixture
def queue() -> list[int]:
    place = Organisation.objects.create(name="A council", kind="council")
    for person in PersonFactory.create_batch(8, user=None, organisation=place):
        services.send("tests.reminder", to=person, about=place, at=NOW)
    return list(Notice.objects.values_list("pk", flat=True))


def test_no_notice_is_claimed_twice(queue: list[int]) -> None:
    got = together(lambda: [notice.pk for notice in services.claim(at=NOW)])
    assert got == Counter(queue)


def all_take_the_same(queue: list[int]) -> Counter[int]:
    """Four workers who have all read the same rows, as they do where rows cannot be skipped."""

    def work() -> list[int]:
        token = uuid4()
        leases.take(queue, token=token, at=NOW)
        return mine(token)

    return together(work)


def mine(token: UUID) -> list[int]:
    return list(Notice.objects.filter(lease=token).values_list("pk", flat=True))


def test_the_condition_in_the_update_is_enough(queue: list[int]) -> None:
    assert all_take_the_same(queue) == Counter(queue)


def test_without_the_condition_two_would_have_the_same_notice(
    queue: list[int], monkeypatch: pytest.MonkeyPatch
) -> None:
    """The negative control: the first test's safeguards are what it tests."""
    seen = threading.Barrier(WORKERS)

    def careless(pks: list[int], *, token: UUID, at: object) -> int:
        seen.wait()
        taken = Notice.objects.filter(pk__in=pks)
        got.extend(pks)
        return taken.update(state="sending", lease=token, leased_until=NOW)

    got: list[int] = []
    monkeypatch.setattr(leases, "take", careless)
    monkeypatch.setattr(NoticeQuerySet, "select_for_update", lambda self, **_: self, raising=False)
    together(lambda: [notice.pk for notice in services.claim(at=NOW)])
    assert Counter(got) == dict.fromkeys(queue, WORKERS)


def test_a_notice_is_settled_by_one_of_two_who_hold_it(queue: list[int]) -> None:
    [held] = services.claim(at=NOW, limit=1)

    def work() -> list[int]:
        return [held.pk] if leases.settle(held, "sent", at=NOW) else []  # type: ignore[arg-type]

    assert together(work) == {held.pk: 1}


def test_planning_at_once_plans_once(queue: list[int]) -> None:
    place = Organisation.objects.get(name="A council")
    person = PersonFactory(user=None, organisation=place)

    def work() -> list[int]:
        services.send("tests.reminder", to=person, about=place, at=NOW, key="once")
        return []

    together(work)
    assert Notice.objects.filter(key__contains=":once:").count() == 1
