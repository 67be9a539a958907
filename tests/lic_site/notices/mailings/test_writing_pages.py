"""The pages on which a mailing is written: one thing each, nothing typed lost."""

import re
from typing import Any

import pytest
from django.test import Client

from lic_site.accounts.models import Person
from lic_site.notices.enums import MailingState
from lic_site.notices.models import Mailing, Notice
from lic_site.notices.services import mailings as verbs
from tests.factories.people import OrganisationFactory, PersonFactory, staff
from tests.lic_site.notices.mailings.asking import address, how, send, words
from tests.lic_site.notices.mailings.support import SUBJECT, a_draft, sent_off
from tests.lic_site.notices.support import NOW
from tests.support.people import SignedIn

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock", "team")]


def test_from_whom_to_sent(admin: Person, college: Client) -> None:
    page = college.get(address("_new"))
    assert address("_begin", "tests.colleagues") in page.text
    begin = address("_begin", "tests.colleagues")
    counted = college.post(begin, {"team": admin.organisation_id, "do": "count"})
    assert "<strong>4</strong> people fit these choices" in counted.text
    assert not Mailing.objects.exists()
    page = college.post(begin, {"team": admin.organisation_id, "do": "continue"}, follow=True)
    mailing = Mailing.objects.get()
    assert page.redirect_chain == [(address("_words", mailing.pk), 302)]
    assert "{meets_on}" in page.text
    page = college.post(address("_words", mailing.pk), words(mailing), follow=True)
    assert page.redirect_chain == [(address("_how", mailing.pk), 302)]
    mailing.refresh_from_db()
    until = {"until_day": "30", "until_month": "11", "until_year": "2026"}
    page = college.post(address("_how", mailing.pk), how(mailing, **until), follow=True)
    mailing.refresh_from_db()
    assert mailing.reply_to == admin
    assert "30 November 2026 at 11:59pm" in page.text
    assert "Send it to 4 people" in page.text
    assert "not sent yourself a test" in page.text
    page = college.post(address("_test", mailing.pk), follow=True)
    assert "to your own address" in page.text
    assert "You tried these words" in page.text
    page = send(college, mailing)
    assert "It is on its way to 4 people" in page.text
    assert Notice.objects.count() == 4
    assert "confirmed already" in send(college, mailing).text
    assert Notice.objects.count() == 4


def test_an_empty_group_cannot_go_on(college: Client) -> None:
    empty = OrganisationFactory()
    page = college.post(address("_begin", "tests.colleagues"), {"team": empty.pk, "do": "continue"})
    assert "there is nobody to write to" in page.text
    assert not Mailing.objects.exists()


def test_a_link_may_choose_before_and_counts_at_once(admin: Person, college: Client) -> None:
    begin = address("_begin", "tests.colleagues")
    assert "<strong>4</strong>" in college.get(begin, {"team": admin.organisation_id}).text
    odd = college.get(begin, {"team": "0"})
    assert odd.status_code == 200
    assert "There is a problem" not in odd.text
    assert "Which team?" in college.get(begin).text
    assert college.get(address("_begin", "tests.nothing")).status_code == 404


def test_what_is_chosen_is_counted_without_a_new_page(admin: Person, college: Client) -> None:
    part = college.post(
        address("_begin", "tests.colleagues"),
        {"team": admin.organisation_id},
        headers={"HX-Request": "true"},
    )
    assert part.text.strip().startswith('<div id="count"')
    nothing = college.post(
        address("_begin", "tests.colleagues"), {"team": ""}, headers={"HX-Request": "true"}
    )
    assert "person" not in nothing.text


def test_other_people_are_chosen_for_a_draft(admin: Person, college: Client) -> None:
    mailing = a_draft(admin)
    assert address("_change_people", mailing.pk, "tests.everybody") in (
        college.get(address("_whom", mailing.pk)).text
    )
    change = address("_change_people", mailing.pk, "tests.colleagues")
    assert "<strong>4</strong>" in college.get(change).text
    other = PersonFactory().organisation
    late = {"team": other.pk, "do": "continue", "revision": mailing.revision - 1}
    assert "in another tab" in college.post(change, late).text
    page = college.post(change, late | {"revision": mailing.revision}, follow=True)
    assert "Send it to 1 person" in page.text
    everybody = address("_change_people", mailing.pk, "tests.everybody")
    page = college.post(everybody, {"do": "continue", "revision": mailing.revision + 1})
    mailing.refresh_from_db()
    assert mailing.segment == "tests.everybody"


@pytest.mark.parametrize("revision", ["", "x", "-1", "9" * 30, "9" * 5000])
def test_a_page_that_does_not_come_back_as_it_was_saves_nothing_and_says_so(
    admin: Person, college: Client, revision: str
) -> None:
    mailing = a_draft(admin)
    people = address("_change_people", mailing.pk, "tests.everybody")
    opened, looked = "was changed since you opened it", "were changed since you looked"
    for url, sent, says in (
        (people, {"do": "continue"}, opened),
        (address("_words", mailing.pk), words(mailing, subject="Another subject"), opened),
        (address("_how", mailing.pk), how(mailing, path="/my/data/"), opened),
        (address("_send", mailing.pk), {"shown": "?"}, looked),
    ):
        page = college.post(url, sent | {"revision": revision})
        assert page.status_code == 200
        assert says in page.text, url
    before = mailing.changed_at
    mailing.refresh_from_db()
    assert mailing.changed_at == before


def test_what_was_typed_is_kept_beside_what_is_wrong(admin: Person, college: Client) -> None:
    mailing = a_draft(admin, written=False)
    for values, said in (
        ({"body": "Hello {given_nmae},\n\n[See more]"}, "Did you mean ‘given_name’"),
        ({"body": "x" * 100_000}, "Shorten it to 10,000"),
        ({"subject": "For Global Majority staff"}, "Keep it neutral"),
    ):
        page = college.post(address("_words", mailing.pk), words(mailing, **values))
        assert page.status_code == 200
        assert said in page.text
        for typed in values.values():
            assert typed in page.text


def test_words_changed_in_another_tab_are_shown_beside_what_was_typed(
    admin: Person, college: Client
) -> None:
    mailing = a_draft(admin)
    typed = words(mailing, subject="What I typed", revision=mailing.revision - 1)
    page = college.post(address("_words", mailing.pk), typed)
    assert "changed since you opened it" in page.text
    assert "What I typed" in page.text
    assert "What is saved now" in page.text
    assert SUBJECT in page.text
    again = re.search(r'name="revision" value="(\d+)"', page.text)
    assert again is not None
    college.post(address("_words", mailing.pk), typed | {"revision": again[1]})
    mailing.refresh_from_db()
    assert mailing.subject == "What I typed"


def test_how_it_goes_is_checked_and_kept(admin: Person, college: Client) -> None:
    mailing = a_draft(admin)
    page = college.get(address("_how", mailing.pk))
    assert 'value="/my/"' in page.text
    elsewhere = college.post(
        address("_how", mailing.pk), how(mailing, path="https://example.org/x/")
    )
    assert "must be one of this site" in elsewhere.text
    assert "https://example.org/x/" in elsewhere.text
    past = {"until_day": "1", "until_month": "1", "until_year": "2026"}
    assert (
        "This day has passed"
        in college.post(address("_how", mailing.pk), how(mailing, **past)).text
    )
    late = how(mailing, revision=1, path="/concern/")
    page = college.post(address("_how", mailing.pk), late)
    assert "changed since you opened it" in page.text
    assert "/concern/" in page.text


def test_whoever_got_replies_may_keep_them(
    admin: Person, college: Client, signed_in: SignedIn
) -> None:
    mailing = a_draft(admin)
    other = staff(given_name="Esi", family_name="Other")
    Mailing.objects.update(reply_to=other)
    page = college.get(address("_how", mailing.pk))
    assert re.search(r'value="same"[^>]*checked', page.text)
    college.post(address("_how", mailing.pk), how(mailing, reply_to="same"))
    mailing.refresh_from_db()
    assert mailing.reply_to == other
    mine = signed_in(other).get(address("_how", mailing.pk))
    assert re.search(r'value="me"[^>]*checked', mine.text)


def test_copies_and_deleted_drafts(admin: Person, college: Client) -> None:
    mailing = sent_off(admin)
    page = college.post(address("_copy", mailing.pk), follow=True)
    assert "new draft with the same words" in page.text
    made = Mailing.objects.latest("pk")
    assert "Delete this draft?" in college.get(address("_delete", made.pk)).text
    assert "deleted" in college.post(address("_delete", made.pk), follow=True).text
    for name in ("_delete", "_words", "_how", "_whom"):
        page = college.get(address(name, mailing.pk), follow=True)
        assert "has been confirmed" in page.text, name
    changed = address("_change_people", mailing.pk, "tests.everybody")
    assert "has been confirmed" in college.get(changed, follow=True).text


def test_one_confirmed_between_looking_and_saving_says_so(
    admin: Person, college: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    mailing = a_draft(admin)
    begun = verbs.choose_people

    def late(**values: Any) -> None:
        Mailing.objects.update(state=MailingState.SENDING, confirmed_at=NOW)
        begun(**values)

    monkeypatch.setattr(verbs, "choose_people", late)
    page = college.post(
        address("_change_people", mailing.pk, "tests.everybody"),
        {"do": "continue", "revision": mailing.revision},
        follow=True,
    )
    assert "has been confirmed" in page.text
