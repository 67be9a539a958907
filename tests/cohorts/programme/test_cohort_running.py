"""A cohort starts, is completed, is put away: by the clock, by hand; what stands in the way."""

from datetime import UTC, date, datetime, timedelta

import pytest

from cohorts.programme.enums import ApplicationState, CohortState, EnrolmentState
from cohorts.programme.kinds.places import WaitingEnded
from cohorts.programme.models import Cohort
from cohorts.programme.services import cohorts, errors
from cohorts.programme.services.cohorts import running
from cohorts.programme.tasks import start_tick
from lic_site.accounts.models import AuditEvent, Person
from lic_site.notices.models import Notice
from tests.factories.people import staff
from tests.factories.programme import EnrolmentFactory
from tests.factories.running import DAY, a_running_cohort, a_session, a_slot
from tests.factories.selection import a_cohort, offered, waiting
from tests.support.people import NOW

pytestmark = pytest.mark.django_db


@pytest.fixture
def admin() -> Person:
    return staff()


def state_of(cohort: Cohort) -> str:
    cohort.refresh_from_db()
    return cohort.state


class TestStarting:
    @pytest.mark.parametrize(
        ("at", "state"),
        [
            (datetime(2027, 6, 30, 22, 59, tzinfo=UTC), CohortState.CONFIRMED),
            (datetime(2027, 6, 30, 23, 0, tzinfo=UTC), CohortState.RUNNING),
        ],
    )
    def test_the_clock_starts_it_at_midnight_in_london(self, at: datetime, state: str) -> None:
        cohort = a_cohort(CohortState.CONFIRMED, starts_on=date(2027, 7, 1))
        assert start_tick(at) == (state == CohortState.RUNNING)
        assert start_tick(at) == 0
        assert state_of(cohort) == state

    def test_the_clock_leaves_alone_what_is_not_confirmed(self) -> None:
        cohort = a_cohort(CohortState.SELECTING, starts_on=NOW.date())
        assert start_tick(NOW) == 0
        assert state_of(cohort) == CohortState.SELECTING

    def test_of_two_clocks_one_starts_it(self, monkeypatch: pytest.MonkeyPatch) -> None:
        cohort = a_cohort(CohortState.CONFIRMED, starts_on=NOW.date())
        cohorts.start_due(NOW)
        assert running._start_one(cohort.pk, NOW) == 0

    def test_the_waiting_list_ends_and_everybody_on_it_hears(self, admin: Person) -> None:
        cohort = a_cohort(CohortState.CONFIRMED)
        one = waiting(cohort, 1)
        cohorts.start_cohort(cohort=cohort, by=admin, at=NOW)
        one.refresh_from_db()
        assert (one.state, one.waitlist_position) == (ApplicationState.REJECTED, None)
        notice = Notice.objects.get(recipient=one.applicant)
        assert notice.kind == "programme.waiting_ended"
        kind = WaitingEnded()
        anchor = kind.anchor(one.pk)
        assert anchor is not None
        assert kind.is_wanted(anchor, one.applicant)
        assert kind.context(anchor, one.applicant).keys() == kind.sample().keys()

    def test_by_hand_not_while_an_offer_waits(self, admin: Person) -> None:
        cohort = a_cohort(CohortState.CONFIRMED)
        offered(cohort)
        with pytest.raises(errors.LiveOffers, match="1 offer still waits"):
            cohorts.start_cohort(cohort=cohort, by=admin, at=NOW)

    def test_by_hand_only_once_it_is_confirmed(self, admin: Person) -> None:
        with pytest.raises(running.NotConfirmed):
            cohorts.start_cohort(cohort=a_cohort(), by=admin, at=NOW)


class TestCompleting:
    def test_what_is_left_to_do_is_counted(self, admin: Person) -> None:
        cohort = a_running_cohort(members=2)
        member = cohort.enrolments.all()[0]
        a_session(cohort, days=-2)
        a_session(cohort, days=-3, register_taken_at=NOW)
        a_session(cohort, days=-4, cancelled_at=NOW)
        a_session(cohort, days=2)
        a_slot(cohort, days=3)
        a_slot(cohort, days=-3)
        a_slot(cohort, days=-5, participant=member)
        gone = EnrolmentFactory(cohort=cohort, state=EnrolmentState.WITHDRAWN, ended_at=NOW)
        a_session(cohort, days=-6, participant=gone)
        left = cohorts.remaining(cohort, NOW)
        assert left == cohorts.Remaining(ahead=1, registers=2, people=2)
        with pytest.raises(cohorts.NotFinished) as refused:
            cohorts.complete_cohort(cohort=cohort, by=admin, at=NOW)
        assert refused.value.remaining == left

    def test_it_is_complete_once_nothing_is_left(self, admin: Person) -> None:
        cohort = a_running_cohort()
        cohorts.complete_cohort(cohort=cohort, by=admin, at=NOW)
        assert state_of(cohort) == CohortState.COMPLETE
        assert cohort.completed_at == NOW
        assert AuditEvent.objects.filter(verb="programme.cohort_complete").exists()

    def test_it_can_be_taken_up_again_until_it_is_archived(self, admin: Person) -> None:
        cohort = a_running_cohort()
        cohorts.complete_cohort(cohort=cohort, by=admin, at=NOW)
        cohorts.reopen_cohort(cohort=cohort, by=admin, at=NOW)
        assert state_of(cohort) == CohortState.RUNNING
        assert cohort.completed_at is None
        cohorts.complete_cohort(cohort=cohort, by=admin, at=NOW)
        cohorts.archive_cohort(cohort=cohort, by=admin, at=NOW + DAY)
        assert (state_of(cohort), cohort.archived_at) == (CohortState.ARCHIVED, NOW + DAY)
        with pytest.raises(running.NotComplete):
            cohorts.reopen_cohort(cohort=cohort, by=admin, at=NOW)
        with pytest.raises(running.NotComplete):
            cohorts.archive_cohort(cohort=cohort, by=admin, at=NOW)
        with pytest.raises(cohorts.Archived):
            cohorts.change_cohort(cohort=cohort, by=admin, at=NOW, name="Another")

    def test_only_what_runs_is_completed(self, admin: Person) -> None:
        with pytest.raises(running.NotRunning):
            cohorts.complete_cohort(cohort=a_cohort(), by=admin, at=NOW)


def test_a_copy_keeps_what_completing_asks_for(admin: Person) -> None:
    cohort = a_running_cohort(attendance_wanted=70, support_after=3)
    copied = cohorts.copy_cohort(
        cohort=cohort,
        by=admin,
        at=NOW,
        name="Next",
        starts_on=cohort.starts_on + timedelta(days=365),
        ends_on=cohort.ends_on + timedelta(days=365),
        applications_open_at=NOW,
        applications_close_at=NOW + DAY,
        decisions_by=NOW.date(),
    )
    assert (copied.attendance_wanted, copied.support_after) == (70, 3)
