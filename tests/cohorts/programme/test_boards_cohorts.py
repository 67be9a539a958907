"""The list of cohorts: those that go on, and those that are history; each planned once."""

import pytest
from django.test import Client

from cohorts.programme.enums import CohortState
from cohorts.programme.models import Cohort
from tests.cohorts.programme.staffing import text_of, url
from tests.factories.programme import CohortFactory
from tests.support.queries import grows_not

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]

PAST = "?show=past"


def names(client: Client, query: str = "") -> set[str]:
    response = client.get(url("cohorts") + query)
    assert response.status_code == 200
    return {cohort.name for cohort, _ in response.context["cohorts"]}


def test_every_cohort_is_either_current_or_past(office: Client) -> None:
    for state in CohortState:
        CohortFactory(name=state.value, state=state)
    assert names(office, PAST) == {"complete", "archived"}
    assert names(office) == set(CohortState) - {"complete", "archived"}
    assert names(office, "?show=rubbish") == names(office)


def test_an_empty_side_says_what_will_stand_there(office: Client) -> None:
    cohort = CohortFactory(state=CohortState.OPEN)
    assert "No past cohort yet" in text_of(office, url("cohorts") + PAST)
    cohort.state = CohortState.ARCHIVED
    cohort.save()
    shown = text_of(office, url("cohorts"))
    assert "No current cohort" in shown
    assert url("create_cohort") in shown


def test_past_cohorts_stand_on_pages_that_stay_past(office: Client) -> None:
    CohortFactory.create_batch(21, state=CohortState.ARCHIVED)
    assert "?show=past&amp;page=2" in text_of(office, url("cohorts") + PAST)
    assert len(names(office, PAST)) + len(names(office, PAST + "&page=2")) == 21
    assert Cohort.objects.current().count() == 0


def test_neither_side_grows_by_a_query_a_cohort(office: Client) -> None:
    for state, query in ((CohortState.OPEN, ""), (CohortState.COMPLETE, PAST)):

        def add(state: CohortState = state) -> None:
            CohortFactory(state=state)

        grows_not(office, url("cohorts") + query, add, at_most=14)
