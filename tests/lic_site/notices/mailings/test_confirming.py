"""Sending a mailing: what was shown is what goes, once, to each."""

from datetime import timedelta

import pytest
from django.core import mail
from django.db import connection
from django.test.utils import CaptureQueriesContext

from lic_site.accounts.models import AuditEvent, ContactAddress, Organisation, Person
from lic_site.notices import segments
from lic_site.notices.enums import Category, MailingState, Reason, State
from lic_site.notices.mailings import audience
from lic_site.notices.models import (
    AddressTrouble,
    Mailing,
    MessageSettings,
    Notice,
    NoticePreference,
)
from lic_site.notices.protocol import kinds
from lic_site.notices.services import mailings as verbs
from lic_site.notices.services.mailings import errors
from tests.factories.people import PersonFactory
from tests.lic_site.notices.mailings.support import (
    SUBJECT,
    a_draft,
    confirm,
    deliver,
    sent_off,
    shown,
    states,
)
from tests.lic_site.notices.support import NOW

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]


def test_each_gets_a_message_of_their_own(admin: Person, team: list[Person]) -> None:
    mailing = sent_off(admin)
    assert (mailing.state, mailing.recipients) == (MailingState.SENDING, 4)
    assert (mailing.confirmed_by, mailing.confirmed_at) == (admin, NOW)
    deliver()
    assert sorted(len(each.to) for each in mail.outbox) == [1, 1, 1, 1]
    for person in team:
        assert person.user is not None
        [letter] = [each for each in mail.outbox if each.to == [person.user.email]]
        assert letter.subject == SUBJECT
        assert f"Hello {person.given_name}," in letter.body
        assert "meets on 9 March 2027" in letter.body
        assert "http://localhost:8000/my/" in letter.body
        assert "because you are in the team" in letter.body
        others = {each.given_name for each in team} - {person.given_name}
        assert not any(name in str(letter.message()) for name in others)
    event = AuditEvent.objects.get(verb="notices.mailing_confirmed")
    assert (event.object_id, event.fields) == (mailing.pk, ["4 people"])


def test_the_unique_key_holds_mailing_and_person(admin: Person) -> None:
    mailing = sent_off(admin)
    assert Notice.objects.get().key == f"notices.mailing_optional::{mailing.pk}:{admin.pk}"


@pytest.mark.usefixtures("team")
def test_confirming_twice_sends_once(admin: Person) -> None:
    mailing = sent_off(admin)
    with pytest.raises(errors.NotADraft):
        confirm(mailing, admin)
    assert states() == {State.PENDING: 4}


@pytest.mark.usefixtures("team")
def test_words_changed_since_they_were_shown_are_not_sent(admin: Person) -> None:
    mailing = a_draft(admin)
    with pytest.raises(errors.NotAsShown, match="nothing was sent"):
        confirm(mailing, admin, revision=mailing.revision - 1)
    mailing.refresh_from_db()
    assert (mailing.state, Notice.objects.count()) == (MailingState.DRAFT, 0)


def test_people_who_joined_or_left_since_stop_it(admin: Person, team: list[Person]) -> None:
    mailing = a_draft(admin)
    seen = shown(mailing)
    late = PersonFactory(organisation=admin.organisation)
    Person.objects.filter(pk=team[0].pk).update(organisation=None)
    with pytest.raises(errors.PeopleChanged) as refused:
        confirm(mailing, admin, shown=seen)
    assert (refused.value.joined, refused.value.left) == ([late.pk], [team[0].pk])
    mailing.refresh_from_db()
    assert (mailing.state, Notice.objects.count()) == (MailingState.DRAFT, 0)


def test_a_group_emptied_meanwhile_is_not_written_to(admin: Person) -> None:
    mailing = a_draft(admin)
    Person.objects.update(organisation=None)
    with pytest.raises(errors.NobodyChosen):
        confirm(mailing, admin)


def test_a_group_that_has_gone_is_not_written_to(admin: Person) -> None:
    mailing = a_draft(admin)
    Person.objects.update(organisation=None)
    Organisation.objects.all().delete()
    with pytest.raises(audience.ChoicesGone):
        confirm(mailing, admin, shown={admin.pk})
    mailing.refresh_from_db()
    assert mailing.state == MailingState.DRAFT


def test_a_draft_without_words_is_not_sent(admin: Person) -> None:
    with pytest.raises(errors.UnfitWords, match="no words yet"):
        confirm(a_draft(admin, written=False), admin)


def test_what_is_of_no_use_any_more_is_not_sent(admin: Person) -> None:
    mailing = a_draft(admin)
    Mailing.objects.update(useless_after=NOW)
    with pytest.raises(errors.TooLate):
        confirm(mailing, admin)
    Mailing.objects.update(useless_after=NOW + timedelta(hours=1))
    confirm(mailing, admin)
    assert Notice.objects.get().useless_after == NOW + timedelta(hours=1)


@pytest.mark.usefixtures("team")
def test_many_people_are_meant_expressly(admin: Person) -> None:
    MessageSettings.objects.update_or_create(pk=1, defaults={"hold_over": 3})
    mailing = a_draft(admin)
    for sure_of in (None, 3):
        with pytest.raises(errors.ManyPeople, match="how many people"):
            confirm(mailing, admin, sure_of=sure_of)
    assert confirm(mailing, admin, sure_of=4) == 4


def test_who_turned_these_off_is_left_out_of_news_only(admin: Person) -> None:
    NoticePreference.objects.create(person=admin, kind=audience.OPTIONAL_KIND, turned_off_at=NOW)
    sent_off(admin)
    deliver()
    assert Notice.objects.get().reason == Reason.TURNED_OFF
    essential = a_draft(admin)
    Mailing.objects.filter(pk=essential.pk).update(category=Category.ESSENTIAL)
    confirm(essential, admin)
    deliver()
    [letter] = mail.outbox
    assert "List-Unsubscribe" not in letter.message()


def test_news_can_be_turned_off_with_one_click(admin: Person) -> None:
    sent_off(admin)
    deliver()
    letter = mail.outbox[0].message()
    assert "/messages/stop/notices.mailing_optional/" in letter["List-Unsubscribe"]
    assert letter["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"


def test_the_reach_is_counted_before_it_goes(admin: Person, team: list[Person]) -> None:
    ContactAddress.objects.filter(person=team[0]).delete()
    AddressTrouble.objects.create(
        address=team[1].addresses.get(), first_at=NOW, last_at=NOW, set_aside_at=NOW
    )
    NoticePreference.objects.create(person=team[2], kind=audience.OPTIONAL_KIND, turned_off_at=NOW)
    people = audience.people_of(a_draft(admin))
    news = audience.reach(people, Category.OPTIONAL)
    assert news == audience.Reach(total=4, no_address=1, set_aside=1, turned_off=1)
    assert news.reached == 1
    assert audience.reach(people, Category.ESSENTIAL).reached == 2


@pytest.mark.parametrize("pks", [(), (7,), (1, 2, 3, 900, 10**9)])
def test_the_people_a_page_showed_come_back_with_the_form(pks: tuple[int, ...]) -> None:
    assert audience.unpacked(audience.packed(pks)) == frozenset(pks)


@pytest.mark.parametrize("nonsense", ["", "!!", "bm9uc2Vuc2U=", "eJxLTEwEAAJKASU="])
def test_nonsense_brings_nobody_back(nonsense: str) -> None:
    assert audience.unpacked(nonsense) == frozenset()


def test_its_people_and_replies_are_asked_of_the_live_record(admin: Person) -> None:
    mailing = sent_off(admin)
    Mailing.objects.update(reply_to=admin)
    kind = kinds()[audience.OPTIONAL_KIND]
    anchor = kind.anchor(mailing.pk)
    assert kind.reply_to(anchor) == admin
    assert kind.anchor(0) is None


def test_it_takes_as_many_queries_for_many_as_for_few(admin: Person) -> None:
    def queries(number: int) -> int:
        PersonFactory.create_batch(number, organisation=admin.organisation, user=None)
        mailing = a_draft(admin)
        with CaptureQueriesContext(connection) as seen:
            confirm(mailing, admin)
        return len(seen)

    assert queries(1) == queries(30)


def test_a_segment_by_another_name_is_gone(admin: Person) -> None:
    mailing = sent_off(admin)
    Mailing.objects.update(segment="tests.gone")
    assert "tests.gone" not in segments.segments()
    deliver()
    assert Notice.objects.get().reason == Reason.UNWANTED
    assert verbs.settle(at=NOW) == 1
    mailing.refresh_from_db()
    assert mailing.state == MailingState.DONE
