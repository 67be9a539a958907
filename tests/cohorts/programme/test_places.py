"""Offers, the waiting list and decisions: places are never exceeded, one decision wins."""

from datetime import date, timedelta

import pytest
from django.utils import timezone

from cohorts.programme.enums import (
    ApplicationState,
    CohortState,
    EnrolmentState,
    OfferState,
)
from cohorts.programme.models import Application, Cohort, Enrolment
from cohorts.programme.services import decisions, errors, offers, places
from cohorts.programme.tasks import lapse_tick
from lic_site.accounts.models import AuditEvent, Person
from lic_site.notices.models import Notice
from tests.factories.people import staff
from tests.factories.selection import a_cohort, a_reader, a_review, enrolled, offered, sent, waiting
from tests.support.people import NOW

pytestmark = pytest.mark.django_db


@pytest.fixture
def admin() -> Person:
    return staff()


def kinds_to(person: Person) -> list[str]:
    return list(Notice.objects.filter(recipient=person).values_list("kind", flat=True))


def test_an_offer_is_held_until_the_last_minute_of_its_day_and_told(admin: Person) -> None:
    application = sent(a_cohort(offer_days=7))
    offer = offers.offer_place(application=application, by=admin, at=NOW, reason="Strong.")
    local = timezone.localtime(offer.expires_at)
    assert (local.date(), local.hour, local.minute) == (date(2026, 11, 28), 23, 59)
    application.refresh_from_db()
    assert application.state == ApplicationState.OFFERED
    assert application.decision_reason == "Strong."
    assert kinds_to(application.applicant) == ["programme.place_offered"]
    assert AuditEvent.objects.filter(verb="programme.place_offered", actor_id=admin.pk).exists()
    assert application.events.get().state == ApplicationState.OFFERED


def test_an_offer_lapses_before_the_cohort_starts(admin: Person) -> None:
    cohort = a_cohort(starts_on=date(2026, 11, 24), offer_days=14)
    offer = offers.offer_place(application=sent(cohort), by=admin, at=NOW)
    assert timezone.localdate(offer.expires_at) == date(2026, 11, 23)


def test_no_place_is_offered_once_the_cohort_has_started(admin: Person) -> None:
    cohort = a_cohort(starts_on=date(2026, 11, 21))
    with pytest.raises(errors.CohortStarted):
        offers.offer_place(application=sent(cohort), by=admin, at=NOW)


def test_nobody_is_offered_a_place_while_applications_are_open(admin: Person) -> None:
    with pytest.raises(errors.NotChoosing):
        offers.offer_place(application=sent(a_cohort(CohortState.OPEN)), by=admin, at=NOW)


def test_places_taken_and_on_offer_leave_no_place(admin: Person) -> None:
    cohort = a_cohort(places=2)
    enrolled(cohort)
    offered(cohort)
    with pytest.raises(errors.NoPlaceLeft):
        offers.offer_place(application=sent(cohort), by=admin, at=NOW)


def test_of_two_decisions_the_second_is_refused(admin: Person) -> None:
    application = sent(a_cohort())
    offers.offer_place(application=application, by=admin, at=NOW)
    with pytest.raises(errors.AlreadyDecided, match=application.reference):
        offers.offer_place(application=application, by=admin, at=NOW)


def test_nobody_decides_on_their_own_application(admin: Person) -> None:
    own = sent(cohort := a_cohort(), applicant=admin)
    with pytest.raises(errors.OwnApplication):
        offers.offer_place(application=own, by=admin, at=NOW)
    with pytest.raises(errors.OwnApplication):
        decisions.not_offer(
            cohort=cohort, feedback={own: "No."}, by=admin, at=NOW, reason="x", unread_accepted=True
        )


def test_accepting_takes_the_place_says_so_and_asks_what_they_need() -> None:
    offer = offered(cohort := a_cohort())
    applicant = offer.application.applicant
    enrolment = offers.accept_offer(offer=offer, committed=True, by=applicant, at=NOW)
    assert (enrolment.cohort, enrolment.person) == (cohort, applicant)
    assert enrolment.committed_at == NOW
    assert enrolment.entry_job_title == offer.application.job_title
    assert enrolment.entry_grade_band == offer.application.grade_band
    assert enrolment.entry_organisation == offer.application.organisation
    event = enrolment.events.get()
    assert (event.step, event.by, event.at) == ("joined", applicant, NOW)
    offer.application.refresh_from_db()
    assert offer.application.state == ApplicationState.ACCEPTED
    assert kinds_to(applicant) == ["programme.place_accepted", "programme.needs_asked"]


def test_accepting_needs_the_commitment() -> None:
    offer = offered(a_cohort())
    with pytest.raises(errors.NotCommitted):
        offers.accept_offer(offer=offer, committed=False, by=offer.application.applicant, at=NOW)


def test_a_lapsed_offer_cannot_be_accepted_even_before_the_clock_has_seen_it() -> None:
    offer = offered(a_cohort(), expires_at=NOW)
    with pytest.raises(errors.OfferLapsed):
        offers.accept_offer(offer=offer, committed=True, by=offer.application.applicant, at=NOW)
    offers.lapse_overdue(NOW)
    with pytest.raises(errors.OfferLapsed):
        offers.accept_offer(offer=offer, committed=True, by=offer.application.applicant, at=NOW)
    assert not Enrolment.objects.exists()


def test_an_offer_is_answered_once() -> None:
    offer = offered(a_cohort())
    applicant = offer.application.applicant
    offers.accept_offer(offer=offer, committed=True, by=applicant, at=NOW)
    with pytest.raises(errors.OfferAnswered):
        offers.decline_offer(offer=offer, by=applicant, at=NOW)


def test_declining_offers_the_place_to_the_next_in_line() -> None:
    cohort = a_cohort(places=1)
    offer = offered(cohort)
    first, second = waiting(cohort, 1), waiting(cohort, 2)
    offers.decline_offer(offer=offer, by=offer.application.applicant, at=NOW)
    first.refresh_from_db()
    second.refresh_from_db()
    assert first.state == ApplicationState.OFFERED
    assert first.waitlist_position is None
    assert second.state == ApplicationState.WAITLISTED
    assert kinds_to(first.applicant) == ["programme.moved_up"]


def test_offer_expires_and_next_in_line_is_offered_by_the_clock() -> None:
    cohort = a_cohort(places=1)
    offer = offered(cohort, expires_at=NOW - timedelta(minutes=1))
    live = offered(other := a_cohort())
    first = waiting(cohort, 1)
    assert lapse_tick(NOW) == 1
    assert lapse_tick(NOW) == 0
    offer.refresh_from_db()
    first.refresh_from_db()
    live.refresh_from_db()
    assert offer.state == OfferState.LAPSED
    assert first.state == ApplicationState.OFFERED
    assert live.state == OfferState.OPEN
    assert kinds_to(offer.application.applicant) == ["programme.offer_lapsed"]
    assert other.state == CohortState.SELECTING


@pytest.mark.parametrize("was_read", [True, False])
def test_an_offer_taken_back_leaves_the_application_to_be_decided(
    admin: Person, was_read: bool
) -> None:
    cohort = a_cohort(places=1)
    offer = offered(cohort)
    first = waiting(cohort, 1)
    if was_read:
        a_review(offer.application, a_reader(cohort), points=3)
    offers.take_back_offer(offer=offer, by=admin, at=NOW, reason="A mistake.")
    offer.application.refresh_from_db()
    first.refresh_from_db()
    expected = ApplicationState.UNDER_REVIEW if was_read else ApplicationState.SUBMITTED
    assert offer.application.state == expected
    assert offer.application.decided_at is None
    assert first.state == ApplicationState.OFFERED
    assert kinds_to(offer.application.applicant) == ["programme.place_taken_back"]


def test_taking_back_needs_a_reason_and_an_open_offer(admin: Person) -> None:
    offer = offered(a_cohort())
    with pytest.raises(errors.ReasonMissing):
        offers.take_back_offer(offer=offer, by=admin, at=NOW, reason=" ")
    offers.decline_offer(offer=offer, by=offer.application.applicant, at=NOW)
    with pytest.raises(errors.OfferAnswered):
        offers.take_back_offer(offer=offer, by=admin, at=NOW, reason="Late.")


def test_a_withdrawal_lets_go_of_the_place() -> None:
    cohort = a_cohort(places=2)
    taken, on_offer = enrolled(cohort), offered(cohort)
    first, second = waiting(cohort, 1), waiting(cohort, 2)
    assert taken.application is not None
    places.release_place(application=taken.application, by=taken.person, at=NOW)
    places.release_place(application=on_offer.application, by=None, at=NOW)
    taken.refresh_from_db()
    on_offer.refresh_from_db()
    assert (taken.state, taken.ended_at) == (EnrolmentState.WITHDRAWN, NOW)
    event = taken.events.get()
    assert (event.step, event.reason, event.by) == ("withdrawn", "not_said", taken.person)
    assert on_offer.state == OfferState.DECLINED
    states = Application.objects.filter(pk__in=[first.pk, second.pk]).values_list("state")
    assert set(states) == {(ApplicationState.OFFERED,)}


@pytest.mark.parametrize(
    "fields", [{"state": CohortState.RUNNING}, {"starts_on": date(2026, 11, 21)}]
)
def test_nobody_moves_up_once_it_is_too_late(fields: dict[str, object]) -> None:
    cohort = a_cohort()
    waiting(cohort, 1)
    Cohort.objects.filter(pk=cohort.pk).update(**fields)
    assert places.promote(cohort_id=cohort.pk, at=NOW) == []


def test_nobody_moves_up_without_a_free_place() -> None:
    cohort = a_cohort(places=1)
    enrolled(cohort)
    waiting(cohort, 1)
    assert places.promote(cohort_id=cohort.pk, at=NOW) == []
