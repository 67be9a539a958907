"""What the programme asks about: sessions, months of learning sets, cohorts; and whom."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from cohorts.programme.enums import CohortState, EnrolmentState, Mark, SessionKind, SupportRoute
from cohorts.programme.models import LearningSet, ManagerSupport, Session, SessionFacilitator
from lic_site.accounts.models import Person
from lic_site.surveys.checks import subjects_fit
from lic_site.surveys.protocol import subjects
from tests.factories.people import ManagerRelationFactory, PersonFactory
from tests.factories.programme import ApplicationFactory, EnrolmentFactory
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
DAY = timedelta(days=1)
SESSION, SETS, COHORT = (subjects()[name] for name in ("session", "sets", "cohort"))


def people(found: Any) -> set[Person]:
    return set(found)


def a_meeting(learning_set: LearningSet, day: date, **values: Any) -> Session:
    starts_at = datetime(day.year, day.month, day.day, 10, tzinfo=UTC)
    return Session.objects.create(
        cohort=learning_set.cohort,
        learning_set=learning_set,
        title="Set",
        kind=SessionKind.LEARNING_SET,
        starts_at=starts_at,
        ends_at=starts_at + timedelta(hours=2),
        **values,
    )


def test_the_subjects_of_the_site_fit() -> None:
    assert subjects_fit() == []


def test_a_session_for_all_is_asked_about_and_no_other() -> None:
    cohort = a_running_cohort(members=1)
    day = a_session(cohort, days=2, title="Finding your voice")
    a_session(cohort, days=3, cancelled_at=NOW)
    a_session(cohort, days=3, learning_set=LearningSetFactory(cohort=cohort))
    a_slot(cohort, days=4)
    a_session(a_running_cohort(is_imported=True), days=2)
    found = list(SESSION.anchored("ends", NOW, NOW + 30 * DAY))
    assert [(each.pk, each.at) for each in found] == [(day.pk, day.ends_at)]
    about = SESSION.find([day.pk])[day.pk]
    assert about.words.startswith("Finding your voice, 2")
    assert (about.group, about.group_words) == (cohort.pk, cohort.name)
    assert about.href.endswith(f"/dates/{day.pk}/")
    assert [each.pk for each in SESSION.choices()] == [day.pk]


def test_the_window_is_open_before_and_closed_after() -> None:
    day = a_session(a_running_cohort(), days=2)
    assert list(SESSION.anchored("ends", day.ends_at, day.ends_at + DAY)) == []
    assert len(list(SESSION.anchored("ends", day.ends_at - DAY, day.ends_at))) == 1


def test_a_cancelled_session_has_no_anchor_and_nobody_to_ask() -> None:
    day = a_session(a_running_cohort(members=2), days=-1)
    assert SESSION.anchor(day.pk, "starts") == day.starts_at
    Session.objects.update(cancelled_at=NOW)
    assert SESSION.anchor(day.pk, "starts") is None
    assert people(SESSION.audience(day.pk, "expected")) == set()
    assert SESSION.companions(day.pk, PersonFactory()) == {}


def test_without_a_register_everybody_expected_is_asked_with_one_those_who_came() -> None:
    cohort, leader = a_running_cohort(), PersonFactory()
    day = a_session(cohort, days=-1, leads=leader)
    came, late, away = (
        EnrolmentFactory(cohort=cohort, enrolled_at=NOW - 60 * DAY) for _ in range(3)
    )
    assert people(SESSION.audience(day.pk, "attended")) == {came.person, late.person, away.person}
    for place, mark in ((came, Mark.PRESENT), (late, Mark.LATE), (away, Mark.ABSENT)):
        AttendanceFactory(session=day, enrolment=place, mark=mark)
    Session.objects.update(register_taken_at=NOW)
    assert people(SESSION.audience(day.pk, "attended")) == {came.person, late.person}
    assert people(SESSION.audience(day.pk, "expected")) == {came.person, late.person, away.person}
    assert people(SESSION.audience(day.pk, "facilitators")) == {leader}


def test_whoever_left_or_was_erased_is_not_asked() -> None:
    cohort = a_running_cohort()
    day = a_session(cohort, days=-1)
    long_since = {"cohort": cohort, "enrolled_at": NOW - 60 * DAY}
    EnrolmentFactory(**long_since, state=EnrolmentState.WITHDRAWN, ended_at=NOW)
    EnrolmentFactory(**long_since, person=PersonFactory(erased_at=NOW))
    stayed = EnrolmentFactory(**long_since)
    assert people(SESSION.audience(day.pk, "attended")) == {stayed.person}
    assert people(COHORT.audience(cohort.pk, "participants")) == {stayed.person}


def test_learning_sets_pool_to_their_cohort_a_month_at_a_time() -> None:
    cohort = a_running_cohort()
    one, two = LearningSetFactory.create_batch(2, cohort=cohort)
    first = a_meeting(one, date(2027, 3, 9))
    last = a_meeting(two, date(2027, 3, 23))
    april = a_meeting(one, date(2027, 4, 13))
    a_meeting(two, date(2027, 3, 1), cancelled_at=NOW)
    found = SETS.anchored("ends", NOW, NOW + 300 * DAY)
    assert {each.pk: each.at for each in found} == {
        first.pk: last.ends_at,
        april.pk: april.ends_at,
    }
    about = SETS.find([first.pk, last.pk])
    assert {pk: each.words for pk, each in about.items()} == {first.pk: "Learning sets, March 2027"}
    assert [each.pk for each in SETS.choices()] == [april.pk, first.pk]
    assert SETS.anchor(first.pk, "ends") == last.ends_at
    assert SETS.anchor(last.pk, "ends") is None


def test_a_month_of_learning_sets_is_londons() -> None:
    """The clocks went forward on 28 March 2027: half past eleven in the evening in London on
    31 March is half past ten in UTC.
    """
    learning_set = LearningSetFactory(cohort=a_running_cohort())
    starts_at = datetime(2027, 3, 31, 23, 30, tzinfo=UTC)
    late = a_meeting(learning_set, date(2027, 3, 10))
    april = Session.objects.create(
        cohort=learning_set.cohort,
        learning_set=learning_set,
        title="Set",
        starts_at=starts_at,
        ends_at=starts_at + timedelta(hours=1),
    )
    found = SETS.anchored("ends", NOW, datetime(2027, 4, 1, 12, tzinfo=UTC))
    assert [each.pk for each in found] == [late.pk, april.pk]
    after = SETS.anchored("ends", starts_at, starts_at + timedelta(hours=1))
    assert [each.pk for each in after] == [april.pk]


def test_everybody_who_came_to_a_set_is_asked_once() -> None:
    cohort, leader = a_running_cohort(), PersonFactory()
    one, two = (LearningSetFactory(cohort=cohort, facilitator=leader) for _ in range(2))
    members = [in_set(one), in_set(two)]
    first = a_meeting(one, date(2026, 11, 2))
    a_meeting(one, date(2026, 11, 9))
    a_meeting(two, date(2026, 11, 16))
    everybody = {each.person for each in members}
    assert people(SETS.audience(first.pk, "attended")) == everybody
    assert people(SETS.audience(first.pk, "expected")) == everybody
    assert people(SETS.audience(first.pk, "facilitators")) == {leader}
    assert people(SETS.audience(0, "attended")) == set()
    assert SETS.read_by(leader) == SETS.read_by(members[0].person) != set()
    assert SETS.companions(first.pk, members[0].person) == {
        "The facilitator of your learning set": leader
    }
    assert SETS.companions(0, leader) == {}


def test_a_cohort_starts_in_the_morning_and_ends_in_the_evening_london_time() -> None:
    cohort = a_running_cohort()
    type(cohort).objects.update(starts_on=date(2027, 3, 27), ends_on=date(2027, 3, 29))
    starts_at = datetime(2027, 3, 27, 9, tzinfo=UTC)
    ends_at = datetime(2027, 3, 29, 16, tzinfo=UTC)
    assert COHORT.anchor(cohort.pk, "starts") == starts_at
    assert COHORT.anchor(cohort.pk, "ends") == ends_at
    assert [each.at for each in COHORT.anchored("ends", starts_at, ends_at)] == [ends_at]
    assert list(COHORT.anchored("ends", ends_at, ends_at + DAY)) == []
    assert COHORT.anchor(0, "ends") is None


def test_drafts_and_cohorts_brought_in_are_not_asked_about() -> None:
    for values in ({"is_imported": True}, {}):
        a_running_cohort(**values)
    type(a_running_cohort()).objects.filter(is_imported=False).update(state=CohortState.DRAFT)
    assert list(COHORT.choices()) == []
    assert list(COHORT.anchored("ends", NOW, NOW + 400 * DAY)) == []


def test_managers_who_answered_are_asked_and_those_who_never_did_are_not() -> None:
    cohort = a_running_cohort()
    answered, silent = PersonFactory(), PersonFactory()
    for supporter, answer in ((answered, "yes"), (silent, "")):
        application = ApplicationFactory(cohort=cohort)
        EnrolmentFactory(cohort=cohort, application=application, person=application.applicant)
        ManagerSupport.objects.create(
            application=application,
            route=SupportRoute.MANAGER,
            supporter=supporter,
            asked_at=NOW,
            answer=answer,
            answered_at=NOW if answer else None,
        )
    assert people(COHORT.audience(cohort.pk, "managers")) == {answered}


def test_results_are_for_those_who_took_part_and_those_who_led() -> None:
    cohort, leader, other = a_running_cohort(), PersonFactory(), PersonFactory()
    member = EnrolmentFactory(cohort=cohort).person
    day = a_session(cohort, days=-1, leads=leader)
    later = a_session(cohort, days=3)
    assert SESSION.read_by(member) == {day.pk, later.pk}
    assert SESSION.read_by(leader) == {day.pk}
    assert COHORT.read_by(member) == COHORT.read_by(leader) == {cohort.pk}
    for subject in (SESSION, SETS, COHORT):
        assert not subject.read_by(other)


def test_an_answer_can_be_shared_with_the_manager_and_the_facilitator_of_the_set() -> None:
    cohort, leader, manager = a_running_cohort(), PersonFactory(), PersonFactory()
    learning_set = LearningSetFactory(cohort=cohort, facilitator=leader)
    member = in_set(learning_set).person
    ManagerRelationFactory(person=member, manager=manager, starts_on=date(2026, 1, 1))
    day = a_session(cohort, days=-1)
    SessionFacilitator.objects.create(session=day, person=leader, added_at=NOW)
    both = {"Your line manager": manager, "The facilitator of your learning set": leader}
    assert SESSION.companions(day.pk, member) == COHORT.companions(cohort.pk, member) == both
    assert COHORT.companions(cohort.pk, manager) == {}
    LearningSet.objects.update(named_at=None)
    assert COHORT.companions(cohort.pk, member) == {"Your line manager": manager}
