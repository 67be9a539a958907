"""Two people take one register at the same moment, on PostgreSQL; and the negative control."""

import pytest
from django.db import IntegrityError

from cohorts.programme.enums import Mark
from cohorts.programme.models import Attendance, Enrolment, Session
from cohorts.programme.services.register import Choice, marking
from cohorts.programme.services.register.errors import RegisterChanged
from tests.cohorts.programme.test_races import at_once, meet_after
from tests.factories.people import PersonFactory
from tests.factories.running import a_running_cohort, a_session
from tests.support.people import NOW

pytestmark = [pytest.mark.postgres, pytest.mark.django_db(transaction=True)]


def a_taken_register() -> Session:
    session = a_session(a_running_cohort(members=4), days=-1, leads=PersonFactory())
    places = Enrolment.objects.on_register(session)
    return marking.save_register(
        session=session,
        choices={place.pk: Choice(Mark.PRESENT) for place in places},
        seen=0,
        by=session.facilitators.get().person,
        at=NOW,
    )


def both(session: Session, choices: list[dict[int, Choice]]) -> list[object]:
    """Each set of choices by somebody of their own, all having opened the page at one time."""
    people = [PersonFactory() for _ in choices]
    return at_once(
        [
            lambda chosen=chosen, person=person: marking.save_register(
                session=session,
                choices=chosen,
                seen=session.register_revision,
                by=person,
                at=NOW,
            )
            for chosen, person in zip(choices, people, strict=True)
        ]
    )


def disagree() -> tuple[Session, list[object]]:
    session = a_taken_register()
    (pk, *_) = Enrolment.objects.on_register(session).values_list("pk", flat=True)
    marks = (Mark.ABSENT, Mark.LATE)
    return session, both(session, [{pk: Choice(mark, was=Mark.PRESENT)} for mark in marks])


def test_of_two_who_disagree_one_is_asked_and_nothing_is_overwritten() -> None:
    for _ in range(3):
        session, outcomes = disagree()
        (asked,) = [each for each in outcomes if isinstance(each, RegisterChanged)]
        (clash,) = asked.clashes
        session.refresh_from_db()
        assert session.register_revision == 2
        kept = Attendance.objects.get(session=session, enrolment=clash.enrolment_id)
        assert kept.mark == clash.theirs != clash.yours


def test_without_the_lock_one_overwrites_the_other(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(marking, "lock_session", lambda pk: Session.objects.get(pk=pk))
    monkeypatch.setattr(marking, "_differing", meet_after(marking._differing, 2))
    session, outcomes = disagree()
    assert not any(isinstance(each, RegisterChanged) for each in outcomes)
    assert len(outcomes) == 2
    session.refresh_from_db()
    assert session.register_revision == 2


def test_marks_for_different_people_at_once_are_all_kept() -> None:
    session = a_taken_register()
    places = Enrolment.objects.on_register(session).values_list("pk", flat=True)
    outcomes = both(session, [{pk: Choice(Mark.LATE, was=Mark.PRESENT)} for pk in places])
    assert all(isinstance(each, Session) for each in outcomes)
    session.refresh_from_db()
    assert session.register_revision == 1 + len(places)
    assert set(session.attendance.values_list("mark", flat=True)) == {Mark.LATE}


def test_the_database_holds_one_mark_a_person_and_session() -> None:
    session = a_taken_register()
    held = session.attendance.all()[0]
    with pytest.raises(IntegrityError):
        Attendance.objects.create(
            session=session, enrolment=held.enrolment, mark=Mark.LATE, marked_at=NOW
        )
