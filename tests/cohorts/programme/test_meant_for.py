"""For whom a session's messages are meant, so that staff see who has not had one."""

import pytest

from cohorts.programme.enums import CohortState
from cohorts.programme.models import Apology, Session
from cohorts.programme.services.sessions import telling
from lic_site.accounts.models import Person
from lic_site.notices.models import Notice
from lic_site.notices.protocol import kinds
from lic_site.notices.services.missing import meant_for, missing, send_to_missing
from tests.factories.people import staff
from tests.factories.programme import EnrolmentFactory
from tests.factories.running import DAY, a_running_cohort, a_session, a_slot
from tests.support.people import NOW

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]


@pytest.fixture
def leader() -> Person:
    return staff()


@pytest.fixture
def session(leader: Person) -> Session:
    """In a week, three expected, one of whom cannot come."""
    session = a_session(a_running_cohort(members=3), days=7, leads=leader)
    place = session.cohort.enrolments.order_by("pk")[0]
    Apology.objects.create(session=session, enrolment=place, sent_at=NOW)
    return session


def meant(kind: str, session: Session) -> set[int]:
    people = kinds()[f"programme.{kind}"].meant_for(session)
    assert people is not None
    return set(people.values_list("pk", flat=True))


def test_each_kind_about_a_session_knows_for_whom_it_is(session: Session, leader: Person) -> None:
    expected = list(session.cohort.enrolments.order_by("pk").values_list("person", flat=True))
    assert meant("session_changed", session) == {*expected, leader.pk}
    assert meant("session_cancelled", session) == {*expected, leader.pk}
    assert meant("session_soon", session) == set(expected[1:]), "not who cannot come"
    assert meant("materials_ready", session) == set(expected)
    assert meant("facilitator_soon", session) == meant("facilitator_named", session) == {leader.pk}


def test_a_booked_slot_is_for_whoever_booked_it(session: Session) -> None:
    place = session.cohort.enrolments.all()[0]
    assert meant("slot_booked", a_slot(session.cohort, days=3)) == set()
    booked = a_slot(session.cohort, days=4, participant=place)
    assert meant("slot_booked", booked) == {place.person_id}


def test_nobody_is_told_of_a_cohort_that_is_not_told(session: Session) -> None:
    session.cohort.state = CohortState.DRAFT
    assert meant("session_changed", session) == set()


def test_other_kinds_cannot_say() -> None:
    assert kinds()["programme.application_received"].meant_for(None) is None


def test_whoever_joined_after_a_session_moved_is_found_and_told_once(
    session: Session, leader: Person
) -> None:
    telling.tell_all("programme.session_changed", session, at=NOW, key="2")
    notice = Notice.objects.filter(kind="programme.session_changed").earliest("pk")
    assert missing(notice, meant_for(notice)) == []
    joined = EnrolmentFactory(cohort=session.cohort, enrolled_at=NOW - DAY)
    assert missing(notice, meant_for(notice)) == [joined.person]
    assert send_to_missing(notice=notice, by=leader, at=NOW) == 1
    telling.tell_all("programme.session_changed", session, at=NOW, key="2")
    assert Notice.objects.filter(recipient=joined.person).count() == 1
