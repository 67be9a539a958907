"""Replies reach whom the office or the message names; nobody is named outside a body."""

from typing import Any

import pytest

from lic_site.accounts.enums import Role
from lic_site.accounts.models import Organisation, Person
from lic_site.notices import services
from lic_site.notices.models import MessageSettings
from lic_site.notices.postbox import Postbox
from tests.factories.people import PersonFactory, staff
from tests.lic_site.notices.support import NOW, Reminder

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]


@pytest.fixture
def office(db: None) -> Person:
    """Somebody at the programme office, whom replies reach."""
    person = staff(Role.COLLEGE_ADMIN, address="office@example.org")
    MessageSettings.objects.update_or_create(pk=1, defaults={"reply_to": person})
    return person


def delivered(person: Person, mailoutbox: list[Any]) -> Any:
    assert person.organisation is not None
    services.send("tests.reminder", to=person, about=person.organisation, at=NOW)
    services.deliver_batch(Postbox())
    [mail] = mailoutbox
    return mail


def test_a_reply_reaches_whom_the_office_chose(
    reminder: Reminder, person: Person, office: Person, mailoutbox: list[Any]
) -> None:
    mail = delivered(person, mailoutbox)
    assert mail.extra_headers["Reply-To"] == "office@example.org"


def test_without_a_choice_a_reply_reaches_the_sender(
    reminder: Reminder, person: Person, mailoutbox: list[Any]
) -> None:
    assert "Reply-To" not in delivered(person, mailoutbox).extra_headers


def test_whom_a_message_names_comes_before_the_office(
    reminder: Reminder,
    person: Person,
    office: Person,
    mailoutbox: list[Any],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    other = staff(Role.PROGRAMME_LEAD, address="lead@example.org")
    monkeypatch.setattr(reminder, "reply_to", lambda _anchor: other)
    assert delivered(person, mailoutbox).extra_headers["Reply-To"] == "lead@example.org"


def test_somebody_without_a_role_gets_no_replies(
    reminder: Reminder,
    person: Person,
    office: Person,
    mailoutbox: list[Any],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Their address would tell every recipient who takes part."""
    taking_part = PersonFactory(address="charlie@example.org")
    monkeypatch.setattr(reminder, "reply_to", lambda _anchor: taking_part)
    assert delivered(person, mailoutbox).extra_headers["Reply-To"] == "office@example.org"


def test_a_reply_about_what_staff_may_not_see_does_not_reach_them(
    reminder: Reminder,
    person: Person,
    office: Person,
    mailoutbox: list[Any],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(reminder, "private", True)
    assert "Reply-To" not in delivered(person, mailoutbox).extra_headers


def test_a_batch_asks_once_who_gets_replies(
    reminder: Reminder,
    office: Person,
    mailoutbox: list[Any],
    django_assert_max_num_queries: Any,
) -> None:
    about = Organisation.objects.create(name="A council", kind="council")
    for _ in range(3):
        services.send("tests.reminder", to=PersonFactory(), about=about, at=NOW)
    with django_assert_max_num_queries(24):
        services.deliver_batch(Postbox())
    assert {mail.extra_headers["Reply-To"] for mail in mailoutbox} == {"office@example.org"}
