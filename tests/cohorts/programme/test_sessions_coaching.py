"""Coaching slots: added in a row, booked, changed and given back."""

from datetime import UTC, datetime, timedelta
from itertools import pairwise

import pytest
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st

from cohorts.programme.enums import CohortState, EnrolmentState
from cohorts.programme.kinds import sessions as kinds
from cohorts.programme.models import Cohort, Enrolment, Session
from cohorts.programme.services.sessions import errors, slots
from cohorts.programme.slots import Slot, row
from lic_site.accounts.models import Person
from lic_site.notices.models import Notice
from tests.cohorts.programme.staffing import parts, text_of, url
from tests.factories.people import PersonFactory
from tests.factories.running import (
    DAY,
    LearningSetFactory,
    a_running_cohort,
    a_session,
    a_slot,
    in_set,
)
from tests.support.people import NOW, Cast, SignedIn
from tests.support.queries import grows_not

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]

NINE = datetime(2027, 1, 12, 9, tzinfo=UTC)


@pytest.fixture
def cohort() -> Cohort:
    return a_running_cohort(slug="running", name="Running cohort")


@pytest.fixture
def coach() -> Person:
    return PersonFactory(given_name="Maya", family_name="Thorngate")


@pytest.fixture
def mine(cohort: Cohort, cast: Cast) -> Enrolment:
    return in_set(LearningSetFactory(cohort=cohort), cast.owner)


def told(kind: str) -> list[int]:
    waiting = Notice.objects.filter(kind=f"programme.{kind}", state="pending")
    return list(waiting.order_by("pk").values_list("recipient_id", flat=True))


def book(slot: Session, place: Enrolment, at: datetime = NOW) -> Session:
    return slots.book_slot(slot=slot, enrolment=place, by=place.person, at=at)


def give_back(slot: Session, place: Enrolment, at: datetime = NOW) -> None:
    slots.give_back_slot(slot=slot, enrolment=place, by=place.person, at=at)


minutes = st.integers(1, 300).map(lambda number: timedelta(minutes=number))


@given(st.integers(0, 900), minutes, minutes)
def test_a_row_fits_in_its_time_in_order_with_its_gap(
    long: int, length: timedelta, gap: timedelta
) -> None:
    last = NINE + timedelta(minutes=long)
    made = row(NINE, last, length=length, gap=gap)
    assert all(slot.ends_at - slot.starts_at == length for slot in made)
    assert all(two.starts_at - one.ends_at == gap for one, two in pairwise(made))
    assert all(slot.starts_at >= NINE and slot.ends_at <= last for slot in made)
    end = made[-1].ends_at + gap if made else NINE
    assert end + length > last, "another would not fit"


def test_slots_without_length_are_none() -> None:
    assert not row(NINE, NINE + DAY, length=timedelta(), gap=timedelta())


def test_slots_are_added_and_everybody_is_told_once(
    cohort: Cohort, coach: Person, admin: Person, mine: Enrolment
) -> None:
    times = row(NINE, NINE + timedelta(hours=3), length=timedelta(hours=1), gap=timedelta())
    made = slots.add_slots(
        cohort=cohort, slots=times, coach=coach, place="", link="", by=admin, at=NOW
    )
    assert [each.starts_at for each in made] == [slot.starts_at for slot in times]
    assert all(each.facilitators.get().person == coach for each in made)
    assert told("facilitator_named") == [coach.pk]
    assert told("sessions_added") == [mine.person_id]
    kind = kinds.SessionsAdded()
    assert kind.is_wanted(cohort, mine.person)
    assert set(kind.context(cohort, mine.person)) == set(kind.sample())
    Session.objects.all().delete()
    assert not kind.is_wanted(cohort, mine.person)


def test_slots_are_not_added_to_the_past_to_what_is_over_or_for_a_participant(
    cohort: Cohort, admin: Person, mine: Enrolment
) -> None:
    def add(at: datetime, coach: Person | None = None) -> None:
        one = [Slot(at, at + timedelta(hours=1))]
        slots.add_slots(cohort=cohort, slots=one, coach=coach, place="", link="", by=admin, at=NOW)

    with pytest.raises(errors.MovedIntoPast):
        add(NOW)
    with pytest.raises(errors.TakesPart):
        add(NOW + DAY, mine.person)
    Cohort.objects.update(state=CohortState.COMPLETE)
    with pytest.raises(errors.CohortIsOver):
        add(NOW + DAY)


def test_a_booking_tells_both_and_giving_back_frees_it(
    cohort: Cohort, coach: Person, mine: Enrolment
) -> None:
    slot = a_slot(cohort, days=5, leads=coach)
    assert book(slot, mine).participant == mine
    assert (told("slot_booked"), told("slot_taken")) == ([mine.person_id], [coach.pk])
    booked, taken, back = kinds.SlotBooked(), kinds.SlotTaken(), kinds.SlotGivenBack()
    anchor = booked.anchor(slot.pk)
    assert anchor is not None
    for kind, person in ((booked, mine.person), (taken, coach)):
        assert kind.is_wanted(anchor, person)
        assert set(kind.context(anchor, person)) == set(kind.sample())
    assert not back.is_wanted(anchor, coach)
    give_back(slot, mine)
    assert (told("slot_booked"), told("slot_taken")) == ([], [])
    assert told("slot_given_back") == [coach.pk]
    anchor = back.anchor(slot.pk)
    assert anchor is not None
    assert (anchor.participant, anchor.booked_at) == (None, None)
    assert back.is_wanted(anchor, coach)
    assert not booked.is_wanted(anchor, mine.person)
    assert not taken.is_wanted(anchor, coach)


def test_a_person_holds_one_slot_ahead(cohort: Cohort, mine: Enrolment) -> None:
    first, second = a_slot(cohort, days=5), a_slot(cohort, days=6)
    book(first, mine)
    book(second, mine)
    first.refresh_from_db()
    assert first.participant is None
    past = a_slot(cohort, days=-3, participant=mine)
    book(first, mine)
    past.refresh_from_db()
    assert past.participant == mine, "what was held stays"
    assert Session.objects.filter(participant=mine, starts_at__gt=NOW).get() == first


def test_a_lost_race_keeps_the_slot_held(cohort: Cohort, mine: Enrolment) -> None:
    held, wanted = a_slot(cohort, days=5), a_slot(cohort, days=6)
    book(held, mine)
    book(wanted, in_set(LearningSetFactory(cohort=cohort)))
    with pytest.raises(errors.SlotTaken):
        book(wanted, mine)
    held.refresh_from_db()
    assert held.participant == mine


def test_the_last_day_is_too_late(cohort: Cohort, mine: Enrolment) -> None:
    slot, other = a_slot(cohort, days=5), a_slot(cohort, days=9)
    day_before = slot.starts_at - DAY
    with pytest.raises(errors.TooLateToBook):
        book(slot, mine, at=day_before)
    book(slot, mine, at=day_before - timedelta(minutes=1))
    with pytest.raises(errors.TooLateToBook):
        give_back(slot, mine, at=day_before)
    with pytest.raises(errors.TooLateToBook):
        book(other, mine, at=day_before)
    other.refresh_from_db()
    slot.refresh_from_db()
    assert (slot.participant, other.participant) == (mine, None)


def test_only_whoever_takes_part_books_and_only_their_own_goes_back(
    cohort: Cohort, mine: Enrolment
) -> None:
    slot, theirs = a_slot(cohort, days=5), in_set(LearningSetFactory(cohort=cohort))
    book(slot, theirs)
    with pytest.raises(errors.NotYours):
        give_back(slot, mine)
    with pytest.raises(errors.SlotTaken):
        book(a_slot(a_running_cohort(slug="other"), days=5), mine)
    with pytest.raises(errors.SlotTaken):
        book(a_session(cohort, days=6), mine)
    free = a_slot(cohort, days=8)
    Cohort.objects.update(state=CohortState.SELECTING)
    with pytest.raises(errors.NotBookable):
        book(free, mine)
    Cohort.objects.update(state=CohortState.RUNNING)
    Enrolment.objects.filter(pk=mine.pk).update(state=EnrolmentState.DEFERRED, ended_at=NOW)
    with pytest.raises(errors.NotBookable):
        book(free, mine)


def test_the_page_books_changes_and_gives_back(
    alice: Client, cohort: Cohort, coach: Person, mine: Enrolment, clock: object
) -> None:
    page = url("coaching", cohort.slug)
    assert "No time is free now" in text_of(alice, page)
    first, second = (a_slot(cohort, days=days, leads=coach) for days in (5, 6))
    a_slot(cohort, days=0)
    words = text_of(alice, page)
    assert words.count("With Maya Thorngate") == 2
    assert "Thursday 26 November 2026" in words
    answer = alice.post(page, {"do": "book", "slot": first.pk}, follow=True).content.decode()
    assert "The time is yours." in answer
    assert "Give it back" in answer
    alice.post(page, {"do": "book", "slot": second.pk})
    second.refresh_from_db()
    assert second.participant == mine
    alice.post(page, {"do": "give_back", "slot": second.pk})
    second.refresh_from_db()
    assert second.participant is None
    for wrong in ({"do": "book", "slot": "x"}, {"do": "dance", "slot": first.pk}, {}):
        assert alice.post(page, wrong).status_code == 404


def test_a_slot_won_by_somebody_else_is_said_in_words(
    alice: Client, cohort: Cohort, mine: Enrolment, cast: Cast, signed_in: SignedIn
) -> None:
    slot = a_slot(cohort, days=5)
    book(slot, in_set(LearningSetFactory(cohort=cohort), cast.colleague))
    page = url("coaching", cohort.slug)
    answer = alice.post(page, {"do": "book", "slot": slot.pk}, follow=True).content.decode()
    assert "Somebody else has just taken this time" in answer
    assert cast.colleague.name not in answer
    assert signed_in(cast.stranger).get(page).status_code == 404
    assert Client().get(page).status_code == 302


def test_staff_add_a_day_of_slots(
    office: Client, cohort: Cohort, coach: Person, mine: Enrolment
) -> None:
    add = url("add_slots", cohort.slug)
    assert "No coaching yet" in text_of(office, url("slots", cohort.slug))
    day = {
        **parts("day", "12", "1", "2027"), "starts": "9am", "ends": "12pm", "length": "45",
        "gap": "15", "coach": "Thorngate", "place": "County Hall", "link": "",
    }  # fmt: skip
    PersonFactory(given_name="Max", family_name="Thorngate")
    for wrong, words in (
        ({"coach": "nobody"}, "We know nobody of that name or address"),
        ({}, "Several people match"),
        ({"coach": "", "length": "200"}, "Not one slot fits"),
        ({"coach": "", "length": "10", "gap": "0", "starts": "8am", "ends": "7pm"}, "Add them in"),
    ):
        assert words in office.post(add, day | wrong).content.decode()
    assert office.post(add, day | {"coach": "Maya Thorngate"}).status_code == 302
    listed = text_of(office, url("slots", cohort.slug))
    assert listed.count("Maya Thorngate") == 3
    again = office.post(add, day | {"coach": "Maya Thorngate"}).content.decode()
    assert "Maya Thorngate leads ‘Coaching’" in again
    assert "Add them all the same" in again
    assert Session.objects.count() == 3


def test_the_pages_do_not_grow_by_queries(
    alice: Client, office: Client, cohort: Cohort, mine: Enrolment, coach: Person
) -> None:
    days = iter(range(3, 60))

    def add() -> None:
        a_slot(cohort, days=next(days), leads=coach)

    grows_not(alice, url("coaching", cohort.slug), add, at_most=12)
    grows_not(office, url("slots", cohort.slug), add, at_most=10)
