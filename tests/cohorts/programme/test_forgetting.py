"""What is forgotten of a place once its cohort is long over."""

from datetime import date, timedelta

import pytest

from cohorts.programme.enums import EnrolmentReason, EnrolmentState, EnrolmentStep
from cohorts.programme.models import Enrolment, EnrolmentEvent
from cohorts.programme.privacy import PERSONAL_DATA
from tests.factories.programme import CohortFactory, EnrolmentFactory
from tests.support.people import NOW

pytestmark = pytest.mark.django_db

TODAY = NOW.date()


def retain(model: str) -> int:
    (held,) = [each for each in PERSONAL_DATA.held if each.model == f"programme.{model}"]
    return held.retain(NOW)


def left(reason: EnrolmentReason, ends_on: date) -> Enrolment:
    """Somebody who left, with a note of Staff College's."""
    cohort = CohortFactory(starts_on=ends_on - timedelta(days=200), ends_on=ends_on)
    place: Enrolment = EnrolmentFactory(
        cohort=cohort, state=EnrolmentState.WITHDRAWN, reason=reason, ended_at=NOW
    )
    EnrolmentEvent.objects.create(
        enrolment=place, step=EnrolmentStep.WITHDRAWN, reason=reason, note="We spoke.", at=NOW
    )
    return place


@pytest.mark.parametrize(
    ("reason", "days", "kept"),
    [
        (EnrolmentReason.HEALTH, 366, EnrolmentReason.NOT_SAID),
        (EnrolmentReason.PERSONAL, 366, EnrolmentReason.NOT_SAID),
        (EnrolmentReason.NEW_JOB, 366, EnrolmentReason.NEW_JOB),
        (EnrolmentReason.HEALTH, 364, EnrolmentReason.HEALTH),
    ],
)
def test_private_reasons_and_notes_go_a_year_after_the_cohort(
    reason: EnrolmentReason, days: int, kept: EnrolmentReason
) -> None:
    place = left(reason, TODAY - timedelta(days=days))
    for _twice in range(2):
        retain("Enrolment")
        retain("EnrolmentEvent")
    place.refresh_from_db()
    event = place.events.get()
    assert (place.reason, event.reason, event.note) == (
        kept,
        kept,
        "" if days > 365 else "We spoke.",
    )


def test_what_was_forgotten_is_not_counted_again() -> None:
    left(EnrolmentReason.HEALTH, TODAY - timedelta(days=400))
    assert (retain("Enrolment"), retain("EnrolmentEvent")) == (1, 2)
    assert (retain("Enrolment"), retain("EnrolmentEvent")) == (0, 0)
