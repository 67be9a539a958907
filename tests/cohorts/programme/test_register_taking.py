"""Taking a register: who is on it, when, what merges, what two people must settle, what follows."""

from datetime import timedelta
from typing import Any

import pytest

from cohorts.programme.enums import CatchUp, EnrolmentState, Mark
from cohorts.programme.kinds.register import CatchUpRecorded, RegisterDue, SessionMissed
from cohorts.programme.models import Attendance, Enrolment, Session
from cohorts.programme.services.register import (
    Choice,
    confirm_catch_up,
    errors,
    registers_due,
    reopen_catch_up,
    report_catch_up,
    save_register,
)
from lic_site.accounts.models import AuditEvent, Person
from lic_site.notices.enums import State
from lic_site.notices.models import Notice
from tests.factories.people import PersonFactory
from tests.factories.programme import EnrolmentFactory
from tests.factories.running import LearningSetFactory, a_running_cohort, a_session, a_slot, in_set
from tests.support.people import NOW

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]


@pytest.fixture
def leader() -> Person:
    made: Person = PersonFactory(given_name="Femi", family_name="Leads")
    return made


@pytest.fixture
def held(leader: Person) -> Session:
    """A session yesterday with three participants."""
    return a_session(a_running_cohort(members=3), days=-1, leads=leader)


def expected(session: Session) -> list[Enrolment]:
    return list(Enrolment.objects.on_register(session))


def save(session: Session, marks: dict[int, Any], *, seen: int = 0, **values: Any) -> Session:
    """``marks`` by the id of the place: a mark, or a choice."""
    choices = {pk: each if isinstance(each, Choice) else Choice(each) for pk, each in marks.items()}
    by = values.pop("by", None) or session.facilitators.get().person
    return save_register(
        session=session, choices=choices, seen=seen, by=by, at=values.pop("at", NOW)
    )


def everybody(session: Session, mark: Mark = Mark.PRESENT) -> dict[int, Mark]:
    return {place.pk: mark for place in expected(session)}


def marks_of(session: Session) -> dict[int, str]:
    return dict(Attendance.objects.filter(session=session).values_list("enrolment", "mark"))


def missed_notices() -> Any:
    return Notice.objects.filter(kind="programme.session_missed")


def test_a_register_is_taken_once_everybody_has_a_mark(held: Session, leader: Person) -> None:
    first, *others = expected(held)
    saved = save(held, {first.pk: Mark.LATE})
    assert saved.register_taken_at is None
    assert saved.register_revision == 1
    saved = save(held, {each.pk: Mark.PRESENT for each in others}, seen=1)
    assert (saved.register_taken_at, saved.register_taken_by) == (NOW, leader)
    assert saved.register_revision == 2
    assert AuditEvent.objects.filter(verb="programme.register_taken").count() == 1
    told = AuditEvent.objects.filter(verb="programme.attendance_marked")
    assert set(told.values_list("subject_id", flat=True)) == {
        each.person_id for each in (first, *others)
    }


def test_who_is_expected_is_who_had_a_place_then(held: Session) -> None:
    cohort = held.cohort
    left_before, left_after, joined_after = (
        EnrolmentFactory(cohort=cohort, enrolled_at=NOW - timedelta(days=50)) for _ in range(3)
    )
    for place, days in ((left_before, 3), (left_after, 0)):
        place.state, place.ended_at = EnrolmentState.WITHDRAWN, NOW - timedelta(days=days)
        place.save()
    joined_after.enrolled_at = NOW
    joined_after.save()
    names = {place.pk for place in expected(held)}
    assert left_after.pk in names
    assert not {left_before.pk, joined_after.pk} & names


def test_a_mark_already_made_stays_when_its_person_leaves(held: Session) -> None:
    save(held, everybody(held))
    gone = expected(held)[0]
    Enrolment.objects.filter(pk=gone.pk).update(
        state=EnrolmentState.WITHDRAWN, ended_at=held.starts_at - timedelta(days=9)
    )
    assert gone in expected(held)
    save(held, {gone.pk: Mark.LATE}, seen=1)
    assert marks_of(held)[gone.pk] == Mark.LATE


def test_a_set_meeting_is_its_sets_and_coaching_is_one_persons() -> None:
    cohort = a_running_cohort(members=2)
    learning_set = LearningSetFactory(cohort=cohort)
    mine = in_set(learning_set)
    assert expected(a_session(cohort, days=-1, learning_set=learning_set)) == [mine]
    assert expected(a_slot(cohort, days=-1, participant=mine)) == [mine]
    assert expected(a_slot(cohort, days=-1)) == []


def test_it_cannot_be_taken_before_the_day_but_from_its_first_minute() -> None:
    session = a_session(a_running_cohort(members=1), days=1, leads=PersonFactory())
    midnight = session.starts_at.replace(hour=0)
    with pytest.raises(errors.NotYetHeld):
        save(session, everybody(session), at=midnight - timedelta(seconds=1))
    save(session, everybody(session), at=midnight)
    assert marks_of(session)


def test_a_cancelled_session_has_none(held: Session) -> None:
    held.cancelled_at = NOW
    held.save()
    with pytest.raises(errors.SessionCancelled):
        save(held, everybody(held))


def test_nobody_else_can_be_marked(held: Session) -> None:
    with pytest.raises(errors.NotExpected):
        save(held, {**everybody(held), EnrolmentFactory().pk: Mark.PRESENT})
    assert not marks_of(held)


def test_marks_for_different_people_merge_quietly(held: Session) -> None:
    first, second, third = expected(held)
    save(held, {first.pk: Mark.PRESENT})
    save(held, {second.pk: Mark.LATE, third.pk: Mark.ABSENT}, seen=0)
    assert list(marks_of(held).values()) == [Mark.PRESENT, Mark.LATE, Mark.ABSENT]


def test_the_same_marks_merge_quietly(held: Session) -> None:
    save(held, everybody(held))
    save(held, everybody(held), seen=0)
    held.refresh_from_db()
    assert held.register_revision == 1


def test_what_the_second_did_not_touch_gives_way_to_the_first(held: Session) -> None:
    first, second, _ = expected(held)
    save(held, everybody(held))
    save(held, {first.pk: Choice(Mark.LATE, was=Mark.PRESENT)}, seen=1)
    untouched = {each.pk: Choice(Mark.PRESENT, was=Mark.PRESENT) for each in expected(held)}
    save(held, {**untouched, second.pk: Choice(Mark.ABSENT, was=Mark.PRESENT)}, seen=1)
    marks = marks_of(held)
    assert (marks[first.pk], marks[second.pk]) == (Mark.LATE, Mark.ABSENT)


def test_where_two_disagree_the_second_is_asked_and_nothing_is_written(held: Session) -> None:
    first, second, third = expected(held)
    save(held, everybody(held))
    other = PersonFactory()
    yours = {
        first.pk: Choice(Mark.ABSENT),
        second.pk: Choice(Mark.PRESENT),
        third.pk: Choice(Mark.LATE, was=Mark.PRESENT),
    }
    with pytest.raises(errors.RegisterChanged) as refused:
        save(held, yours, seen=0, by=other)
    (clash,) = refused.value.clashes
    assert (clash.enrolment_id, clash.theirs, clash.yours, clash.by) == (
        first.pk,
        Mark.PRESENT,
        Mark.ABSENT,
        "Femi Leads",
    )
    assert set(marks_of(held).values()) == {Mark.PRESENT}
    save(held, yours, seen=1, by=other)
    assert list(marks_of(held).values()) == [Mark.ABSENT, Mark.PRESENT, Mark.LATE]


def test_whoever_missed_hears_once_after_time_to_correct(held: Session) -> None:
    first, second, third = expected(held)
    marks = {first.pk: Mark.ABSENT, second.pk: Mark.APOLOGIES, third.pk: Mark.PRESENT}
    save(held, marks)
    save(held, marks, seen=1)
    assert {notice.recipient_id for notice in missed_notices()} == {
        first.person_id,
        second.person_id,
    }
    assert {notice.due_at for notice in missed_notices()} == {NOW + timedelta(hours=2)}
    assert set(
        Attendance.objects.missed().filter(session=held).values_list("catch_up", flat=True)
    ) == {CatchUp.OFFERED}


def test_nobody_hears_until_the_register_is_whole_nor_of_a_session_long_ago(
    leader: Person,
) -> None:
    cohort = a_running_cohort(members=2)
    half, old = (a_session(cohort, days=days, leads=leader) for days in (-1, -60))
    save(half, {expected(half)[0].pk: Mark.ABSENT})
    Enrolment.objects.update(enrolled_at=NOW - timedelta(days=90))
    save(old, everybody(old, Mark.ABSENT))
    assert not missed_notices().exists()


def test_a_mark_put_right_calls_the_message_off_and_wrong_again_brings_it_back(
    held: Session,
) -> None:
    place = expected(held)[0]
    save(held, {**everybody(held), place.pk: Mark.ABSENT})
    missed = Attendance.objects.get(session=held, enrolment=place)
    assert SessionMissed().is_wanted(missed, place.person)
    save(held, {place.pk: Mark.LATE}, seen=1)
    missed.refresh_from_db()
    assert not SessionMissed().is_wanted(missed, place.person)
    assert missed.catch_up == ""
    assert missed_notices().get().state == State.CANCELLED
    save(held, {place.pk: Mark.ABSENT}, seen=2)
    assert missed_notices().get().state == State.PENDING


@pytest.fixture
def missed(held: Session) -> Attendance:
    save(held, everybody(held, Mark.ABSENT))
    return Attendance.objects.filter(session=held).select_related("enrolment__person")[0]


def test_a_participant_says_they_caught_up_and_it_is_confirmed(
    missed: Attendance, leader: Person
) -> None:
    person = missed.enrolment.person
    with pytest.raises(errors.WordsMissing):
        report_catch_up(attendance=missed, words=" ", by=person, at=NOW)
    said = report_catch_up(attendance=missed, words="Read it all. ", by=person, at=NOW)
    assert (said.catch_up, said.catch_up_words) == (CatchUp.REPORTED, "Read it all.")
    assert not SessionMissed().is_wanted(said, person)
    done = confirm_catch_up(attendance=missed, by=leader, at=NOW)
    assert done.catch_up == CatchUp.DONE
    assert CatchUpRecorded().is_wanted(done, person)
    assert Notice.objects.filter(kind="programme.catch_up_recorded", recipient=person).count() == 1
    for verb in (confirm_catch_up, lambda **all: report_catch_up(words="x", **all)):
        with pytest.raises(errors.AlreadyCaughtUp):
            verb(attendance=missed, by=leader, at=NOW)


def test_a_confirmation_by_mistake_is_taken_back(missed: Attendance, leader: Person) -> None:
    confirm_catch_up(attendance=missed, by=leader, at=NOW)
    again = reopen_catch_up(attendance=missed, by=leader, at=NOW)
    assert again.catch_up == CatchUp.OFFERED
    assert not CatchUpRecorded().is_wanted(again, leader)
    assert Notice.objects.get(kind="programme.catch_up_recorded").state == State.CANCELLED


def test_there_is_nothing_to_catch_up_on_for_whoever_came(held: Session, leader: Person) -> None:
    save(held, everybody(held))
    came = Attendance.objects.filter(session=held)[0]
    for verb in (confirm_catch_up, reopen_catch_up):
        with pytest.raises(errors.NothingToCatchUp):
            verb(attendance=came, by=leader, at=NOW)


def test_nobody_confirms_that_they_caught_up_themselves(held: Session, leader: Person) -> None:
    save(held, everybody(held, Mark.ABSENT))
    missed = Attendance.objects.filter(session=held)[0]
    with pytest.raises(errors.OwnCatchUp):
        confirm_catch_up(attendance=missed, by=missed.enrolment.person, at=NOW)
    missed.refresh_from_db()
    assert missed.catch_up == CatchUp.OFFERED


def test_registers_are_due_until_they_are_taken(held: Session, leader: Person) -> None:
    a_session(held.cohort, days=1)
    a_session(held.cohort, days=-2, cancelled_at=NOW)
    a_slot(held.cohort, days=-2)
    assert list(registers_due(NOW)) == [held]
    (due,) = RegisterDue().due(NOW - timedelta(days=2), NOW)
    assert (due.person, due.anchor, due.anchor_at) == (leader, held, held.ends_at)
    assert RegisterDue().is_wanted(held, leader)
    taken = save(held, everybody(held))
    assert not registers_due(NOW).exists()
    assert not RegisterDue().is_wanted(taken, leader)
