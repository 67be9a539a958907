from typing import Any

import pytest

from lic_site.accounts.models import Person
from lic_site.common.personal_data import Held
from lic_site.notices import policies, services
from lic_site.notices.enums import MailingState, State
from lic_site.notices.models import Mailing, MessageSettings, Notice, NoticePreference
from lic_site.notices.privacy import PERSONAL_DATA, TWO_YEARS
from lic_site.notices.services import preferences
from tests.factories.notices import everything_of
from tests.factories.people import PersonFactory
from tests.lic_site.notices.support import NOW
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


def test_essential_messages_cannot_be_turned_off(person: Person) -> None:
    with pytest.raises(preferences.NotOptional, match="cannot be turned off"):
        preferences.turn_off(person=person, kind="tests.reminder", by=person, at=NOW)


def test_policies_deny_by_default(cast: Cast) -> None:
    sent(cast.owner)
    assert not policies.can(None, "change_preferences")
    assert policies.can(cast.owner, "change_preferences")
    assert not policies.can(cast.owner, "anything")
    assert policies.visible(cast.owner, Notice.objects.all()).count() == 1
    assert not policies.visible(cast.stranger, Notice.objects.all()).exists()
    assert not policies.visible(None, Notice.objects.all()).exists()
    assert not policies.visible(cast.owner, NoticePreference.objects.all()).exists()
    everything_of(cast.owner, at=NOW)
    assert not policies.visible(cast.owner, Mailing.objects.all()).exists()


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
        everything_of(person, at=NOW)
    for each in PERSONAL_DATA.held:
        each.erase(cast.owner, NOW)
        each.erase(cast.owner, NOW)
        assert not each.of(cast.owner).exists()
        assert each.of(cast.stranger).count() == 1


def test_replies_reach_nobody_who_was_erased(person: Person) -> None:
    everything_of(person, at=NOW)
    held("notices.MessageSettings").erase(person, NOW)
    assert MessageSettings.objects.get().reply_to is None


@pytest.mark.parametrize("model", ["notices.DeliveryEvent", "notices.Mailing"])
def test_events_and_mailings_are_forgotten_after_two_years(person: Person, model: str) -> None:
    everything_of(person, at=NOW)
    Mailing.objects.update(state=MailingState.DONE, confirmed_at=NOW)
    assert held(model).retain(NOW + TWO_YEARS) == 0
    assert held(model).retain(NOW + TWO_YEARS * 1.01) == 1


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
    assert "News and invitations" not in signed_in(person).get(MINE).text


def test_somebody_without_messages_reads_what_will_be_here(signed_in: SignedIn) -> None:
    assert "Nothing yet" in signed_in(PersonFactory()).get(MINE).text
