"""Dates that move, are cancelled or taken out, and who is told."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
import time_machine

from cohorts.programme.enums import CohortState
from cohorts.programme.models import Cohort, Session, SessionFacilitator
from cohorts.programme.services.sessions import errors, facilitators, planning
from lic_site.accounts.models import AuditEvent, Person
from lic_site.common.errors import Refusal
from lic_site.notices.models import Notice
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

type Move = Callable[..., Session]


@pytest.fixture
def move(admin: Person) -> Move:
    """Move a session by some days, everything else left as it is unless given."""

    def by_days(session: Session, days: int = 0, **values: Any) -> Session:
        plan = {
            "starts_at": session.starts_at + days * DAY,
            "ends_at": session.ends_at + days * DAY,
            "place": session.place,
            "link": session.link,
        }
        return planning.move_session(session=session, by=admin, at=NOW, **(plan | values))

    return by_days


def told(kind: str) -> list[int]:
    waiting = Notice.objects.filter(kind=f"programme.{kind}", state="pending")
    return sorted(waiting.values_list("recipient_id", flat=True))


def people_of(cohort: Cohort) -> list[int]:
    return sorted(cohort.enrolments.values_list("person_id", flat=True))


def test_a_move_raises_the_revision_and_tells_everybody_concerned(move: Move) -> None:
    cohort = a_running_cohort(members=2)
    leads = PersonFactory()
    session = a_session(cohort, days=7, leads=leads, place="County Hall")
    moved = move(session, 1, place="City Hall")
    assert moved.revision == 2
    assert (moved.earlier_starts_at, moved.earlier_place) == (session.starts_at, "County Hall")
    assert told("session_changed") == sorted([*people_of(cohort), leads.pk])
    event = AuditEvent.objects.get(verb="programme.session_moved")
    assert event.fields == ["ends_at", "place", "starts_at"]


def test_a_second_move_takes_the_place_of_the_first_message(move: Move) -> None:
    cohort = a_running_cohort(members=1)
    again = move(move(a_session(cohort, days=7), 1), 1)
    assert again.revision == 3
    assert told("session_changed") == people_of(cohort)


def test_a_move_that_changes_nothing_tells_nobody(move: Move) -> None:
    session = a_session(a_running_cohort(members=1), days=7)
    assert move(session).revision == 1
    assert not told("session_changed")


def test_only_those_it_is_for_are_told(move: Move) -> None:
    cohort = a_running_cohort(members=1)
    ours, unnamed = (
        LearningSetFactory(cohort=cohort),
        LearningSetFactory(cohort=cohort, named_at=None),
    )
    mine = in_set(ours)
    in_set(unnamed)
    move(a_session(cohort, days=7, learning_set=ours), 1)
    move(a_session(cohort, days=9, learning_set=unnamed), 1)
    assert told("session_changed") == [mine.person_id]
    move(a_session(cohort, days=12, participant=mine, learning_set=None), 1)
    assert told("session_changed") == [mine.person_id, mine.person_id]


@pytest.mark.parametrize("state", [CohortState.DRAFT, CohortState.OPEN, CohortState.SELECTING])
def test_nobody_is_told_of_plans(move: Move, admin: Person, state: CohortState) -> None:
    cohort = a_running_cohort(members=1)
    session = a_session(cohort, days=7, leads=PersonFactory())
    Cohort.objects.update(state=state)
    moved = move(session, 1)
    planning.cancel_session(session=moved, because="No.", by=admin, at=NOW)
    facilitators.add_facilitator(session=session, person=PersonFactory(), by=admin, at=NOW)
    assert not Notice.objects.exists()


def test_cancelling_tells_and_calls_off_what_waits(move: Move, admin: Person) -> None:
    cohort = a_running_cohort(members=2)
    session = move(a_session(cohort, days=7), 1)
    gone = planning.cancel_session(session=session, because="Trains.", by=admin, at=NOW)
    assert (gone.cancelled_at, gone.cancelled_because, gone.revision) == (NOW, "Trains.", 3)
    assert not told("session_changed")
    assert told("session_cancelled") == people_of(cohort)


def refused(error: type[Refusal], act: Callable[[], object]) -> None:
    with pytest.raises(error) as raised:
        act()
    assert str(raised.value).endswith(".")


def test_what_is_over_begun_or_cancelled_does_not_move(move: Move, admin: Person) -> None:
    cohort = a_running_cohort()
    session, begun = a_session(cohort, days=7), a_session(cohort, days=-1)
    refused(errors.MovedIntoPast, lambda: move(session, -8))
    refused(errors.Begun, lambda: move(begun, 20))
    refused(errors.EndsBeforeItStarts, lambda: move(session, ends_at=session.starts_at))
    gone = planning.cancel_session(session=session, because="", by=admin, at=NOW)
    refused(errors.Cancelled, lambda: move(gone, 1))
    refused(
        errors.Cancelled,
        lambda: planning.cancel_session(session=gone, because="", by=admin, at=NOW),
    )
    refused(
        errors.Begun,
        lambda: planning.cancel_session(session=begun, because="", by=admin, at=NOW),
    )
    Session.objects.filter(pk=begun.pk).update(register_taken_at=NOW)
    refused(
        errors.RegisterTaken,
        lambda: planning.cancel_session(session=begun, because="", by=admin, at=NOW),
    )
    Cohort.objects.update(state=CohortState.COMPLETE)
    refused(errors.CohortIsOver, lambda: move(session, 1))


def test_what_people_know_of_is_moved_or_cancelled_not_taken_out(admin: Person) -> None:
    cohort = a_running_cohort(members=1)
    session = a_session(cohort, days=7)
    refused(errors.Told, lambda: planning.remove_session(session=session, by=admin, at=NOW))
    refused(
        errors.Told,
        lambda: planning.save_session(session=session, by=admin, at=NOW, place="Elsewhere"),
    )
    renamed = planning.save_session(session=session, by=admin, at=NOW, title="New name")
    assert renamed.title == "New name"
    planning.remove_session(session=a_slot(cohort, days=9), by=admin, at=NOW)
    held = a_slot(cohort, days=9, participant=cohort.enrolments.get())
    refused(errors.Told, lambda: planning.remove_session(session=held, by=admin, at=NOW))
    Cohort.objects.update(state=CohortState.OPEN)
    planning.remove_session(session=session, by=admin, at=NOW)
    assert not Session.objects.filter(is_slot=False).exists()


def test_a_set_of_another_cohort_is_refused(admin: Person) -> None:
    session = Session(cohort=a_running_cohort())
    refused(
        errors.NotOfThisCohort,
        lambda: planning.save_session(
            session=session,
            by=admin,
            at=NOW,
            title="x",
            starts_at=NOW + DAY,
            ends_at=NOW + DAY + timedelta(hours=1),
            learning_set=LearningSetFactory(),
        ),
    )


def test_a_facilitator_is_told_once_and_not_after_being_taken_off(admin: Person) -> None:
    session, leads = a_session(a_running_cohort(), days=7), PersonFactory()
    facilitators.add_facilitator(session=session, person=leads, by=admin, at=NOW)
    assert told("facilitator_named") == [leads.pk]
    refused(
        errors.LeadsAlready,
        lambda: facilitators.add_facilitator(session=session, person=leads, by=admin, at=NOW),
    )
    facilitators.remove_facilitator(session=session, person=leads, by=admin, at=NOW)
    facilitators.remove_facilitator(session=session, person=leads, by=admin, at=NOW)
    assert not told("facilitator_named")
    assert AuditEvent.objects.filter(verb="programme.facilitator_removed").count() == 1
    with time_machine.travel(NOW + DAY, tick=False):
        facilitators.add_facilitator(session=session, person=leads, by=admin, at=NOW + DAY)
    assert told("facilitator_named") == [leads.pk]


def test_nobody_leads_the_cohort_that_they_take_part_in(admin: Person) -> None:
    cohort = a_running_cohort(members=1)
    session, member = a_session(cohort, days=7), cohort.enrolments.get().person
    refused(
        errors.TakesPart,
        lambda: facilitators.add_facilitator(session=session, person=member, by=admin, at=NOW),
    )


def test_facilitators_of_a_plan_are_told_when_it_is_confirmed(admin: Person) -> None:
    cohort = a_running_cohort()
    Cohort.objects.update(state=CohortState.SELECTING)
    session, leads = a_session(cohort, days=7), PersonFactory()
    facilitators.add_facilitator(session=session, person=leads, by=admin, at=NOW)
    a_session(cohort, days=-7, leads=PersonFactory())
    assert not told("facilitator_named")
    facilitators.tell_facilitators(cohort=cohort, at=NOW)
    facilitators.tell_facilitators(cohort=cohort, at=NOW)
    assert told("facilitator_named") == [leads.pk]
    Cohort.objects.update(state=CohortState.COMPLETE)
    refused(
        errors.CohortIsOver,
        lambda: facilitators.add_facilitator(
            session=session, person=PersonFactory(), by=admin, at=NOW
        ),
    )
    assert SessionFacilitator.objects.count() == 2
