"""What participants and facilitators are written to about their dates, and when no longer."""

from datetime import datetime, timedelta
from typing import Any

import pytest
from time_machine import Traveller

from cohorts.programme.enums import CohortState, EnrolmentState
from cohorts.programme.kinds import sessions as kinds
from cohorts.programme.models import Apology, Cohort, Enrolment, LearningSet, Session
from cohorts.programme.services.sessions import planning
from lic_site.accounts.models import Person
from lic_site.notices.enums import State
from lic_site.notices.models import Notice, ReminderRule
from lic_site.notices.protocol import NoticeKind
from lic_site.notices.services import drain, plan
from tests.factories.people import PersonFactory
from tests.factories.running import (
    DAY,
    LearningSetFactory,
    a_running_cohort,
    a_session,
    a_slot,
    in_set,
)
from tests.support.people import NOW

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]

ABOUT_TIME: list[type[NoticeKind]] = [
    kinds.SessionSoon,
    kinds.SessionChanged,
    kinds.SessionCancelled,
    kinds.FacilitatorNamed,
    kinds.FacilitatorSoon,
]
ALL = [pytest.param(kind(), id=kind.name) for kind in ABOUT_TIME]
TO_LEADERS = {"programme.facilitator_named", "programme.facilitator_soon"}


@pytest.fixture
def session() -> Session:
    cohort = a_running_cohort(members=1)
    return a_session(cohort, days=8, leads=PersonFactory())


def recipient(kind: NoticeKind, session: Session) -> Person:
    if kind.name in TO_LEADERS:
        return session.facilitators.get().person
    return session.cohort.enrolments.get().person


def wanted(kind: NoticeKind, session: Session) -> bool:
    return kind.is_wanted(kind.anchor(session.pk), recipient(kind, session))


@pytest.mark.parametrize("kind", ALL)
def test_each_is_wanted_while_it_is_true_and_says_what_its_sample_says(
    kind: NoticeKind, session: Session
) -> None:
    if kind.name == "programme.session_cancelled":
        Session.objects.update(cancelled_at=NOW)
    found = kind.anchor(session.pk)
    assert found == session
    person = recipient(kind, session)
    assert kind.is_wanted(found, person)
    said = kind.context(found, person)
    assert set(said) == set(kind.sample())
    where = "/my/sessions/" if kind.name in TO_LEADERS else f"/my/cohorts/{session.cohort.slug}/"
    assert where in said["link"]
    assert kind.anchor(0) is None
    assert not kind.is_wanted(found, PersonFactory()), "not to somebody it is not for"


@pytest.mark.parametrize("kind", ALL)
def test_none_is_wanted_of_a_plan_nor_once_the_session_is_over(
    kind: NoticeKind, session: Session, clock: Traveller
) -> None:
    if kind.name == "programme.session_cancelled":
        Session.objects.update(cancelled_at=NOW)
    assert wanted(kind, session)
    Cohort.objects.update(state=CohortState.OPEN)
    assert not wanted(kind, session)
    Cohort.objects.update(state=CohortState.RUNNING)
    clock.move_to(session.ends_at)
    assert not wanted(kind, session)


@pytest.mark.parametrize("kind", ALL)
def test_only_the_cancellation_is_wanted_of_what_is_cancelled(
    kind: NoticeKind, session: Session
) -> None:
    Session.objects.update(cancelled_at=NOW)
    assert wanted(kind, session) == (kind.name == "programme.session_cancelled")


def test_whoever_left_or_cannot_come_is_not_reminded(session: Session) -> None:
    soon, place = kinds.SessionSoon(), Enrolment.objects.get()
    apology = Apology.objects.create(session=session, enrolment=place, sent_at=NOW)
    assert not wanted(soon, session)
    assert not [*soon.due(NOW, NOW + 30 * DAY)]
    assert wanted(kinds.SessionChanged(), session), "they may be able to come to the new time"
    apology.delete()
    Enrolment.objects.update(state=EnrolmentState.WITHDRAWN, ended_at=NOW)
    assert not wanted(soon, session)


def test_reminders_go_to_those_whom_each_session_is_for() -> None:
    cohort = a_running_cohort()
    first, unnamed = LearningSetFactory(cohort=cohort), LearningSetFactory(cohort=cohort)
    mine, theirs = in_set(first), in_set(unnamed)
    LearningSet.objects.filter(pk=unnamed.pk).update(named_at=None)
    whole = a_session(cohort, days=3)
    of_set = a_session(cohort, days=4, learning_set=first)
    a_session(cohort, days=5, learning_set=unnamed)
    a_slot(cohort, days=6)
    booked = a_slot(cohort, days=7, participant=theirs)
    due = {(each.anchor.pk, each.person) for each in kinds.SessionSoon().due(NOW, NOW + 9 * DAY)}
    assert due == {
        (whole.pk, mine.person),
        (whole.pk, theirs.person),
        (of_set.pk, mine.person),
        (booked.pk, theirs.person),
    }


def test_facilitators_of_sessions_and_sets_are_reminded_of_what_somebody_comes_to() -> None:
    cohort, leads = a_running_cohort(), PersonFactory()
    own_set = LearningSetFactory(cohort=cohort, facilitator=PersonFactory())
    member = in_set(own_set)
    a_session(cohort, days=3, leads=leads)
    a_session(cohort, days=3, learning_set=own_set)
    a_slot(cohort, days=3, leads=leads)
    a_slot(cohort, days=4, leads=leads, participant=member)
    due = [each.person for each in kinds.FacilitatorSoon().due(NOW, NOW + 9 * DAY)]
    assert due == [leads, own_set.facilitator, leads]


def deliver(at: datetime, clock: Traveller) -> None:
    clock.move_to(at)
    plan(at=at)
    drain(seconds=20)


def states(kind: str) -> list[tuple[str, int | None]]:
    notices = Notice.objects.filter(kind=kind).order_by("pk")
    return list(notices.values_list("state", "revision"))


def test_a_move_takes_unsent_reminders_along(
    session: Session, admin: Person, clock: Traveller, mailoutbox: list[Any]
) -> None:
    """Planned for a week before; moved a week on, it goes a week later, and once."""
    plan(at=NOW)
    ReminderRule.objects.update(planned_until=NOW)
    week_before = session.starts_at - 7 * DAY
    clock.move_to(week_before)
    plan(at=week_before)
    assert states("programme.session_soon") == [(State.PENDING, 1)]
    moved = planning.move_session(
        session=session,
        starts_at=session.starts_at + 7 * DAY,
        ends_at=session.ends_at + 7 * DAY,
        place="",
        link="",
        by=admin,
        at=week_before,
    )
    deliver(week_before + timedelta(minutes=1), clock)
    assert states("programme.session_soon") == [(State.CANCELLED, 1)]
    deliver(moved.starts_at - 7 * DAY, clock)
    deliver(moved.starts_at - 7 * DAY + timedelta(hours=1), clock)
    assert states("programme.session_soon") == [(State.CANCELLED, 1), (State.SENT, 2)]


def test_a_cancelled_session_is_not_reminded_of(
    session: Session, admin: Person, clock: Traveller, mailoutbox: list[Any]
) -> None:
    plan(at=NOW)
    ReminderRule.objects.update(planned_until=NOW)
    planning.cancel_session(session=session, because="The trains.", by=admin, at=NOW)
    deliver(NOW + timedelta(minutes=1), clock)
    deliver(session.starts_at - DAY, clock)
    assert states("programme.session_soon") == []
    assert states("programme.facilitator_soon") == []
    assert {state for state, _ in states("programme.session_cancelled")} == {State.SENT}
    assert all("The trains." in letter.body for letter in mailoutbox)
    assert not any(session.title in letter.subject for letter in mailoutbox)
