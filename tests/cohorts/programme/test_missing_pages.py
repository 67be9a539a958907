"""Saying that one cannot come, and catching up: a participant's own pages."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client

from cohorts.programme.enums import CatchUp, EnrolmentState, Mark
from cohorts.programme.kinds.register import ApologiesReceived
from cohorts.programme.models import Apology, Attendance, Enrolment, Session
from lic_site.accounts.models import Person
from lic_site.notices.enums import State
from lic_site.notices.models import Notice
from tests.cohorts.programme.staffing import text_of, url
from tests.factories.people import PersonFactory, staff
from tests.factories.running import (
    AttendanceFactory,
    LearningSetFactory,
    MaterialFactory,
    a_running_cohort,
    a_session,
    in_set,
)
from tests.support.people import NOW, Cast, SignedIn

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]


@pytest.fixture
def leader() -> Person:
    made: Person = PersonFactory()
    return made


@pytest.fixture
def place(cast: Cast, leader: Person) -> Enrolment:
    """Alice, in a set that somebody facilitates."""
    cohort = a_running_cohort(slug="winter")
    return in_set(LearningSetFactory(cohort=cohort, facilitator=leader), cast.owner)


@pytest.fixture
def ahead(place: Enrolment, leader: Person) -> Session:
    return a_session(place.cohort, days=7, leads=leader, title="Leading change")


def address(session: Session) -> str:
    return url("apologise", "winter", session.pk)


def notices() -> Any:
    return Notice.objects.filter(kind="programme.apologies_received")


def test_a_participant_cannot_come_says_why_and_can_after_all(
    alice: Client, ahead: Session, place: Enrolment, leader: Person
) -> None:
    page = text_of(alice, address(ahead))
    assert "Whoever leads this session" in page
    assert "You need not give a reason" in page
    told = alice.post(address(ahead), {"words": "A funeral.", "do": "send"}, follow=True)
    assert "We know that you cannot come" in told.content.decode()
    apology = Apology.objects.get()
    assert (apology.enrolment, apology.words) == (place, "A funeral.")
    assert notices().get().recipient == leader
    assert ApologiesReceived().is_wanted(ahead, leader)
    changing = text_of(alice, f"{address(ahead)}?change")
    assert "A funeral." in changing
    alice.post(address(ahead), {"words": "", "do": "send"})
    assert Apology.objects.get().words == ""
    back = alice.post(address(ahead), {"do": "withdraw"}, follow=True).content.decode()
    assert "you are expected again" in back
    assert not Apology.objects.exists()
    assert notices().get().state == State.CANCELLED
    assert not ApologiesReceived().is_wanted(ahead, leader)
    assert alice.post(address(ahead), {"do": "withdraw"}).status_code == 302


def test_whoever_leads_hears_once_a_day_and_session(
    ahead: Session, alice: Client, signed_in: SignedIn, clock: Any
) -> None:
    colleague = in_set(LearningSetFactory(cohort=ahead.cohort))
    for browser in (alice, signed_in(colleague.person)):
        browser.post(address(ahead), {"do": "send"})
    assert notices().count() == 1
    clock.shift(timedelta(days=1))
    alice.post(address(ahead), {"do": "send", "words": "Still away."})
    assert notices().count() == 2


def test_a_sets_facilitator_hears_of_its_meetings(
    place: Enrolment, alice: Client, leader: Person
) -> None:
    meeting = a_session(place.cohort, days=3, learning_set=place.learning_set)
    alice.post(address(meeting), {"do": "send"})
    assert notices().get().recipient == leader


def test_once_it_has_started_or_is_cancelled_it_is_too_late(
    alice: Client, ahead: Session, clock: Any
) -> None:
    ahead.cancelled_at = NOW
    ahead.save()
    assert "was cancelled" in text_of(alice, address(ahead))
    refused = alice.post(address(ahead), {"words": "Kept.", "do": "send"}).content.decode()
    assert "was cancelled" in refused
    ahead.cancelled_at = None
    ahead.save()
    clock.move_to(ahead.starts_at)
    assert "tell whoever leads it" in text_of(alice, address(ahead))
    assert "has started" in alice.post(address(ahead), {"do": "send"}).content.decode()
    assert not Apology.objects.exists()


def test_nobody_else_can_apologise_there(
    place: Enrolment,
    ahead: Session,
    cast: Cast,
    signed_in: SignedIn,
    leader: Person,
    client: Client,
) -> None:
    gone = in_set(LearningSetFactory(cohort=place.cohort), cast.colleague)
    gone.state, gone.ended_at = EnrolmentState.WITHDRAWN, NOW
    gone.save()
    for person in (cast.colleague, cast.stranger, leader, staff()):
        assert signed_in(person).get(address(ahead)).status_code == 404
    assert client.get(address(ahead)).status_code == 302
    others = a_session(place.cohort, days=3, learning_set=LearningSetFactory(cohort=place.cohort))
    assert signed_in(cast.owner).get(address(others)).status_code == 404
    elsewhere = url("apologise", "spring", ahead.pk)
    assert signed_in(cast.owner).get(elsewhere).status_code == 404


@pytest.fixture
def missed(place: Enrolment, leader: Person) -> Attendance:
    session = a_session(place.cohort, days=-3, leads=leader, register_taken_at=NOW)
    made: Attendance = AttendanceFactory(
        session=session, enrolment=place, mark=Mark.ABSENT, catch_up=CatchUp.OFFERED
    )
    return made


def test_a_participant_catches_up_and_says_so_in_a_line(alice: Client, missed: Attendance) -> None:
    where = url("catch_up", "winter", missed.session_id)
    assert where in text_of(alice, url("my_session", "winter", missed.session_id))
    assert "Nothing is shared yet" in text_of(alice, where)
    MaterialFactory(session=missed.session, title="The slides")
    MaterialFactory(session=missed.session, title="Not yet", shared_at=None)
    page = text_of(alice, where)
    assert "The slides" in page
    assert "Not yet" not in page
    empty = alice.post(where, {"words": ""}).content.decode()
    assert "Say in one line how you caught up." in empty
    told = alice.post(where, {"words": "Read them."}, follow=True).content.decode()
    assert "Waiting to be confirmed" in told
    missed.refresh_from_db()
    assert (missed.catch_up, missed.catch_up_words) == (CatchUp.REPORTED, "Read them.")
    missed.catch_up = CatchUp.DONE
    missed.save()
    assert "You have caught up" in text_of(alice, where)
    assert "recorded already" in alice.post(where, {"words": "Twice."}).content.decode()


def test_only_whoever_missed_it_has_a_page_to_catch_up(
    missed: Attendance, cast: Cast, signed_in: SignedIn, leader: Person, client: Client
) -> None:
    where = url("catch_up", "winter", missed.session_id)
    for person in (cast.colleague, cast.stranger, leader, staff()):
        assert signed_in(person).get(where).status_code == 404
    assert client.get(where).status_code == 302
    missed.mark = Mark.LATE
    missed.save()
    assert signed_in(cast.owner).get(where).status_code == 404
