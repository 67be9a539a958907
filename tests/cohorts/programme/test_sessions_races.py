"""Many want one coaching slot, on PostgreSQL; and without the condition, two have it."""

from typing import Any

import pytest

from cohorts.programme.models import Enrolment, Session
from cohorts.programme.services.sessions import errors, slots
from lic_site.accounts.models import AuditEvent
from tests.cohorts.programme.test_races import at_once, meet_after
from tests.factories.running import a_running_cohort, a_slot
from tests.support.people import NOW

pytestmark = [pytest.mark.postgres, pytest.mark.django_db(transaction=True)]


def race_for_a_slot(people: int) -> tuple[list[object], Session]:
    cohort = a_running_cohort(members=people)
    slot = a_slot(cohort, days=9)
    places = list(cohort.enrolments.select_related("person"))
    outcomes = at_once(
        [
            lambda place=place: slots.book_slot(
                slot=Session.objects.get(pk=slot.pk), enrolment=place, by=place.person, at=NOW
            )
            for place in places
        ]
    )
    slot.refresh_from_db()
    return outcomes, slot


def test_of_many_who_want_a_slot_exactly_one_has_it() -> None:
    outcomes, slot = race_for_a_slot(8)
    winners = [outcome for outcome in outcomes if isinstance(outcome, Session)]
    assert len(winners) == 1
    assert sum(isinstance(outcome, errors.SlotTaken) for outcome in outcomes) == 7
    assert slot.participant_id is not None
    assert AuditEvent.objects.filter(verb="programme.slot_booked").count() == 1


def test_without_the_condition_several_are_told_that_it_is_theirs(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def is_free(slot: Session) -> bool:
        return Session.objects.filter(pk=slot.pk, participant=None).exists()

    looked = meet_after(is_free, 8)

    def take_blindly(slot: Session, place: Enrolment, *, at: Any) -> bool:
        if not looked(slot):
            return False
        Session.objects.filter(pk=slot.pk).update(participant=place, booked_at=at)
        return True

    monkeypatch.setattr(slots, "take", take_blindly)
    outcomes, _ = race_for_a_slot(8)
    assert sum(isinstance(outcome, Session) for outcome in outcomes) > 1


def race_of_one_person(people: int) -> int:
    """How many slots one person holds who asks for several at once."""
    cohort = a_running_cohort(members=1)
    place = Enrolment.objects.get()
    wanted = [a_slot(cohort, days=9 + number) for number in range(people)]
    at_once(
        [
            lambda slot=slot: slots.book_slot(
                slot=Session.objects.get(pk=slot.pk), enrolment=place, by=place.person, at=NOW
            )
            for slot in wanted
        ]
    )
    return Session.objects.filter(participant=place).count()


def test_one_person_ends_with_one_slot_however_many_they_ask_for() -> None:
    assert race_of_one_person(5) == 1


def test_without_the_lock_on_the_place_one_person_holds_several(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(slots, "hold_place", lambda pk: Enrolment.objects.get(pk=pk))
    monkeypatch.setattr(slots, "take", meet_after(slots.take, 5))
    assert race_of_one_person(5) > 1
