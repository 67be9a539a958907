"""The list of cohorts: those that go on, and those that are history; each planned once."""

import re

import pytest
from django.test import Client

from cohorts.programme.enums import CohortState
from cohorts.programme.forms.cohorts import NewCohortForm
from cohorts.programme.models import Cohort
from lic_site.accounts.models import AuditEvent
from tests.cohorts.programme.staffing import COPY, PLAN, text_of, url
from tests.factories.programme import CohortFactory
from tests.factories.selection import a_programme
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

        grows_not(office, url("cohorts") + query, add, at_most=10)


def mark_of(client: Client, address: str) -> str:
    """The mark of the form on the page, as the page holds it."""
    found = re.search(r'name="made_with" value="([-0-9a-f]{36})"', text_of(client, address))
    assert found
    return found[1]


def test_a_plan_sent_twice_plans_one_cohort(office: Client) -> None:
    a_programme()
    address = url("create_cohort")
    filled = PLAN | {"made_with": mark_of(office, address)}
    assert mark_of(office, address) != filled["made_with"]
    first, second = office.post(address, filled), office.post(address, filled)
    assert first.headers["Location"] == second.headers["Location"] == url("cohort", "autumn")
    assert Cohort.objects.count() == 1
    assert AuditEvent.objects.filter(verb="programme.cohort_created").count() == 1
    office.post(address, PLAN | {"made_with": mark_of(office, address)})
    assert Cohort.objects.count() == 2


def test_a_copy_sent_twice_copies_once(office: Client) -> None:
    address = url("copy_cohort", CohortFactory(slug="first").slug)
    asked = Cohort.objects.get().questions.count()
    assert asked
    filled = COPY | {"made_with": mark_of(office, address)}
    assert office.post(address, filled)["Location"] == office.post(address, filled)["Location"]
    copy = Cohort.objects.exclude(slug="first").get()
    assert copy.questions.count() == asked


def test_a_mark_survives_a_mistake_and_nonsense_is_said(office: Client) -> None:
    a_programme()
    mark = mark_of(office, url("create_cohort"))
    again = office.post(url("create_cohort"), PLAN | {"places": "0", "made_with": mark})
    assert mark in again.content.decode()
    form = NewCohortForm(PLAN | {"made_with": "zz"})
    assert form.errors["made_with"] == ["Open this page again, and send it once more."]
