"""The life of a place: left for now or for good, moved, gone on with, brought back."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest

from cohorts.programme.enums import (
    ApplicationState,
    CohortState,
    EnrolmentReason,
    EnrolmentState,
    OfferState,
)
from cohorts.programme.models import Application, Cohort, Enrolment, EnrolmentEvent
from cohorts.programme.services import enrolments, offers, submission
from cohorts.programme.services.enrolments import errors
from cohorts.programme.services.steps import TakesPartAlready
from lic_site.accounts.models import AuditEvent, Person
from lic_site.notices.models import Notice
from tests.factories.people import staff
from tests.factories.programme import EnrolmentFactory
from tests.factories.running import a_running_cohort, a_slot
from tests.factories.selection import a_cohort, enrolled, offered, sent, waiting
from tests.support.people import NOW

pytestmark = pytest.mark.django_db

HEALTH = EnrolmentReason.HEALTH


@pytest.fixture
def admin() -> Person:
    return staff()


def kinds_to(person: Person) -> list[str]:
    return list(Notice.objects.filter(recipient=person).values_list("kind", flat=True))


def steps_of(enrolment: Enrolment) -> list[str]:
    return list(enrolment.events.values_list("step", flat=True))


def confirmed(**fields: Any) -> Cohort:
    return a_cohort(CohortState.CONFIRMED, **fields)


class TestDeferring:
    def test_it_is_kept_in_the_history_with_its_reason_and_told(self, admin: Person) -> None:
        place, later = enrolled(confirmed()), confirmed()
        enrolments.defer(
            enrolment=place, reason=HEALTH, note="Until May.", until=later, by=admin, at=NOW
        )
        place.refresh_from_db()
        assert (place.state, place.reason, place.ended_at) == (EnrolmentState.DEFERRED, HEALTH, NOW)
        assert place.deferred_to == later
        event = place.events.get()
        assert (event.step, event.reason, event.note) == ("deferred", HEALTH, "Until May.")
        assert kinds_to(place.person) == ["programme.deferred"]
        audited = AuditEvent.objects.get(verb="programme.place_deferred")
        assert (audited.actor_id, audited.subject_id) == (admin.pk, place.person_id)

    def test_the_next_on_the_waiting_list_is_offered_the_place(self, admin: Person) -> None:
        cohort = confirmed(places=1)
        place, first = enrolled(cohort), waiting(cohort, 1)
        enrolments.defer(enrolment=place, reason=HEALTH, by=admin, at=NOW)
        first.refresh_from_db()
        assert first.state == ApplicationState.OFFERED

    def test_once_the_cohort_runs_nobody_moves_up(self, admin: Person) -> None:
        cohort = a_running_cohort(places=1, members=1)
        first = waiting(cohort, 1)
        enrolments.defer(enrolment=cohort.enrolments.get(), reason=HEALTH, by=admin, at=NOW)
        first.refresh_from_db()
        assert first.state == ApplicationState.WAITLISTED

    def test_booked_coaching_ahead_is_freed_and_what_was_held_stays(self, admin: Person) -> None:
        cohort = a_running_cohort(members=1)
        place = cohort.enrolments.get()
        past = a_slot(cohort, days=-3, participant=place)
        ahead = a_slot(cohort, days=3, participant=place)
        enrolments.defer(enrolment=place, reason=HEALTH, by=admin, at=NOW)
        past.refresh_from_db()
        ahead.refresh_from_db()
        assert (ahead.participant, ahead.booked_at) == (None, None)
        assert past.participant == place

    def test_nobody_means_to_go_on_in_the_same_cohort_or_one_that_is_over(
        self, admin: Person
    ) -> None:
        place = enrolled(cohort := confirmed())
        for until in (cohort, a_cohort(CohortState.COMPLETE), a_cohort(CohortState.DRAFT)):
            with pytest.raises(errors.WrongCohort):
                enrolments.defer(enrolment=place, reason=HEALTH, until=until, by=admin, at=NOW)
        assert not place.events.exists()

    def test_deferring_twice_defers_once(self, admin: Person) -> None:
        place = enrolled(confirmed())
        enrolments.defer(enrolment=place, reason=HEALTH, by=admin, at=NOW)
        with pytest.raises(errors.NotTakingPart):
            enrolments.defer(enrolment=place, reason=HEALTH, by=admin, at=NOW)
        assert steps_of(place) == ["deferred"]


class TestWithdrawing:
    def test_the_place_is_left_and_the_application_keeps_its_answer(self) -> None:
        place = enrolled(cohort := confirmed(places=1))
        first = waiting(cohort, 1)
        enrolments.withdraw_place(enrolment=place, reason=HEALTH, by=place.person, at=NOW)
        place.refresh_from_db()
        assert (place.state, place.ended_at) == (EnrolmentState.WITHDRAWN, NOW)
        assert place.application is not None
        assert place.application.state == ApplicationState.ACCEPTED
        first.refresh_from_db()
        assert first.state == ApplicationState.OFFERED
        assert kinds_to(place.person) == ["programme.withdrawn_place"]

    def test_who_deferred_may_leave_for_good(self, admin: Person) -> None:
        place = enrolled(confirmed())
        enrolments.defer(enrolment=place, reason=HEALTH, until=confirmed(), by=admin, at=NOW)
        enrolments.withdraw_place(enrolment=place, reason=HEALTH, by=admin, at=NOW)
        place.refresh_from_db()
        assert (place.state, place.deferred_to) == (EnrolmentState.WITHDRAWN, None)
        assert steps_of(place) == ["deferred", "withdrawn"]

    def test_who_has_gone_on_elsewhere_leaves_there(self, admin: Person) -> None:
        place = enrolled(confirmed())
        enrolments.transfer(enrolment=place, to=confirmed(), by=admin, at=NOW)
        with pytest.raises(errors.WentOn):
            enrolments.withdraw_place(enrolment=place, reason=HEALTH, by=admin, at=NOW)

    def test_withdrawing_the_application_is_kept_in_the_places_history(self) -> None:
        place = enrolled(confirmed())
        assert place.application is not None
        submission.withdraw_application(application=place.application, by=place.person, at=NOW)
        assert steps_of(place) == ["withdrawn"]


class TestTransferring:
    def test_a_new_place_follows_the_old_at_once(self, admin: Person) -> None:
        place, to = enrolled(cohort := confirmed(places=1)), a_running_cohort(places=1)
        first = waiting(cohort, 1)
        new = enrolments.transfer(
            enrolment=place, to=to, reason=EnrolmentReason.DATES, by=admin, at=NOW
        )
        place.refresh_from_db()
        assert (new.cohort, new.person, new.follows) == (to, place.person, place)
        assert (new.state, place.state) == (EnrolmentState.ACTIVE, EnrolmentState.DEFERRED)
        assert (steps_of(place), steps_of(new)) == (["transferred"], ["resumed"])
        assert (new.entry_job_title, new.entry_organisation) == (
            place.person.job_title,
            place.person.organisation,
        )
        assert kinds_to(place.person) == ["programme.transferred"]
        first.refresh_from_db()
        assert first.state == ApplicationState.OFFERED

    def test_a_full_cohort_is_refused_and_nothing_is_lost(self, admin: Person) -> None:
        place, full = enrolled(confirmed()), confirmed(places=1)
        offered(full)
        with pytest.raises(errors.NoPlaceThere, match="nothing was changed"):
            enrolments.transfer(enrolment=place, to=full, by=admin, at=NOW)
        place.refresh_from_db()
        assert place.state == EnrolmentState.ACTIVE
        assert not place.events.exists()
        assert not kinds_to(place.person)

    def test_only_to_another_cohort_that_has_opened_and_is_not_over(self, admin: Person) -> None:
        place = enrolled(cohort := confirmed())
        wrong = [a_cohort(state) for state in (CohortState.DRAFT, CohortState.ARCHIVED)]
        for to in (cohort, *wrong):
            with pytest.raises(errors.WrongCohort):
                enrolments.transfer(enrolment=place, to=to, by=admin, at=NOW)

    def test_not_where_the_person_takes_part_or_waits_for_an_answer(self, admin: Person) -> None:
        place, there, asked = enrolled(confirmed()), confirmed(), confirmed()
        EnrolmentFactory(cohort=there, person=place.person)
        with pytest.raises(TakesPartAlready):
            enrolments.transfer(enrolment=place, to=there, by=admin, at=NOW)
        sent(asked, applicant=place.person)
        with pytest.raises(errors.AppliedThere):
            enrolments.transfer(enrolment=place, to=asked, by=admin, at=NOW)
        assert not EnrolmentEvent.objects.exists()

    def test_an_offer_is_not_accepted_by_somebody_who_takes_part_already(self) -> None:
        offer = offered(cohort := confirmed())
        EnrolmentFactory(cohort=cohort, person=(person := offer.application.applicant))
        with pytest.raises(TakesPartAlready):
            offers.accept_offer(offer=offer, committed=True, by=person, at=NOW)
        offer.refresh_from_db()
        assert offer.state == OfferState.OPEN

    def test_who_has_left_is_not_moved(self, admin: Person) -> None:
        place = enrolled(confirmed())
        enrolments.withdraw_place(enrolment=place, reason=HEALTH, by=admin, at=NOW)
        with pytest.raises(errors.NotTakingPart):
            enrolments.transfer(enrolment=place, to=confirmed(), by=admin, at=NOW)


class TestResuming:
    def test_who_deferred_takes_a_place_in_a_later_cohort(self, admin: Person) -> None:
        place, later = enrolled(confirmed()), confirmed()
        enrolments.defer(enrolment=place, reason=HEALTH, by=admin, at=NOW)
        new = enrolments.resume(enrolment=place, to=later, by=admin, at=NOW + timedelta(days=9))
        place.refresh_from_db()
        assert (new.follows, new.cohort, new.committed_at) == (place, later, None)
        assert (place.state, place.deferred_to) == (EnrolmentState.DEFERRED, later)
        assert steps_of(new) == ["resumed"]
        assert kinds_to(place.person) == ["programme.deferred", "programme.resumed"]

    def test_once(self, admin: Person) -> None:
        place = enrolled(confirmed())
        with pytest.raises(errors.NotDeferred):
            enrolments.resume(enrolment=place, to=confirmed(), by=admin, at=NOW)
        enrolments.defer(enrolment=place, reason=HEALTH, by=admin, at=NOW)
        enrolments.resume(enrolment=place, to=confirmed(), by=admin, at=NOW)
        with pytest.raises(errors.WentOn):
            enrolments.resume(enrolment=place, to=confirmed(), by=admin, at=NOW)

    def test_even_after_the_cohort_that_was_left_is_over(self, admin: Person) -> None:
        cohort = a_cohort(CohortState.COMPLETE)
        place = EnrolmentFactory(cohort=cohort, state=EnrolmentState.DEFERRED, ended_at=NOW)
        assert enrolments.resume(enrolment=place, to=confirmed(), by=admin, at=NOW).follows == place


class TestComingBack:
    @pytest.mark.parametrize("leave", [enrolments.defer, enrolments.withdraw_place])
    def test_what_was_left_is_held_again(self, admin: Person, leave: Callable[..., Any]) -> None:
        place = enrolled(confirmed())
        leave(enrolment=place, reason=HEALTH, by=admin, at=NOW)
        enrolments.reinstate(enrolment=place, by=admin, at=NOW)
        place.refresh_from_db()
        assert (place.state, place.reason, place.ended_at) == (EnrolmentState.ACTIVE, "", None)
        assert steps_of(place)[1] == "reinstated"
        assert kinds_to(place.person)[1] == "programme.reinstated"

    def test_an_application_withdrawn_with_its_place_is_accepted_again(self, admin: Person) -> None:
        place = enrolled(confirmed())
        assert place.application is not None
        submission.withdraw_application(application=place.application, by=place.person, at=NOW)
        place = Enrolment.objects.get(pk=place.pk)
        enrolments.reinstate(enrolment=place, by=admin, at=NOW)
        assert Application.objects.get().state == ApplicationState.ACCEPTED

    def test_not_where_the_place_was_given_to_somebody_else(self, admin: Person) -> None:
        place = enrolled(cohort := confirmed(places=1))
        waiting(cohort, 1)
        enrolments.defer(enrolment=place, reason=HEALTH, by=admin, at=NOW)
        with pytest.raises(errors.NoPlaceToReturnTo):
            enrolments.reinstate(enrolment=place, by=admin, at=NOW)

    def test_not_who_never_left_or_went_on_or_is_there_again(self, admin: Person) -> None:
        place = enrolled(cohort := confirmed())
        with pytest.raises(errors.NothingToUndo):
            enrolments.reinstate(enrolment=place, by=admin, at=NOW)
        enrolments.transfer(enrolment=place, to=confirmed(), by=admin, at=NOW)
        with pytest.raises(errors.WentOn):
            enrolments.reinstate(enrolment=place, by=admin, at=NOW)
        gone = EnrolmentFactory(cohort=cohort, state=EnrolmentState.WITHDRAWN, ended_at=NOW)
        EnrolmentFactory(cohort=cohort, person=gone.person)
        with pytest.raises(TakesPartAlready):
            enrolments.reinstate(enrolment=gone, by=admin, at=NOW)


@pytest.mark.parametrize("state", [CohortState.COMPLETE, CohortState.ARCHIVED])
def test_in_a_cohort_that_is_over_places_no_longer_change(admin: Person, state: str) -> None:
    cohort = a_cohort(CohortState(state))
    place = enrolled(cohort)
    left = EnrolmentFactory(cohort=cohort, state=EnrolmentState.WITHDRAWN, ended_at=NOW)
    for act in (
        lambda: enrolments.defer(enrolment=place, reason=HEALTH, by=admin, at=NOW),
        lambda: enrolments.withdraw_place(enrolment=place, reason=HEALTH, by=admin, at=NOW),
        lambda: enrolments.transfer(enrolment=place, to=confirmed(), by=admin, at=NOW),
        lambda: enrolments.reinstate(enrolment=left, by=admin, at=NOW),
    ):
        with pytest.raises(errors.CohortOver):
            act()


def test_nobody_gives_themselves_a_place(admin: Person) -> None:
    own = EnrolmentFactory(cohort=confirmed(), person=admin)
    with pytest.raises(errors.OwnPlace):
        enrolments.transfer(enrolment=own, to=confirmed(), by=admin, at=NOW)
    enrolments.defer(enrolment=own, reason=HEALTH, by=admin, at=NOW)
    for act in (
        lambda: enrolments.resume(enrolment=own, to=confirmed(), by=admin, at=NOW),
        lambda: enrolments.reinstate(enrolment=own, by=admin, at=NOW),
    ):
        with pytest.raises(errors.OwnPlace):
            act()
