"""``/concern/``: how many are taken from one address, and what the code opens."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from django.core.cache import cache
from django.test import Client

from lic_site.accounts.models import Person
from lic_site.concerns import limits
from lic_site.concerns.enums import Outcome, State
from lic_site.concerns.models import Concern
from tests.factories.concerns import a_concern
from tests.lic_site.concerns.conftest import Readers
from tests.lic_site.concerns.walking import Pages
from tests.support.people import NOW, SignedIn

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]


@pytest.fixture(autouse=True)
def _no_counts() -> Iterator[None]:
    cache.clear()
    yield
    cache.clear()


@pytest.fixture
def pages(readers: Readers) -> Pages:
    return Pages(Client())


def test_a_great_many_from_one_address_are_refused_in_a_plain_sentence(
    pages: Pages, readers: Readers, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(limits, "is_over", lambda *_, **__: True)
    pages.to_check(readers.priya).answer("send")
    assert "from your internet address today" in pages.text
    assert pages.page == "check"
    assert not Concern.objects.exists()


def test_what_is_counted_holds_no_address_and_ends_with_the_day(rf: Any) -> None:
    request = rf.get("/", REMOTE_ADDR="192.0.2.7")
    for _ in range(limits.Limit.SENT.value):
        assert not limits.is_over(limits.Limit.SENT, request, at=NOW)
        limits.count(limits.Limit.SENT, request, at=NOW)
    assert limits.is_over(limits.Limit.SENT, request, at=NOW)
    assert not limits.is_over(limits.Limit.SENT, rf.get("/", REMOTE_ADDR="192.0.2.8"), at=NOW)
    assert not limits.is_over(limits.Limit.SENT, request, at=NOW + timedelta(days=1))


def test_wrong_codes_get_one_sentence_and_then_another(
    readers: Readers, monkeypatch: pytest.MonkeyPatch
) -> None:
    client = Client()
    for code in ("", "x" * 101, "AAAA", "-", "😢", "B2CD-3FGH-4JKL-5MNP"):
        answer = client.post("/concern/follow/", {"code": code}).content.decode()
        assert ("opens nothing here" in answer) == bool(code), code
    monkeypatch.setattr(limits, "is_over", lambda *_, **__: True)
    assert "too many tries" in client.post("/concern/follow/", {"code": "A"}).content.decode()


def test_with_the_code_one_adds_and_withdraws(readers: Readers) -> None:
    concern = a_concern(readers.priya, code="B2CD-3FGH-4JKL-5MNP")
    client = Client()
    assert client.get("/concern/follow/").status_code == 200
    answer = client.post("/concern/follow/", {"code": "b2cd3fgh4jkl5mnp"})
    key = answer.context["key"]
    empty = client.post("/concern/follow/", {"key": key, "do": "add", "text": ""})
    assert "Write what you want to add" in empty.content.decode()
    added = client.post("/concern/follow/", {"key": key, "do": "add", "text": "More."})
    assert "It was added" in added.content.decode()
    assert (
        b"Withdraw what you raised?"
        in client.post("/concern/follow/", {"key": key, "do": "ask"}).content
    )
    for said in ("It is withdrawn", "closed already"):
        done = client.post("/concern/follow/", {"key": key, "do": "withdraw"})
        assert said in done.content.decode()
    concern.refresh_from_db()
    assert (concern.state, concern.outcome) == (State.CLOSED, Outcome.WITHDRAWN)
    concern.delete()
    assert "opens nothing here" in client.post("/concern/follow/", {"key": key}).content.decode()


def test_too_much_added_in_a_day_stays_in_the_box(
    readers: Readers, monkeypatch: pytest.MonkeyPatch
) -> None:
    a_concern(readers.priya, code="B2CD")
    client = Client()
    key = client.post("/concern/follow/", {"code": "B2CD"}).context["key"]
    monkeypatch.setattr(limits, "is_over", lambda *_, **__: True)
    answer = client.post("/concern/follow/", {"key": key, "do": "add", "text": "Kept words"})
    assert "Kept words" in answer.content.decode()
    assert "too many tries" in answer.content.decode()


def test_the_start_leads_back_to_what_was_raised_with_a_name(
    readers: Readers, alice: Person, signed_in: SignedIn
) -> None:
    browser = signed_in(alice)
    assert "See what you raised" not in Pages(browser).text
    a_concern(readers.priya, by=alice)
    assert "See what you raised" in Pages(browser).text
