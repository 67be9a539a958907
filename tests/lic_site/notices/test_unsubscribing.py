"""The link in every optional message, and the one click of a mail program (RFC 8058)."""

from datetime import timedelta

import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from lic_site.accounts.models import AuditEvent, Person
from lic_site.accounts.services.people import merge_people
from lic_site.common import tokens
from lic_site.notices.enums import Category
from lic_site.notices.models import NoticePreference
from lic_site.notices.renderer import unsubscribe_address
from tests.factories.people import PersonFactory
from tests.lic_site.notices.support import NOW, News

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("reminder", "clock")]


@pytest.fixture
def strict() -> Client:
    """A mail program: no cookies, and no token against forged requests."""
    return Client(enforce_csrf_checks=True)


def stop(person: Person) -> str:
    return unsubscribe_address(person, News()).removeprefix("http://localhost:8000")


def off() -> list[str]:
    return list(NoticePreference.objects.values_list("kind", flat=True))


def undo_of(page: str) -> str:
    return page.partition('name="undo" value="')[2].partition('"')[0]


def test_a_mail_program_turns_messages_off_with_one_post(person: Person, strict: Client) -> None:
    answer = strict.post(stop(person), {"List-Unsubscribe": "One-Click"})
    assert answer.status_code == 200
    assert not answer.cookies
    assert NoticePreference.objects.get().person == person
    assert strict.post(stop(person)).status_code == 200
    assert off() == ["tests.news"]


@pytest.mark.parametrize("method", ["get", "head"])
def test_opening_the_link_changes_nothing(person: Person, client: Client, method: str) -> None:
    """Whoever looks: a person, or a scanner of their mail."""
    page = getattr(client, method)(stop(person))
    assert page.status_code == 200
    assert not off()


def test_the_page_asks_and_names_nobody(person: Person, client: Client) -> None:
    page = client.get(stop(person)).text
    assert "Turn these messages off?" in page
    assert person.given_name not in page
    assert "alice@example.org" not in page


def test_a_forwarded_link_stops_that_kind_for_that_person_and_nothing_else(
    person: Person, strict: Client
) -> None:
    PersonFactory()
    strict.post(stop(person))
    [choice] = NoticePreference.objects.all()
    assert (choice.person, choice.kind) == (person, "tests.news")


def test_it_can_be_undone_for_seven_days(
    person: Person, strict: Client, clock: time_machine.Traveller
) -> None:
    undo = undo_of(strict.post(stop(person)).text)
    clock.shift(timedelta(days=6))
    assert undo_of(strict.get(stop(person)).text), "also on opening the link again"
    assert "Turned on again" in strict.post(stop(person), {"undo": undo}).text
    assert not off()
    strict.post(stop(person))
    clock.shift(timedelta(days=8))
    page = strict.get(stop(person)).text
    assert "Turned off" in page
    assert not undo_of(page)
    refused = strict.post(stop(person), {"undo": undo})
    assert "undone for seven days" in refused.text
    assert off() == ["tests.news"]


def test_undoing_twice_is_as_good_as_once(person: Person, strict: Client) -> None:
    undo = undo_of(strict.post(stop(person)).text)
    for _ in range(2):
        assert "Turned on again" in strict.post(stop(person), {"undo": undo}).text
    assert not off()
    assert AuditEvent.objects.filter(verb="notices.turned_on").count() == 1


def test_what_undoes_one_person_s_choice_undoes_nobody_else_s(
    person: Person, strict: Client
) -> None:
    other = PersonFactory()
    undo = undo_of(strict.post(stop(person)).text)
    strict.post(stop(other))
    strict.post(stop(other), {"undo": undo})
    strict.post(stop(other), {"undo": "forged"})
    assert NoticePreference.objects.count() == 2


@pytest.mark.parametrize("kind", ["tests.reminder", "tests.nothing"])
def test_a_link_for_another_kind_opens_nothing(person: Person, client: Client, kind: str) -> None:
    token = stop(person).rstrip("/").rpartition("/")[2]
    url = reverse("notices:unsubscribe", args=[kind, token])
    assert client.post(url).status_code == 404
    assert not off()


@pytest.mark.parametrize("token", ["x", "1-1~forged", "é", "a" * 500])
def test_a_forged_link_opens_a_neutral_page(client: Client, db: None, token: str) -> None:
    for method in (client.get, client.post):
        page = method(reverse("notices:unsubscribe", args=["tests.news", token]))
        assert page.status_code == 404
        assert "This link does not work" in page.text


def test_a_kind_that_has_become_essential_stays_on_with_a_sentence(
    person: Person, client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    link = stop(person)
    monkeypatch.setattr(News, "category", Category.ESSENTIAL)
    for method in (client.get, client.post):
        assert "cannot be turned off" in method(link).text
    assert not off()


def test_after_a_merge_the_old_link_works_for_whoever_the_person_is_now(
    person: Person, strict: Client
) -> None:
    duplicate = PersonFactory(user=None, organisation=person.organisation)
    link = stop(duplicate)
    merge_people(keep=person, duplicate=duplicate, by=person, at=NOW)
    strict.post(link)
    assert NoticePreference.objects.get().person == person


def test_an_erased_person_s_link_opens_a_neutral_page(person: Person, client: Client) -> None:
    link = stop(person)
    Person.objects.update(erased_at=NOW)
    assert client.get(link).status_code == 404
    assert client.post(link).status_code == 404


class TestTheNewsOfTheDay:
    """Its link stops every optional kind, and undoing brings back those alone."""

    @pytest.fixture(autouse=True)
    def _kinds(self, settings: object, reminder: object) -> None:
        settings.NOTICE_KINDS = [*settings.NOTICE_KINDS, "lic_site.notices.kinds.KINDS"]  # type: ignore[attr-defined]

    def link(self, person: Person) -> str:
        kind = "notices.digest_of_news"
        token = tokens.make(f"unsubscribe:{kind}", person.pk)
        return reverse("notices:unsubscribe", args=[kind, token])

    def test_it_stops_all_news_and_says_so(self, person: Person, strict: Client) -> None:
        link = self.link(person)
        assert "Turn all news and invitations off?" in strict.get(link).text
        NoticePreference.objects.create(
            person=person, kind="tests.news", turned_off_at=NOW - timedelta(days=1)
        )
        page = strict.post(link).text
        assert "any news and invitations any more" in page
        assert len(off()) > 1
        strict.post(link, {"undo": undo_of(page)})
        assert off() == ["tests.news"]
