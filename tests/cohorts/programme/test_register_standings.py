"""Standings drawn from the registers: what counts for whom, in a fixed number of queries."""

from datetime import timedelta
from typing import Any

import pytest
from pytest_django import DjangoAssertNumQueries

from cohorts.programme.enums import EnrolmentState, Mark, SupportReason
from cohorts.programme.models import Cohort, Enrolment, Session
from cohorts.programme.services.register import standing_of
from cohorts.programme.standing import Standing
from tests.factories.programme import CohortFactory, EnrolmentFactory
from tests.factories.running import (
    AttendanceFactory,
    LearningSetFactory,
    a_running_cohort,
    a_session,
    a_slot,
    in_set,
)
from tests.support.people import NOW

pytestmark = pytest.mark.django_db


def taken(cohort: Cohort, days: int, marks: dict[Enrolment, Mark], **values: Any) -> Session:
    """A session with its register."""
    session = a_session(cohort, days=days, register_taken_at=NOW, **values)
    for place, mark in marks.items():
        AttendanceFactory(session=session, enrolment=place, mark=mark)
    return session


def of(place: Enrolment) -> Standing:
    return standing_of([Enrolment.objects.get(pk=place.pk)], at=NOW)[place.pk]


def test_a_session_counts_once_its_register_is_taken_and_if_it_took_place() -> None:
    cohort = a_running_cohort()
    place = EnrolmentFactory(cohort=cohort)
    taken(cohort, -9, {place: Mark.PRESENT})
    taken(cohort, -8, {place: Mark.ABSENT}, cancelled_at=NOW)
    half = a_session(cohort, days=-7)
    AttendanceFactory(session=half, enrolment=place, mark=Mark.ABSENT)
    a_session(cohort, days=7)
    a_session(cohort, days=8, cancelled_at=NOW)
    shown = of(place)
    assert (shown.held, shown.attended, shown.to_come) == (1, 1, 2)


def test_what_is_to_come_is_everybodys_ones_sets_and_ones_own() -> None:
    cohort = a_running_cohort()
    mine, other = (LearningSetFactory(cohort=cohort) for _ in range(2))
    place, colleague = in_set(mine), in_set(other)
    a_session(cohort, days=1)
    a_session(cohort, days=2, learning_set=mine)
    a_session(cohort, days=3, learning_set=mine)
    a_slot(cohort, days=4)
    a_slot(cohort, days=5, participant=place)
    shown = standing_of([place, colleague], at=NOW)
    assert shown[place.pk].to_come == 4
    assert shown[colleague.pk].to_come == 1


def test_a_register_taken_before_one_joined_does_not_count() -> None:
    cohort = a_running_cohort()
    taken(cohort, -9, {EnrolmentFactory(cohort=cohort): Mark.PRESENT})
    assert of(EnrolmentFactory(cohort=cohort)).held == 0


def test_earlier_cohorts_are_shown_however_far_back_and_not_counted() -> None:
    first, second, third = (a_running_cohort() for _ in range(3))
    begun = EnrolmentFactory(cohort=first, state=EnrolmentState.DEFERRED, ended_at=NOW)
    person = begun.person
    more = EnrolmentFactory(
        cohort=second, person=person, state=EnrolmentState.DEFERRED, ended_at=NOW, follows=begun
    )
    place = EnrolmentFactory(cohort=third, person=person, follows=more)
    taken(first, -90, {begun: Mark.PRESENT})
    taken(second, -50, {more: Mark.ABSENT})
    shown = of(place)
    assert shown.held == 0
    assert shown.earlier is not None
    assert (shown.earlier.attended, shown.earlier.missed) == (1, 1)


def test_the_cohort_says_what_is_wanted_and_from_when_to_ask() -> None:
    cohort = CohortFactory(
        attendance_wanted=50, support_after=1, needs_by=NOW.date() - timedelta(days=1)
    )
    place = EnrolmentFactory(cohort=cohort)
    taken(cohort, -1, {place: Mark.ABSENT})
    a_session(cohort, days=1)
    shown = of(place)
    assert shown.wanted == 50
    assert shown.can_reach
    assert {each.code for each in shown.reasons} == {SupportReason.MISSED, SupportReason.NEEDS}


def test_whoever_left_keeps_their_figures() -> None:
    cohort = a_running_cohort()
    place = EnrolmentFactory(cohort=cohort, state=EnrolmentState.WITHDRAWN, ended_at=NOW)
    taken(cohort, -1, {place: Mark.ABSENT})
    a_session(cohort, days=1)
    shown = of(place)
    assert (shown.missed, shown.to_come, shown.reasons) == (1, 0, ())


@pytest.mark.parametrize("people", [1, 3, 30])
def test_it_takes_as_many_queries_however_many_there_are(
    people: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    cohort = a_running_cohort()
    places = [EnrolmentFactory(cohort=cohort) for _ in range(people)]
    for days in range(-people, 0):
        taken(cohort, days, dict.fromkeys(places, Mark.LATE))
    follows = EnrolmentFactory(state=EnrolmentState.DEFERRED, ended_at=NOW, person=places[0].person)
    places[0].follows = follows
    places[0].save()
    held = Enrolment.objects.filter(cohort=cohort)
    with django_assert_num_queries(4):
        standing_of(held.select_related("cohort"), at=NOW)
    with django_assert_num_queries(5):
        standing_of(held, at=NOW)
    with django_assert_num_queries(0):
        assert standing_of([], at=NOW) == {}
