"""Whatever happens to people's places, in whatever order: never more than there are, and every
count adds up.
"""

from collections.abc import Callable
from contextlib import suppress
from datetime import date, datetime, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from cohorts.programme import boards
from cohorts.programme.enums import CohortState, EnrolmentReason
from cohorts.programme.models import Application, Cohort, Enrolment, EnrolmentEvent, Offer
from cohorts.programme.services import enrolments, offers, places
from lic_site.accounts.models import Person
from lic_site.common.errors import Refusal
from tests.factories.people import staff
from tests.factories.selection import a_cohort, sent
from tests.support.people import NOW

pytestmark = pytest.mark.django_db

HEALTH = EnrolmentReason.HEALTH


@pytest.fixture
def admin() -> Person:
    return staff()


ACTS = st.lists(
    st.tuples(
        st.sampled_from(
            ["offer", "accept", "defer", "withdraw", "transfer", "resume", "reinstate"]
        ),
        st.integers(0, 5),
        st.integers(0, 1),
    ),
    max_size=14,
)


@settings(
    max_examples=25,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(acts=ACTS)
def test_whatever_happens_places_hold_and_counts_add_up(
    admin: Person, acts: list[tuple[str, int, int]]
) -> None:
    cohorts = [
        a_cohort(CohortState.CONFIRMED, places=2, starts_on=date(2027, 3, 1 + n)) for n in range(2)
    ]
    people = [sent(cohorts[n % 2]) for n in range(6)]
    for number, (verb, who, where) in enumerate(acts):
        at = NOW + timedelta(minutes=number)
        with suppress(Refusal, Offer.DoesNotExist):
            _act(verb, people[who], cohorts[where], admin, at)
        for cohort in cohorts:
            assert places.free_places(cohort) >= 0
    funnels = boards.funnels(cohorts)
    for cohort in cohorts:
        funnel = funnels[cohort.pk]
        began = Application.objects.filter(cohort=cohort)
        assert funnel.begun == began.count()
        assert funnel.accepted == Enrolment.objects.filter(application__cohort=cohort).count()
    assert EnrolmentEvent.objects.count() >= Enrolment.objects.count()


def _act(verb: str, application: Application, cohort: Cohort, admin: Person, at: datetime) -> None:
    application.refresh_from_db()
    if verb == "offer":
        offers.offer_place(application=application, by=admin, at=at)
        return
    if verb == "accept":
        offer = Offer.objects.open().get(application=application)
        offers.accept_offer(offer=offer, committed=True, by=application.applicant, at=at)
        return
    mine = Enrolment.objects.filter(person=application.applicant_id).order_by("-pk")
    place = mine.first()
    if place is None:
        return
    verbs: dict[str, Callable[[], object]] = {
        "defer": lambda: enrolments.defer(enrolment=place, reason=HEALTH, by=admin, at=at),
        "withdraw": lambda: enrolments.withdraw_place(
            enrolment=place, reason=HEALTH, by=admin, at=at
        ),
        "transfer": lambda: enrolments.transfer(enrolment=place, to=cohort, by=admin, at=at),
        "resume": lambda: enrolments.resume(enrolment=place, to=cohort, by=admin, at=at),
        "reinstate": lambda: enrolments.reinstate(enrolment=place, by=admin, at=at),
    }
    verbs[verb]()
