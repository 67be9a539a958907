"""Deciding on many at once: all or none, with feedback, and not before two have read."""

from typing import Any

import pytest

from cohorts.programme.enums import (
    ApplicationState,
    CohortState,
    ReviewState,
)
from cohorts.programme.models import Application, Offer
from cohorts.programme.services import decisions, errors, places
from lic_site.accounts.models import Person
from lic_site.notices.models import Notice
from tests.factories.people import staff
from tests.factories.selection import a_cohort, a_reader, a_review, enrolled, offered, sent
from tests.support.people import NOW

pytestmark = pytest.mark.django_db


@pytest.fixture
def admin() -> Person:
    return staff()


def kinds_to(person: Person) -> list[str]:
    return list(Notice.objects.filter(recipient=person).values_list("kind", flat=True))


def test_many_are_offered_places_all_or_none(admin: Person) -> None:
    cohort = a_cohort(places=2)
    three = [sent(cohort) for _ in range(3)]
    with pytest.raises(errors.NoPlaceLeft, match="3 people and 2 places are free"):
        decisions.offer_places(
            cohort=cohort, applications=three, by=admin, at=NOW, reason="x", unread_accepted=True
        )
    assert not Offer.objects.exists()
    decisions.offer_places(
        cohort=cohort,
        applications=three[:2],
        by=admin,
        at=NOW,
        reason="Best.",
        unread_accepted=True,
    )
    assert Offer.objects.open().count() == 2
    three[0].refresh_from_db()
    assert three[0].decision_reason == "Best."
    with pytest.raises(errors.NoPlaceLeft, match="Every place"):
        decisions.offer_places(
            cohort=cohort,
            applications=three[2:],
            by=admin,
            at=NOW,
            reason="x",
            unread_accepted=True,
        )


def test_one_place_is_one_place_in_words(admin: Person) -> None:
    cohort = a_cohort(places=1)
    two = [sent(cohort) for _ in range(2)]
    with pytest.raises(errors.NoPlaceLeft, match="2 people and 1 place is free"):
        decisions.offer_places(
            cohort=cohort, applications=two, by=admin, at=NOW, reason="x", unread_accepted=True
        )


def test_one_decided_already_stops_them_all(admin: Person) -> None:
    cohort = a_cohort()
    first, second = sent(cohort), sent(cohort, ApplicationState.DECLINED)
    with pytest.raises(errors.AlreadyDecided):
        decisions.not_offer(
            cohort=cohort,
            feedback={first: "a", second: "b"},
            by=admin,
            at=NOW,
            reason="x",
            unread_accepted=True,
        )
    first.refresh_from_db()
    assert first.state == ApplicationState.SUBMITTED
    assert not Notice.objects.exists()


def test_people_wait_only_when_every_place_is_taken(admin: Person) -> None:
    cohort = a_cohort(places=2)
    enrolled(cohort)
    late = [sent(cohort), sent(cohort)]
    with pytest.raises(errors.PlacesStillFree, match="1 place is still free"):
        decisions.waitlist(
            cohort=cohort, applications=late, by=admin, at=NOW, reason="x", unread_accepted=True
        )
    offered(cohort)
    decisions.waitlist(
        cohort=cohort, applications=late, by=admin, at=NOW, reason="Next.", unread_accepted=True
    )
    listed = Application.objects.filter(cohort=cohort).waiting()
    assert list(listed) == late
    assert kinds_to(late[0].applicant) == ["programme.waitlisted"]
    with pytest.raises(errors.AlreadyDecided):
        decisions.waitlist(
            cohort=cohort, applications=late, by=admin, at=NOW, reason="x", unread_accepted=True
        )


def test_free_places_are_counted_in_words(admin: Person) -> None:
    cohort = a_cohort(places=2)
    with pytest.raises(errors.PlacesStillFree, match="2 places are still free"):
        decisions.waitlist(
            cohort=cohort,
            applications=[sent(cohort)],
            by=admin,
            at=NOW,
            reason="x",
            unread_accepted=True,
        )


def test_whoever_is_not_offered_a_place_gets_feedback(admin: Person) -> None:
    cohort = a_cohort()
    application = sent(cohort)
    with pytest.raises(errors.FeedbackMissing, match=application.reference):
        decisions.not_offer(
            cohort=cohort,
            feedback={application: " "},
            by=admin,
            at=NOW,
            reason="x",
            unread_accepted=True,
        )
    decisions.not_offer(
        cohort=cohort,
        feedback={application: "Say more."},
        by=admin,
        at=NOW,
        reason="Below.",
        unread_accepted=True,
    )
    application.refresh_from_db()
    assert (application.state, application.feedback) == (ApplicationState.REJECTED, "Say more.")
    assert application.get_state_display() == "Not offered a place this time"
    assert kinds_to(application.applicant) == ["programme.not_offered"]


def test_nobody_is_turned_down_while_applications_are_open(admin: Person) -> None:
    cohort = a_cohort(CohortState.OPEN)
    with pytest.raises(errors.NotChoosing):
        decisions.not_offer(
            cohort=cohort,
            feedback={sent(cohort): "x"},
            by=admin,
            at=NOW,
            reason="x",
            unread_accepted=True,
        )


def test_another_cohorts_application_is_not_decided_here(admin: Person) -> None:
    cohort, stranger = a_cohort(), sent(a_cohort())
    with pytest.raises(errors.AlreadyDecided):
        decisions.not_offer(
            cohort=cohort,
            feedback={stranger: "x"},
            by=admin,
            at=NOW,
            reason="x",
            unread_accepted=True,
        )
    with pytest.raises(Application.DoesNotExist):
        places.hold_place(cohort, application_id=stranger.pk, by=admin, at=NOW)


def test_nobody_is_decided_on_unread_unless_that_is_accepted(admin: Person) -> None:
    cohort = a_cohort(places=1)
    first, second, third = (sent(cohort) for _ in range(3))
    reviews = [a_review(each, a_reader(cohort)) for each in (first, second, third)]
    common: dict[str, Any] = {"cohort": cohort, "by": admin, "at": NOW, "reason": "x"}
    with pytest.raises(errors.NotReadByTwo):
        decisions.offer_places(applications=[first], **common)
    decisions.offer_places(applications=[first], unread_accepted=True, **common)
    with pytest.raises(errors.NotReadByTwo):
        decisions.waitlist(applications=[second], **common)
    decisions.waitlist(applications=[second], unread_accepted=True, **common)
    with pytest.raises(errors.NotReadByTwo):
        decisions.not_offer(feedback={third: "Thank you."}, **common)
    decisions.not_offer(feedback={third: "Thank you."}, unread_accepted=True, **common)
    for review in reviews:
        review.refresh_from_db()
        assert review.state == ReviewState.CLOSED
    decisions.not_offer(feedback={second: "Decided once already."}, **common)


def test_two_readings_are_enough_to_decide(admin: Person) -> None:
    application = sent(cohort := a_cohort())
    for _ in range(2):
        a_review(application, a_reader(cohort), points=3)
    decisions.offer_places(
        cohort=cohort, applications=[application], by=admin, at=NOW, reason="Best."
    )
    assert Offer.objects.open().count() == 1
