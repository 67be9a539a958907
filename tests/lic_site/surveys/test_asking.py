"""Whoever is to answer is asked once in a fortnight at most, and reminded with a cap."""

from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext

from lic_site.accounts.models import Person
from lic_site.notices.models import Notice
from lic_site.notices.services.preferences import turn_off
from lic_site.surveys.enums import Mode
from lic_site.surveys.kinds import Asked, Chased
from lic_site.surveys.links import address_of
from lic_site.surveys.models import Invitation, Request, Wave
from lic_site.surveys.services import asking
from lic_site.surveys.services.asking import FORTNIGHT, LAST, ask_due, chase_due
from lic_site.surveys.tasks import asking_tick
from tests.factories.people import PersonFactory
from tests.factories.survey_waves import DAY, an_open_wave
from tests.factories.surveys import InvitationFactory
from tests.support.people import NOW

pytestmark = pytest.mark.django_db
MINUTE = timedelta(minutes=1)


@pytest.fixture
def sam(db: None) -> Person:
    return PersonFactory()


def invited(person: Person, **values: Any) -> Invitation:
    made: Invitation = InvitationFactory(wave=an_open_wave(**values), person=person)
    return made


def written(kind: str) -> int:
    return Notice.objects.filter(kind=kind).count()


def test_all_that_waits_for_one_person_is_asked_in_one_message(sam: Person) -> None:
    first, second = invited(sam), invited(sam)
    assert ask_due(at=NOW) == 1
    assert ask_due(at=NOW) == 0
    request = Request.objects.get()
    assert set(request.invitations.all()) == {first, second}
    notice = Notice.objects.get()
    assert (notice.kind, notice.recipient, notice.anchor_id) == ("surveys.asked", sam, request.pk)
    assert notice.useless_after == first.wave.closes_at


def test_what_opens_within_a_fortnight_waits_its_turn(sam: Person) -> None:
    invited(sam)
    ask_due(at=NOW)
    later = invited(sam, at=NOW + DAY)
    another = invited(sam, at=NOW + 2 * DAY)
    assert ask_due(at=NOW + 3 * DAY) == 0
    assert ask_due(at=NOW + FORTNIGHT - MINUTE) == 0
    assert ask_due(at=NOW + FORTNIGHT) == 1
    assert set(Request.objects.latest("asked_at").invitations.all()) == {later, another}
    assert written("surveys.asked") == 2


def test_one_that_closes_before_its_turn_is_never_mailed(sam: Person) -> None:
    invited(sam)
    ask_due(at=NOW)
    short = invited(sam, at=NOW + DAY, closes_at=NOW + 5 * DAY)
    ask_due(at=NOW + 20 * DAY)
    short.refresh_from_db()
    assert short.request is None


def test_what_is_asked_in_the_room_neither_waits_nor_makes_anything_wait(sam: Person) -> None:
    invited(sam)
    ask_due(at=NOW)
    room = invited(sam, in_room=True)
    assert ask_due(at=NOW + MINUTE) == 1
    room.refresh_from_db()
    assert room.request is not None
    assert room.request.counts is False
    other = PersonFactory()
    invited(other, in_room=True)
    ask_due(at=NOW + MINUTE)
    invited(other)
    assert ask_due(at=NOW + 2 * MINUTE) == 1


def test_whoever_answered_or_was_erased_is_not_asked(sam: Person) -> None:
    Invitation.objects.filter(pk=invited(sam).pk).update(answered=True)
    invited(PersonFactory(erased_at=NOW))
    assert ask_due(at=NOW) == 0


def test_nobody_is_asked_before_a_wave_opens_or_after_it_closed(sam: Person) -> None:
    wave = invited(sam, at=NOW + DAY).wave
    assert ask_due(at=NOW) == 0
    assert ask_due(at=wave.closes_at) == 0


def test_reminders_come_after_so_many_days_and_as_often_as_the_wave_allows(sam: Person) -> None:
    invited(sam, chasers=2, chase_after_days=4)
    ask_due(at=NOW)
    days = [day for day in range(20) if chase_due(at=NOW + day * DAY)]
    assert days == [4, 8]
    request = Request.objects.get()
    assert (request.chased, request.chased_at) == (2, NOW + 8 * DAY)
    assert written("surveys.chased") == 2


def test_reminders_count_days_in_london_and_wait_for_the_morning(sam: Person) -> None:
    invited(sam, chase_after_days=4)
    ask_due(at=NOW)
    early = (NOW + 4 * DAY).replace(hour=8, minute=59)
    assert chase_due(at=early) == 0
    assert chase_due(at=early + MINUTE) == 1
    assert chase_due(at=early + 2 * MINUTE) == 0


def test_whoever_answers_is_not_reminded_and_nobody_is_after_the_last_two_days(
    sam: Person,
) -> None:
    answered, other = invited(sam), invited(PersonFactory())
    ask_due(at=NOW)
    Invitation.objects.filter(pk=answered.pk).update(answered=True)
    assert chase_due(at=other.wave.closes_at - LAST) == 0
    assert chase_due(at=NOW + 5 * DAY) == 1
    assert Notice.objects.get(kind="surveys.chased").recipient == other.person


def test_one_reminder_is_for_all_that_waits_and_nothing_else_follows_at_once(sam: Person) -> None:
    """Two requests, one for what was asked in the room: one message, then again days of peace."""
    invited(sam, chasers=1, in_room=True)
    ask_due(at=NOW)
    invited(sam, at=NOW + DAY, chasers=1)
    ask_due(at=NOW + DAY)
    days = [day for day in range(20) if chase_due(at=NOW + day * DAY)]
    assert days == [5]
    assert list(Request.objects.values_list("chased", flat=True)) == [1, 1]
    assert written("surveys.chased") == 1


def test_a_wave_without_reminders_has_none(sam: Person) -> None:
    invited(sam, chasers=0)
    asking_tick(NOW)
    asking_tick(NOW + 9 * DAY)
    assert written("surveys.chased") == 0


def test_a_message_has_a_link_of_its_own_for_each_survey(sam: Person) -> None:
    later = invited(sam, about="Learning sets, March 2027", closes_at=NOW + 9 * DAY)
    sooner = invited(sam, about="Finding your voice, 9 March 2027", closes_at=NOW + 8 * DAY)
    ask_due(at=NOW)
    request = Request.objects.get()
    with time_machine.travel(NOW, tick=False):
        context = Asked().context(request, sam)
    assert context["link"] == address_of(sooner)
    assert [card.link for card in context["surveys"]] == [address_of(sooner), address_of(later)]
    assert context["surveys"][0].lines[1] == "Open until 29 November 2026"
    assert Asked().anchor(request.pk) == request
    assert Asked().anchors([request.pk, 0]) == {request.pk: request}


def test_a_message_is_wanted_while_something_waits(sam: Person) -> None:
    waiting = invited(sam)
    ask_due(at=NOW)
    request = Request.objects.get()
    with time_machine.travel(NOW, tick=False):
        assert Asked().is_wanted(request, sam)
        assert Chased().is_wanted(request, sam)
        assert not Asked().is_wanted(request, PersonFactory())
        Invitation.objects.filter(pk=waiting.pk).update(answered=True)
        assert not Asked().is_wanted(request, sam)
        assert not Chased().is_wanted(request, sam)
        assert Asked().context(request, sam)["surveys"] == []


def test_whoever_stopped_requests_is_not_reminded_either(sam: Person) -> None:
    invited(sam)
    ask_due(at=NOW)
    with time_machine.travel(NOW, tick=False):
        turn_off(person=sam, kind="surveys.asked", by=sam, at=NOW)
        assert not Chased().is_wanted(Request.objects.get(), sam)


def test_no_board_tells_from_messages_who_has_answered() -> None:
    assert Chased().private
    assert Asked().recipient_title


def test_asking_ten_more_takes_no_more_queries(monkeypatch: pytest.MonkeyPatch) -> None:
    def cost(people: int, at: Any) -> int:
        wave: Wave = an_open_wave(mode=Mode.ANONYMOUS, at=at)
        for person in PersonFactory.create_batch(people):
            InvitationFactory(wave=wave, person=person)
        with CaptureQueriesContext(connection) as seen:
            assert ask_due(at=at) == people
            assert chase_due(at=at + 4 * DAY) == people
        Wave.objects.filter(pk=wave.pk).update(chasers=0)
        return len(seen)

    assert cost(2, NOW) == cost(12, NOW + MINUTE)
    monkeypatch.setattr(asking, "CHUNK", 5)
    assert cost(12, NOW + 2 * MINUTE) > cost(2, NOW + 3 * MINUTE)
