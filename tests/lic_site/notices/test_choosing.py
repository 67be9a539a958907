"""How a person wants their messages: the verbs and the pages."""

from datetime import time, timedelta
from typing import Any

import pytest

from lic_site.accounts.enums import Role
from lic_site.accounts.models import AuditEvent, Person
from lic_site.notices import services
from lic_site.notices.enums import State
from lic_site.notices.models import (
    AddressTrouble,
    DeliveryPreference,
    MessageSettings,
    Notice,
    NoticePreference,
)
from lic_site.notices.services import preferences
from lic_site.notices.services.office import QuietAllDay, QuietTooLong
from tests.factories.people import PersonFactory, staff
from tests.lic_site.notices.support import NOW
from tests.support.people import Cast, SignedIn
from tests.support.queries import grows_not

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("reminder", "clock")]

MINE, WANTED, PACE, QUIET = (f"/my/messages/{page}" for page in ("", "wanted/", "pace/", "quiet/"))


def sent(person: Person, **values: Any) -> None:
    services.send("tests.reminder", to=person, about=person.organisation, at=NOW, **values)  # type: ignore[arg-type]
    Notice.objects.filter(recipient=person).update(state=State.SENT, finished_at=NOW)


def test_what_was_sent_stands_first_and_the_choices_below(
    person: Person, signed_in: SignedIn
) -> None:
    sent(person)
    page = signed_in(person).get(MINE).text
    assert page.index("What we have sent you") < page.index("How you want them")
    for words in (
        "All of them",
        "Each message by itself",
        "8pm to 7:30am",
        "The programme office’s.",
        "alice@example.org",
        "The programme office reads it",
        "Who sees this:",
    ):
        assert words in page, words


def test_a_message_that_came_with_others_says_so_and_the_digest_is_no_message_of_its_own(
    person: Person, signed_in: SignedIn
) -> None:
    sent(person)
    sent(person, key="digest")
    one, digest = Notice.objects.order_by("pk")
    Notice.objects.filter(pk=digest.pk).update(kind="notices.digest")
    Notice.objects.filter(pk=one.pk).update(bundle=digest)
    page = signed_in(person).get(MINE).text
    assert page.count("A reminder") == 1
    assert "with the day’s other messages" in page


def test_an_address_that_sends_messages_back_is_told_with_the_way_out(
    cast: Cast, signed_in: SignedIn
) -> None:
    address = cast.owner.addresses.get()
    AddressTrouble.objects.create(
        address=address, bounces=3, first_at=NOW, last_at=NOW, set_aside_at=NOW
    )
    page = signed_in(cast.owner).get(MINE).text
    assert f"We no longer write to {address.email}" in page
    assert "/my/profile/messages/" in page
    assert "We have no address that works" in page
    assert "We no longer write" not in signed_in(cast.stranger).get(MINE).text


def test_each_kind_of_news_can_be_turned_off_by_itself(person: Person, signed_in: SignedIn) -> None:
    browser = signed_in(person)
    assert "you need to do or know" in browser.get(WANTED).text
    told = browser.post(WANTED, {}, follow=True)
    assert "From now on you get what you ticked" in told.text
    assert NoticePreference.objects.get().kind == "tests.news"
    assert "None" in browser.get(MINE).text
    browser.post(WANTED, {"tests.news": "on", "tests.reminder": ""})
    assert not NoticePreference.objects.exists()


def test_once_a_day_is_chosen_and_given_up(person: Person, signed_in: SignedIn) -> None:
    browser = signed_in(person)
    assert "at 4:30pm" in browser.get(PACE).text
    assert "Choose how you would like" in browser.post(PACE, {"pace": ""}).text
    told = browser.post(PACE, {"pace": "daily"}, follow=True)
    assert "once a day, at 4:30pm" in told.text
    assert DeliveryPreference.objects.get().once_a_day
    assert "checked" in browser.get(PACE).text
    told = browser.post(PACE, {"pace": "singly"}, follow=True)
    assert "each message comes by itself" in told.text
    assert not DeliveryPreference.objects.get().once_a_day
    assert AuditEvent.objects.filter(verb="notices.preferences_changed").count() == 2


def test_one_s_own_quiet_hours_are_chosen_and_given_back(
    person: Person, signed_in: SignedIn
) -> None:
    browser = signed_in(person)
    assert "8pm to 7:30am" in browser.get(QUIET).text
    own = {"whose": "own", "begins": "22:00", "ends": "09:00"}
    told = browser.post(QUIET, own, follow=True)
    assert "quiet for you from 10pm to 9am" in told.text
    assert "Chosen by you." in told.text
    chosen = DeliveryPreference.objects.get()
    assert (chosen.quiet_from, chosen.quiet_until) == (time(22), time(9))
    assert browser.get(QUIET).text.count("selected") == 2
    told = browser.post(QUIET, {"whose": "office"}, follow=True)
    assert "quiet for you from 8pm to 7:30am" in told.text
    assert DeliveryPreference.objects.get().quiet_from is None


@pytest.mark.parametrize(
    ("begins", "ends", "sentence"),
    [
        ("08:00", "08:00", "cannot begin and end at the same time"),
        ("08:00", "07:00", "up to 18 hours"),
        ("08:00", "", "Choose when your own quiet hours end."),
        ("", "08:00", "Choose when your own quiet hours begin."),
        ("", "", "Choose when your own quiet hours begin."),
    ],
)
def test_quiet_hours_that_cannot_be_are_refused_with_a_sentence(
    person: Person, signed_in: SignedIn, begins: str, ends: str, sentence: str
) -> None:
    page = signed_in(person).post(QUIET, {"whose": "own", "begins": begins, "ends": ends})
    assert sentence in page.text
    assert not DeliveryPreference.objects.exclude(quiet_from=None).exists()


def test_choosing_the_same_again_changes_nothing(person: Person) -> None:
    hours = {"begins": time(22), "ends": time(9)}
    choose = preferences.choose_quiet_hours
    assert choose(person=person, **hours, by=person, at=NOW)
    assert not choose(person=person, **hours, by=person, at=NOW)
    with pytest.raises(QuietAllDay):
        choose(person=person, begins=time(1), ends=time(1), by=person, at=NOW)
    with pytest.raises(QuietTooLong):
        choose(person=person, begins=time(1), ends=time(0), by=person, at=NOW)
    with pytest.raises(preferences.OnlyHalf):
        choose(person=person, begins=time(1), ends=None, by=person, at=NOW)


def test_the_page_takes_as_many_queries_however_much_was_sent(
    person: Person, signed_in: SignedIn
) -> None:
    keys = iter(range(10))
    grows_not(signed_in(person), MINE, lambda: sent(person, key=str(next(keys))), at_most=13)


# What the office chose ------------------------------------------------------------------------

SETTINGS = "/staff/messages/settings/"
CHOSEN = {
    "quiet_from": "21:00",
    "quiet_until": "07:00",
    "digest_at": "12:00",
    "hold_over": "50",
    "reply_to": "",
}


@pytest.fixture
def admin(db: None) -> Person:
    return staff(Role.COLLEGE_ADMIN)


def test_an_admin_chooses_for_every_message(admin: Person, signed_in: SignedIn) -> None:
    browser = signed_in(admin)
    assert "Settings for messages" in browser.get(SETTINGS).text
    told = browser.post(SETTINGS, {**CHOSEN, "reply_to": str(admin.pk)}, follow=True)
    assert "Every message from now on" in told.text
    chosen = MessageSettings.objects.get()
    assert (chosen.quiet_from, chosen.digest_at) == (time(21), time(12))
    assert (chosen.hold_over, chosen.reply_to) == (50, admin)
    [event] = AuditEvent.objects.filter(verb="notices.settings_changed")
    assert event.actor_id == admin.pk
    assert "digest_at" in event.fields
    told = browser.post(SETTINGS, {**CHOSEN, "reply_to": str(admin.pk)}, follow=True)
    assert "Nothing was changed" in told.text
    assert AuditEvent.objects.filter(verb="notices.settings_changed").count() == 1


@pytest.mark.parametrize(
    ("changed", "sentence"),
    [
        ({"quiet_until": "21:00"}, "cannot begin and end at the same time"),
        ({"quiet_until": "20:00"}, "up to 18 hours"),
        ({"digest_at": "06:30"}, "lies in quiet hours"),
        ({"hold_over": "0"}, "Enter 1 or more"),
        ({"hold_over": "lots"}, "Enter a whole number"),
        ({"reply_to": "999999"}, "Select a valid choice"),
    ],
)
def test_what_cannot_be_is_refused_and_nothing_typed_is_lost(
    admin: Person, signed_in: SignedIn, changed: dict[str, str], sentence: str
) -> None:
    page = signed_in(admin).post(SETTINGS, {**CHOSEN, **changed})
    assert sentence in page.text
    assert 'value="21:00" selected' in page.text
    assert not MessageSettings.objects.exists()


def test_replies_reach_nobody_without_a_confirmed_address(
    admin: Person, signed_in: SignedIn
) -> None:
    admin.addresses.update(verified_at=None)
    page = signed_in(admin).post(SETTINGS, {**CHOSEN, "reply_to": str(admin.pk)})
    assert "Replies can reach only somebody who holds a staff role" in page.text


def test_only_holders_of_a_staff_role_today_can_be_chosen(
    admin: Person, signed_in: SignedIn
) -> None:
    PersonFactory(given_name="Nobody", family_name="Chosen")
    gone = PersonFactory(given_name="Former", family_name="Admin")
    gone.grants.create(
        role="college_admin",
        starts_on=NOW.date() - timedelta(days=9),
        ends_on=NOW.date() - timedelta(days=1),
        granted_at=NOW,
    )
    page = signed_in(admin).get(SETTINGS).text
    assert "Nobody Chosen" not in page
    assert "Former Admin" not in page
    assert admin.name in page
