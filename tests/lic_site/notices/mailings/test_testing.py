"""A test to oneself is the real message, and nothing of it stays."""

import pytest
from django.core import mail

from lic_site.accounts.models import ContactAddress, Person
from lic_site.notices.models import Mailing, Notice
from lic_site.notices.postbox import Postbox, TryLater
from lic_site.notices.services import mailings as verbs
from lic_site.notices.services.mailings import errors
from tests.lic_site.notices.mailings.support import SUBJECT, a_draft
from tests.lic_site.notices.support import NOW

pytestmark = pytest.mark.django_db


def test_it_goes_to_whoever_asks_and_is_not_stored(admin: Person, team: list[Person]) -> None:
    mailing = a_draft(admin)
    verbs.send_test(mailing=mailing, by=admin, at=NOW)
    [letter] = mail.outbox
    assert admin.user is not None
    assert (letter.to, letter.subject) == ([admin.user.email], SUBJECT)
    assert "Hello Dana," in letter.body
    assert not Notice.objects.exists()
    mailing.refresh_from_db()
    assert mailing.tested_at == NOW


def test_a_test_of_words_that_were_changed_meanwhile_counts_for_nothing(admin: Person) -> None:
    mailing = a_draft(admin)
    Mailing.objects.update(revision=9)
    verbs.send_test(mailing=mailing, by=admin, at=NOW)
    assert Mailing.objects.get().tested_at is None


def test_unfit_words_are_not_tested(admin: Person) -> None:
    with pytest.raises(errors.UnfitWords):
        verbs.send_test(mailing=a_draft(admin, written=False), by=admin, at=NOW)


def test_without_an_address_there_is_no_test(admin: Person) -> None:
    ContactAddress.objects.all().delete()
    with pytest.raises(errors.NotTested, match="no e-mail address of yours"):
        verbs.send_test(mailing=a_draft(admin), by=admin, at=NOW)


def test_a_server_that_is_away_is_said(admin: Person, monkeypatch: pytest.MonkeyPatch) -> None:
    def busy(self: Postbox, message: object) -> str:
        raise TryLater("Busy 450")

    monkeypatch.setattr(Postbox, "post", busy)
    with pytest.raises(errors.NotTested, match="Try again"):
        verbs.send_test(mailing=a_draft(admin), by=admin, at=NOW)
    assert Mailing.objects.get().tested_at is None
