"""A coordinator sees own counts, under disclosure control, and nobody's name."""

import pytest

from cohorts.programme.enums import ApplicationState, CohortState
from lic_site.accounts.enums import Role
from lic_site.accounts.models import Person
from tests.factories.people import PersonFactory, staff
from tests.factories.programme import ApplicationFactory, CohortFactory, EnrolmentFactory
from tests.support.people import SignedIn

pytestmark = pytest.mark.django_db


@pytest.fixture
def coordinator() -> Person:
    return staff(Role.BOROUGH_COORDINATOR)


def cohort_of(
    coordinator: Person, name: str, *, applied: int, placed: int, state: str = "confirmed"
) -> None:
    cohort = CohortFactory(name=name, state=state)
    for number in range(applied):
        application = ApplicationFactory(
            cohort=cohort,
            organisation=coordinator.organisation,
            state=ApplicationState.ACCEPTED if number < placed else ApplicationState.REJECTED,
        )
        if number < placed:
            EnrolmentFactory(cohort=cohort, person=application.applicant, application=application)


def page(person: Person, signed_in: SignedIn) -> str:
    return signed_in(person).get("/my/borough/").content.decode()


def test_counts_of_five_and_more_are_shown(coordinator: Person, signed_in: SignedIn) -> None:
    cohort_of(coordinator, "First cohort", applied=23, placed=11)
    cohort_of(coordinator, "Second cohort", applied=17, placed=7)
    shown = page(coordinator, signed_in)
    for count in ("23", "11", "17", "7"):
        assert f">{count}<" in shown
    assert "Under 5" not in shown


def test_small_counts_are_hidden(coordinator: Person, signed_in: SignedIn) -> None:
    cohort_of(coordinator, "First cohort", applied=4, placed=1)
    shown = page(coordinator, signed_in)
    assert shown.count("Under 5, or hidden") == 2
    assert ">4<" not in shown


def test_moving_cohorts_drafts_and_others_people_are_not_counted(
    coordinator: Person, signed_in: SignedIn
) -> None:
    cohort_of(coordinator, "Open cohort", applied=9, placed=0, state=CohortState.OPEN)
    cohort = CohortFactory(name="Others cohort", state=CohortState.CONFIRMED)
    for _number in range(6):
        ApplicationFactory(cohort=cohort, complete=True, state=ApplicationState.REJECTED)
        ApplicationFactory(cohort=cohort, organisation=coordinator.organisation)
    shown = page(coordinator, signed_in)
    assert "Open cohort" not in shown
    assert shown.count("Under 5, or hidden") == 2


def test_none_looks_like_a_few(coordinator: Person, signed_in: SignedIn) -> None:
    cohort_of(coordinator, "Some", applied=3, placed=0)
    few = page(coordinator, signed_in)
    cohort_of(staff(Role.BOROUGH_COORDINATOR), "Some", applied=0, placed=0)
    assert page(coordinator, signed_in).count("Under 5, or hidden") == 2 * few.count("Under 5, or")


def test_before_any_cohort_closes_there_is_nothing(
    coordinator: Person, signed_in: SignedIn
) -> None:
    assert "Nothing to count yet" in page(coordinator, signed_in)


def test_nobody_else_has_the_page(signed_in: SignedIn) -> None:
    for other in (PersonFactory(), staff(Role.COLLEGE_ADMIN), staff(Role.ANALYST)):
        assert signed_in(other).get("/my/borough/").status_code == 404
