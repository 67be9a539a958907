"""What a reminder counts from moves or is cancelled after the clock has planned it and before it
went: it is called off at once, and the new time has its own.
"""

from datetime import date, datetime, timedelta
from typing import Any

import pytest
from time_machine import Traveller

from cohorts.programme.enums import CohortState, OfferState
from cohorts.programme.models import Application, Cohort, Enrolment, Offer, Session
from cohorts.programme.services import cohorts, offers
from cohorts.programme.services.needs import ask_needs, needs_due_on
from cohorts.programme.services.sessions import planning
from lic_site.accounts.models import Person
from lic_site.notices import services
from lic_site.notices.enums import Reason, State
from lic_site.notices.models import Notice
from tests.factories.people import PersonFactory, staff
from tests.factories.programme import ApplicationFactory, CohortFactory, OfferFactory
from tests.factories.running import DAY, a_running_cohort, a_session
from tests.support.people import NOW, SignedIn

pytestmark = pytest.mark.django_db

NINE = timedelta(hours=9)
WEEK = 7 * DAY


def midnight(moment: datetime) -> datetime:
    return moment.replace(hour=0, minute=0, second=0, microsecond=0)


class Planned:
    """The clock, moved to and planning at a moment; verbs act a minute later."""

    def __init__(self, clock: Traveller) -> None:
        self.clock = clock
        self.at = NOW
        services.plan(at=NOW)

    def go(self, at: datetime) -> None:
        """Nine o'clock on that day."""
        self.at = midnight(at) + NINE
        self.clock.move_to(self.at)
        services.plan(at=self.at)
        self.at += timedelta(minutes=1)


@pytest.fixture
def planned(clock: Traveller) -> Planned:
    return Planned(clock)


@pytest.fixture
def admin() -> Person:
    made: Person = PersonFactory()
    return made


def found(kind: str) -> list[tuple[str, str, int | None]]:
    notices = Notice.objects.filter(kind=kind).order_by("pk")
    return list(notices.values_list("state", "reason", "revision"))


WAITS, MOVED, GONE = (
    (State.PENDING, ""),
    (State.CANCELLED, Reason.MOVED),
    (State.CANCELLED, Reason.WITHDRAWN),
)


class TestSessions:
    KIND = "programme.session_soon"

    @pytest.fixture
    def session(self, planned: Planned) -> Session:
        """Twenty days ahead; a week before it, its reminder is planned and not sent."""
        session = a_session(a_running_cohort(members=1), days=20)
        planned.go(session.starts_at - WEEK)
        assert found(self.KIND) == [(*WAITS, 1)]
        return session

    @staticmethod
    def move(session: Session, to: datetime, *, by: Person, at: datetime) -> Session:
        ends_at = to + timedelta(hours=6)
        return planning.move_session(
            session=session, starts_at=to, ends_at=ends_at, place="", link="", by=by, at=at
        )

    def test_moved_later(self, session: Session, planned: Planned, admin: Person) -> None:
        self.move(session, session.starts_at + WEEK, by=admin, at=planned.at)
        assert found(self.KIND) == [(*MOVED, 1)]
        planned.go(session.starts_at)
        assert found(self.KIND) == [(*MOVED, 1), (*WAITS, 2)]

    def test_moved_earlier(self, session: Session, planned: Planned, admin: Person) -> None:
        """Less than a week is left: the day before it is the next to come."""
        self.move(session, session.starts_at - 4 * DAY, by=admin, at=planned.at)
        planned.go(session.starts_at - 6 * DAY)
        assert found(self.KIND) == [(*MOVED, 1)]
        planned.go(session.starts_at - 5 * DAY)
        assert found(self.KIND) == [(*MOVED, 1), (*WAITS, 2)]

    def test_cancelled(self, session: Session, planned: Planned, admin: Person) -> None:
        planning.cancel_session(session=session, because="Trains", by=admin, at=planned.at)
        assert found(self.KIND) == [(*GONE, 1)]
        planned.go(session.starts_at - DAY)
        assert found(self.KIND) == [(*GONE, 1)]

    def test_moved_twice_and_back(self, session: Session, planned: Planned, admin: Person) -> None:
        """The second move leads back to the first day, minutes later: reminded of once."""
        self.move(session, session.starts_at + WEEK, by=admin, at=planned.at)
        self.move(session, session.starts_at, by=admin, at=planned.at)
        services.plan(at=planned.at + timedelta(minutes=1))
        assert found(self.KIND) == [(*MOVED, 1), (*WAITS, 3)]


class TestApplicationsClose:
    KIND = "programme.draft_closing"

    @pytest.fixture
    def cohort(self, planned: Planned) -> Cohort:
        """A draft in a cohort that closes in a week."""
        cohort: Cohort = CohortFactory()
        ApplicationFactory(cohort=cohort)
        planned.go(cohort.applications_close_at - WEEK)
        assert found(self.KIND) == [(*WAITS, 1)]
        return cohort

    def test_staff_see_that_it_went_and_not_whose_draft_it_is(
        self, cohort: Cohort, signed_in: SignedIn
    ) -> None:
        page = signed_in(staff()).get(f"/staff/messages/all/?kind={self.KIND}").text
        assert "Somebody with an unsent application" in page
        assert Application.objects.get().applicant.family_name not in page

    @staticmethod
    def move(cohort: Cohort, to: datetime, *, by: Person, at: datetime) -> None:
        cohorts.move_deadlines(
            cohort=cohort,
            applications_open_at=cohort.applications_open_at,
            applications_close_at=to,
            decisions_by=cohort.decisions_by,
            by=by,
            at=at,
        )

    @pytest.mark.parametrize("days", [3, 7, -4])
    def test_moved(self, days: int, cohort: Cohort, planned: Planned, admin: Person) -> None:
        closes_at = cohort.applications_close_at + days * DAY
        self.move(cohort, closes_at, by=admin, at=planned.at)
        assert found(self.KIND) == [(*MOVED, 1)]
        planned.go(closes_at - 2 * DAY)
        assert (*WAITS, 2) in found(self.KIND)

    def test_moved_and_back(self, cohort: Cohort, planned: Planned, admin: Person) -> None:
        closes_at = cohort.applications_close_at
        self.move(cohort, closes_at + WEEK, by=admin, at=planned.at)
        self.move(cohort, closes_at, by=admin, at=planned.at)
        services.plan(at=planned.at + timedelta(minutes=1))
        assert found(self.KIND) == [(*MOVED, 1), (*WAITS, 3)]

    def test_closed_before_its_time(self, cohort: Cohort, planned: Planned, admin: Person) -> None:
        cohorts.close_applications(cohort=cohort, by=admin, at=planned.at)
        assert found(self.KIND) == [(*MOVED, 1)]
        planned.go(cohort.applications_close_at - 2 * DAY)
        assert found(self.KIND) == [(*MOVED, 1)]

    def test_one_in_a_workers_hands_is_asked_about_again(
        self, cohort: Cohort, planned: Planned, admin: Person
    ) -> None:
        services.claim(at=planned.at)
        self.move(cohort, cohort.applications_close_at + WEEK, by=admin, at=planned.at)
        services.sweep(at=planned.at + DAY)
        planned.clock.move_to(planned.at + DAY)
        services.drain(seconds=1)
        assert found(self.KIND) == [(*MOVED, 1)]


class TestOffers:
    KIND = "programme.offer_deadline_near"

    @pytest.fixture
    def offer(self, planned: Planned) -> Offer:
        application = ApplicationFactory(
            cohort__state=CohortState.SELECTING, state="offered", complete=True
        )
        offer: Offer = OfferFactory(application=application)
        planned.go(offer.expires_at - 2 * DAY)
        assert found(self.KIND) == [(*WAITS, 1)]
        return offer

    def test_declined(self, offer: Offer, planned: Planned) -> None:
        offers.decline_offer(offer=offer, by=offer.application.applicant, at=planned.at)
        assert found(self.KIND) == [(*GONE, 1)]

    def test_taken_back(self, offer: Offer, planned: Planned, admin: Person) -> None:
        offers.take_back_offer(offer=offer, by=admin, at=planned.at, reason="A mistake")
        assert found(self.KIND) == [(*GONE, 1)]

    def test_lapsed(self, offer: Offer, planned: Planned) -> None:
        offers.lapse_overdue(offer.expires_at)
        assert Offer.objects.get().state == OfferState.LAPSED
        assert found(self.KIND) == [(*GONE, 1)]

    def test_a_second_offer_is_reminded_of_by_itself(
        self, offer: Offer, planned: Planned, admin: Person
    ) -> None:
        offers.take_back_offer(offer=offer, by=admin, at=planned.at, reason="A mistake")
        again: Any = offers.offer_place(
            application=Application.objects.get(), by=admin, at=planned.at
        )
        planned.go(again.expires_at - 2 * DAY)
        assert found(self.KIND) == [(*GONE, 1), (*WAITS, 1)]


class TestNeeds:
    KIND = "programme.needs_asked"

    @pytest.fixture
    def cohort(self, planned: Planned) -> Cohort:
        """Needs are wanted in twenty days; five days before, the second reminder is planned."""
        cohort = a_running_cohort(members=1, needs_by=(NOW + 20 * DAY).date())
        planned.go(NOW + 15 * DAY)
        assert [state for state, *_ in found(self.KIND)] == [State.PENDING] * 2
        Notice.objects.filter(key__contains=":-14d").delete()
        return cohort

    @staticmethod
    def move(cohort: Cohort, to: date | None, *, by: Person, at: datetime) -> None:
        cohorts.change_cohort(cohort=cohort, needs_by=to, by=by, at=at)

    @staticmethod
    def revision(cohort: Cohort) -> int:
        return needs_due_on(Cohort.objects.get(pk=cohort.pk)).toordinal()

    def test_moved_later(self, cohort: Cohort, planned: Planned, admin: Person) -> None:
        before = self.revision(cohort)
        self.move(cohort, (NOW + 30 * DAY).date(), by=admin, at=planned.at)
        assert found(self.KIND) == [(*MOVED, before)]
        planned.go(NOW + 25 * DAY)
        assert (*WAITS, before + 10) in found(self.KIND)

    def test_moved_and_back_what_was_called_off_goes_after_all(
        self, cohort: Cohort, planned: Planned, admin: Person
    ) -> None:
        before = self.revision(cohort)
        self.move(cohort, (NOW + 30 * DAY).date(), by=admin, at=planned.at)
        later = planned.at + timedelta(hours=2)
        self.move(cohort, (NOW + 20 * DAY).date(), by=admin, at=later)
        assert found(self.KIND) == [(*WAITS, before)]

    def test_but_not_when_it_has_become_useless(
        self, cohort: Cohort, planned: Planned, admin: Person
    ) -> None:
        before = self.revision(cohort)
        self.move(cohort, (NOW + 30 * DAY).date(), by=admin, at=planned.at)
        self.move(cohort, (NOW + 20 * DAY).date(), by=admin, at=NOW + 21 * DAY)
        assert found(self.KIND) == [(*MOVED, before)]

    def test_the_first_date_moves_the_day_where_the_cohort_says_none(
        self, planned: Planned, admin: Person
    ) -> None:
        cohort = a_running_cohort(members=1)
        session = a_session(cohort, days=41)
        planned.go(NOW + 15 * DAY)
        assert (*WAITS, self.revision(cohort)) in found(self.KIND)
        TestSessions.move(session, session.starts_at + WEEK, by=admin, at=planned.at)
        assert {row[:2] for row in found(self.KIND)} == {MOVED}

    def test_taking_out_the_first_date_moves_it_too(self, planned: Planned, admin: Person) -> None:
        cohort: Cohort = a_running_cohort(members=1)
        session = a_session(cohort, days=41)
        planned.go(NOW + 15 * DAY)
        Cohort.objects.update(state=CohortState.SELECTING)
        planning.remove_session(session=session, by=admin, at=planned.at)
        assert {row[:2] for row in found(self.KIND)} == {MOVED}

    def test_what_staff_sent_by_hand_stays(
        self, cohort: Cohort, planned: Planned, admin: Person
    ) -> None:
        ask_needs(enrolment=Enrolment.objects.get(), by=admin, at=planned.at)
        self.move(cohort, (NOW + 30 * DAY).date(), by=admin, at=planned.at)
        assert (*WAITS, None) in found(self.KIND)
