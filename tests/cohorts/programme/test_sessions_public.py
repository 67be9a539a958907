"""What the public reads of a cohort's dates: those for everybody, and how to join none of them."""

import pytest
from django.test import Client

from cohorts.programme.models import Cohort
from tests.cohorts.programme.staffing import text_of, url
from tests.factories.programme import CohortFactory, EnrolmentFactory
from tests.factories.running import LearningSetFactory, a_session, a_slot
from tests.support.people import NOW, Cast, SignedIn

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]

LINK = "https://meet.example.org/secret-room"


@pytest.fixture
def cohort() -> Cohort:
    """Open, with a date of each kind."""
    made: Cohort = CohortFactory(slug="spring", sessions=0)
    place = EnrolmentFactory(cohort=made)
    ours = LearningSetFactory(cohort=made)
    a_session(made, days=100, title="For everybody", link=LINK)
    a_session(made, days=101, title="For one set", learning_set=ours, link=LINK)
    a_session(made, days=102, title="For one person", participant=place, link=LINK)
    a_slot(made, days=103, link=LINK)
    a_session(made, days=104, title="Called off", cancelled_at=NOW, link=LINK)
    return made


def check(page: str) -> None:
    assert "For everybody" in page
    for hidden in ("For one set", "For one person", "Coaching", "Called off", LINK):
        assert hidden not in page


def test_the_public_page_shows_the_whole_cohorts_dates_alone(cohort: Cohort) -> None:
    check(text_of(Client(), url("start", cohort.slug)))


def test_a_signed_in_stranger_reads_no_more(
    cohort: Cohort, cast: Cast, signed_in: SignedIn
) -> None:
    check(text_of(signed_in(cast.stranger), url("start", cohort.slug)))
