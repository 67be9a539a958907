from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from lic_site.accounts.models import Person
from lic_site.common.personal_data import Held
from lic_site.notices import policies, services
from lic_site.notices.enums import State
from lic_site.notices.models import Notice, NoticePreference
from lic_site.notices.privacy import PERSONAL_DATA, TWO_YEARS
from lic_site.notices.renderer import unsubscribe_address
from lic_site.notices.services import preferences
from tests.factories.people import PersonFactory
from tests.lic_site.notices.support import NOW, News
from tests.support.people import Cast, SignedIn

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("reminder", "clock")]

MINE = "/my/messages/"


def sent(person: Person, kind: str = "tests.reminder") -> None:
    services.send(kind, to=person, about=person.organisation, at=NOW)  # type: ignore[arg-type]
    Notice.objects.update(state=State.SENT, finished_at=NOW)


def test_a_person_sees_what_they_were_sent_and_nobody_else_s(
    cast: Cast, signed_in: SignedIn
) -> None:
    sent(cast.owner)
    assert "A reminder" in signed_in(cast.owner).get(MINE).text
    assert "A reminder" not in signed_in(cast.stranger).get(MINE).text


def test_optional_messages_are_turned_off_and_on(person: Person, signed_in: SignedIn) -> None:
    browser = signed_in(person)
    browser.post(MINE, {"wanted": []})
    assert NoticePreference.objects.get().kind == "tests.news"
    browser.post(MINE, {"wanted": []})
    browser.post(MINE, {"wanted": ["tests.news"]})
    browser.post(MINE, {"wanted": ["tests.news"]})
    assert not NoticePreference.objects.exists()


def test_a_choice_that_is_none_of_ours_changes_nothing(person: Person, signed_in: SignedIn) -> None:
    page = signed_in(person).post(MINE, {"wanted": ["tests.reminder"]})
    assert page.status_code == 200
    assert not NoticePreference.objects.exists()


def test_essential_messages_cannot_be_turned_off(person: Person) -> None:
    with pytest.raises(preferences.NotOptional, match="cannot be turned off"):
        preferences.turn_off(person=person, kind="tests.reminder", by=person, at=NOW)


def stop(person: Person) -> str:
    return unsubscribe_address(person, News()).removeprefix("http://localhost:8000")


def test_a_mail_program_turns_messages_off_with_one_post(person: Person) -> None:
    strict = Client(enforce_csrf_checks=True)
    answer = strict.post(stop(person), {"List-Unsubscribe": "One-Click"})
    assert answer.status_code == 200
    assert NoticePreference.objects.get().person == person


def test_opening_the_link_changes_nothing(person: Person, client: Client) -> None:
    page = client.get(stop(person))
    assert "Turn these messages off?" in page.text
    assert person.given_name not in page.text
    assert not NoticePreference.objects.exists()


@pytest.mark.parametrize("kind", ["tests.reminder", "tests.nothing"])
def test_a_link_for_another_kind_opens_nothing(person: Person, client: Client, kind: str) -> None:
    token = stop(person).rstrip("/").rpartition("/")[2]
    url = reverse("notices:unsubscribe", args=[kind, token])
    assert client.post(url).status_code == 404


def test_an_erased_person_s_link_opens_nothing(person: Person, client: Client) -> None:
    link = stop(person)
    Person.objects.update(erased_at=NOW)
    assert client.get(link).status_code == 404


def test_policies_deny_by_default(cast: Cast) -> None:
    sent(cast.owner)
    assert not policies.can(None, "change_preferences")
    assert policies.can(cast.owner, "change_preferences")
    assert not policies.can(cast.owner, "anything")
    assert policies.visible(cast.owner, Notice.objects.all()).count() == 1
    assert not policies.visible(cast.stranger, Notice.objects.all()).exists()
    assert not policies.visible(None, Notice.objects.all()).exists()
    assert not policies.visible(cast.owner, NoticePreference.objects.all()).exists()


def held(model: str) -> Held:
    return next(each for each in PERSONAL_DATA.held if each.model == model)


def test_a_person_s_download_names_messages_by_their_titles(person: Person) -> None:
    sent(person)
    NoticePreference.objects.create(person=person, kind="tests.news", turned_off_at=NOW)
    [row] = held("notices.Notice").rows(person)
    assert (row["Message"], row["State"]) == ("A reminder", "Sent")
    [choice] = held("notices.NoticePreference").rows(person)
    assert choice["Message"] == "News"
    Notice.objects.update(kind="tests.gone")
    NoticePreference.objects.update(kind="tests.gone")
    assert held("notices.Notice").rows(person)[0]["Message"] == "tests.gone"
    assert held("notices.NoticePreference").rows(person)[0]["Message"] == "tests.gone"


def test_erasing_leaves_nothing_of_the_person_and_everything_of_others(cast: Cast) -> None:
    for person in (cast.owner, cast.stranger):
        sent(person)
        NoticePreference.objects.create(person=person, kind="tests.news", turned_off_at=NOW)
    for each in PERSONAL_DATA.held:
        each.erase(cast.owner, NOW)
        each.erase(cast.owner, NOW)
        assert not each.of(cast.owner).exists()
        assert each.of(cast.stranger).count() == 1


def test_what_was_sent_is_forgotten_after_two_years(person: Person) -> None:
    sent(person)
    assert held("notices.Notice").retain(NOW + TWO_YEARS) == 0
    assert held("notices.Notice").retain(NOW + TWO_YEARS * 1.01) == 1


def test_a_message_whose_kind_has_gone_is_left_out_of_the_page(
    person: Person, signed_in: SignedIn
) -> None:
    sent(person)
    Notice.objects.update(kind="tests.gone")
    assert "Nothing yet" in signed_in(person).get(MINE).text


def test_no_optional_kinds_no_choice(person: Person, signed_in: SignedIn, monkeypatch: Any) -> None:
    monkeypatch.setattr(preferences, "kinds", dict)
    assert "These are up to you" not in signed_in(person).get(MINE).text


def test_somebody_without_messages_reads_what_will_be_here(signed_in: SignedIn) -> None:
    assert "Nothing yet" in signed_in(PersonFactory()).get(MINE).text
