"""Two who confirm at once, on PostgreSQL; with the safeguards taken out the test must fail."""

import threading
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from uuid import uuid4

import pytest
from django.db import connection

from lic_site.accounts.models import Person
from lic_site.notices.models import Mailing, Notice
from lic_site.notices.services import mailings as verbs
from lic_site.notices.services.mailings import confirming, errors
from tests.lic_site.notices.mailings.support import a_draft, shown
from tests.lic_site.notices.support import NOW

pytestmark = [
    pytest.mark.postgres,
    pytest.mark.django_db(transaction=True),
    pytest.mark.usefixtures("team"),
]


def at_once(admin: Person) -> tuple[list[int], int]:
    """To how many each of two sent it, and how many messages there are."""
    mailing = a_draft(admin)
    people = shown(mailing)
    gate = threading.Barrier(2)

    def one() -> int:
        try:
            gate.wait()
            with suppress(errors.NotADraft):
                return verbs.confirm(
                    mailing=mailing,
                    revision=mailing.revision,
                    shown=people,
                    sure_of=None,
                    by=admin,
                    at=NOW,
                )
            return 0
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as pool:
        both = [pool.submit(one) for _ in range(2)]
        sent = sorted(each.result() for each in both)
    return sent, Notice.objects.count()


def test_two_who_confirm_at_once_send_once(admin: Person) -> None:
    assert at_once(admin) == ([0, 4], 4)
    assert Mailing.objects.get().recipients == 4


def test_without_the_condition_and_the_key_it_would_go_twice(
    admin: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The negative control: both safeguards are what the first test tests."""
    seen = threading.Barrier(2)

    def careless(mailing: Mailing, revision: int, **_: object) -> None:
        assert Mailing.objects.filter(pk=mailing.pk, state="draft", revision=revision).exists()
        seen.wait()

    monkeypatch.setattr(confirming, "take", careless)
    monkeypatch.setattr(confirming, "notice_key", lambda *_: uuid4().hex)
    assert at_once(admin) == ([4, 4], 8)
