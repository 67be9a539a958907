"""The pages on which it is looked through, sent and steered: nothing goes that was not shown."""

import pytest
from django.core import mail
from django.test import Client

from lic_site.accounts.enums import Role
from lic_site.accounts.models import AuditEvent, Organisation, Person
from lic_site.notices.enums import Category, State
from lic_site.notices.mailings.audience import packed
from lic_site.notices.models import Mailing, MessageSettings, Notice
from tests.factories.people import PersonFactory, staff
from tests.lic_site.notices.mailings.asking import address, send, words
from tests.lic_site.notices.mailings.support import a_draft, deliver, sent_off, shown
from tests.support.people import Cast, SignedIn
from tests.support.queries import grows_not

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock", "team")]


def test_people_who_joined_are_named_and_nothing_is_sent(admin: Person, college: Client) -> None:
    mailing = a_draft(admin)
    before = packed(shown(mailing))
    PersonFactory(given_name="Newcomer", family_name="Larkspur", organisation=admin.organisation)
    Person.objects.filter(given_name="Alice").update(organisation=None)
    page = send(college, mailing, shown=before)
    assert "not those you were shown" in page.text
    assert "1 person has joined since you looked: Newcomer Larkspur" in page.text
    assert "1 person is no longer among them: Alice Team" in page.text
    assert not Notice.objects.exists()
    assert "on its way" in send(college, mailing).text


def test_words_changed_meanwhile_are_not_sent(admin: Person, college: Client) -> None:
    mailing = a_draft(admin)
    page = send(college, mailing, revision=mailing.revision - 1)
    assert "changed since you looked" in page.text
    assert "changed since you looked" in send(college, mailing, revision="x", shown="").text
    assert not Notice.objects.exists()


def test_many_people_need_a_tick_that_names_the_number(admin: Person, college: Client) -> None:
    MessageSettings.objects.update_or_create(pk=1, defaults={"hold_over": 3})
    mailing = a_draft(admin)
    page = college.get(address("", mailing.pk))
    assert "Yes, I mean to write to 4 people" in page.text
    assert "Tick the box" in send(college, mailing).text
    assert "on its way" in send(college, mailing, sure="4").text


def test_who_it_is_for_is_searched_and_every_look_is_written_down(
    admin: Person, college: Client
) -> None:
    mailing = a_draft(admin)
    page = college.get(address("_people", mailing.pk))
    assert "Alice Team" in page.text
    assert "<strong>4</strong> people" in page.text
    assert AuditEvent.objects.filter(verb="notices.mailing_people_viewed").count() == 1
    found = college.get(address("_people", mailing.pk), {"q": "bob"})
    assert "Bob Team" in found.text
    assert "Alice Team" not in found.text
    assert "Nobody fits" in college.get(address("_people", mailing.pk), {"q": "zz"}).text
    assert "Alice Team" in college.get(address("_people", mailing.pk), {"q": "z" * 200}).text
    send(college, mailing)
    sent = college.get(address("_people", mailing.pk), {"q": "alice"})
    assert "Waiting" in sent.text
    assert "Bob Team" not in sent.text


def test_who_may_not_be_shown_is_not(admin: Person, college: Client) -> None:
    mailing = a_draft(admin, secret="on")
    check = college.get(address("", mailing.pk))
    assert "you see how many, not who" in check.text
    people = college.get(address("_people", mailing.pk))
    sample = college.get(address("_sample", mailing.pk, 1))
    assert "with a made-up name" in sample.text
    before = packed(shown(mailing))
    PersonFactory(family_name="Larkspur", organisation=admin.organisation)
    refused = send(college, mailing, shown=before)
    assert "1 person has joined" in refused.text
    for page in (people, sample, refused):
        assert "Alice" not in page.text
        assert "Larkspur" not in page.text


def test_three_of_them_are_shown_what_they_would_get(
    admin: Person, team: list[Person], college: Client
) -> None:
    mailing = a_draft(admin)
    Mailing.objects.update(path="/my/calendar/")
    for number in (1, 2, 3):
        page = college.get(address("_sample", mailing.pk, number))
        assert "would get" in page.text
        html = college.get(address("_sample_html", mailing.pk, number))
        assert "meets on 9 March 2027" in html.text
        for shown_page in (page, html):
            assert "/my/calendar/" not in shown_page.text
            assert "/messages/stop/" not in shown_page.text
            assert not any(person.user.email in shown_page.text for person in team if person.user)
    assert college.get(address("_sample", mailing.pk, 4)).status_code == 404
    Mailing.objects.update(body="")
    assert college.get(address("_sample", mailing.pk, 1)).status_code == 404


def test_a_group_that_has_gone_is_said_on_every_page(admin: Person, college: Client) -> None:
    mailing = a_draft(admin)
    Mailing.objects.update(segment="tests.gone")
    for name in ("", "_people"):
        assert "no longer there" in college.get(address(name, mailing.pk)).text
    assert college.get(address("_sample", mailing.pk, 1)).status_code == 404
    assert college.get(address("_words", mailing.pk)).status_code == 200
    page = college.post(address("_words", mailing.pk), words(mailing))
    assert "no longer there" in page.text
    assert "no longer there" in send(college, mailing, shown="").text
    assert "no longer there" in college.post(address("_test", mailing.pk), follow=True).text


def test_a_draft_for_nobody_any_more_says_so(admin: Person, college: Client) -> None:
    mailing = a_draft(admin)
    Person.objects.update(organisation=None)
    page = college.get(address("", mailing.pk))
    assert "there is nobody to write to" in page.text
    assert "Send it" not in page.text
    assert Organisation.objects.exists()


def test_stop_go_on_and_call_off(admin: Person, college: Client) -> None:
    mailing = sent_off(admin)
    page = college.get(address("", mailing.pk))
    assert "Stop it" in page.text
    assert 'hx-trigger="every 2s"' in page.text
    page = college.post(address("_stop", mailing.pk), follow=True)
    assert "4 messages are held back" in page.text
    assert "nothing to stop" in college.post(address("_stop", mailing.pk), follow=True).text
    page = college.post(address("_resume", mailing.pk), follow=True)
    assert "4 messages are on the way" in page.text
    assert "4 people do not get it" in college.get(address("_call_off", mailing.pk)).text
    Notice.objects.exclude(recipient=admin).update(state=State.SENT)
    page = college.post(address("_call_off", mailing.pk), follow=True)
    assert "1 message is not sent" in page.text
    assert "Called off on" in page.text
    page = college.get(address("_call_off", mailing.pk), follow=True)
    assert "Nothing is left to call off" in page.text


def test_its_progress_is_asked_for_alone(admin: Person, college: Client) -> None:
    mailing = sent_off(admin)
    page = address("", mailing.pk)
    part = college.get(page, headers={"HX-Request": "true"})
    assert part.text.strip().startswith('<div id="mailing" hx-get')
    deliver()
    part = college.get(page, headers={"HX-Request": "true"})
    assert "It has gone out" in part.text
    assert "hx-get" not in part.text
    assert len(mail.outbox) == 4


def test_the_list_says_how_far_each_is(admin: Person, college: Client) -> None:
    assert "Nothing written yet" in college.get(address("s")).text
    a_draft(admin)
    sent_off(admin)
    deliver()
    page = college.get(address("s"))
    assert "Draft" in page.text
    assert "Sent" in page.text
    assert "by Dana Admin" in page.text


def test_the_list_does_not_grow_by_queries(admin: Person, college: Client) -> None:
    grows_not(college, address("s"), lambda: sent_off(admin), at_most=9)


def test_pages_of_one_do_not_grow_by_queries(admin: Person, college: Client) -> None:
    mailing = a_draft(admin)
    for name in ("", "_people"):
        grows_not(
            college,
            address(name, mailing.pk),
            lambda: PersonFactory(organisation=admin.organisation),
            at_most=16,
        )


OUTSIDERS = (Role.PROGRAMME_LEAD, Role.EDITOR, Role.ANALYST, Role.BOROUGH_COORDINATOR)


def test_it_is_for_those_who_send_the_messages(
    admin: Person, cast: Cast, signed_in: SignedIn
) -> None:
    mailing = a_draft(admin)
    pages = [address("s"), address("", mailing.pk), address("_people", mailing.pk)]
    outsiders = [cast.owner, cast.colleague, cast.stranger, *(staff(role) for role in OUTSIDERS)]
    for outsider in outsiders:
        browser = signed_in(outsider)
        assert {browser.get(page).status_code for page in pages} == {404}
        assert send(browser, mailing).status_code == 404
    assert not Notice.objects.exists()
    assert mailing.category == Category.OPTIONAL


def test_looking_changes_nothing(admin: Person, college: Client) -> None:
    mailing = a_draft(admin)
    for name in ("_send", "_test", "_stop", "_resume", "_copy"):
        assert college.get(address(name, mailing.pk)).status_code == 405


def test_the_list_of_messages_names_nobody_whom_the_mailing_does_not(
    admin: Person, college: Client
) -> None:
    sent_off(admin, secret=True)
    text = college.get("/staff/messages/all/").text
    assert "One of those it is for" in text
    assert "Alice" not in text
    sent_off(admin)
    assert "Alice Team" in college.get("/staff/messages/all/?q=alice").text
    Mailing.objects.update(segment="tests.gone")
    assert "Alice" not in college.get("/staff/messages/all/").text
