"""Other leadership programmes: said on one's own page, recorded by Staff College, brought in."""

from typing import Any

import pytest
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from cohorts.programme.enums import Route
from cohorts.programme.imports.people import PEOPLE
from cohorts.programme.imports.routes import Unclear, routes_in
from cohorts.programme.models import OtherRoute
from cohorts.programme.services.routes import (
    AlreadyOnRecord,
    Done,
    WhichProgramme,
    YearNotYet,
    record_route,
)
from lic_site.accounts.enums import Role
from lic_site.accounts.models import AuditEvent, ContactAddress, Person
from lic_site.common.enums import Outcome
from lic_site.common.imports.protocol import Plan
from lic_site.common.spreadsheets import Row
from tests.factories.people import PersonFactory, staff
from tests.support.people import NOW, SignedIn

pytestmark = pytest.mark.django_db

BALI = Done(Route.BALI, year=2021)
ASPIRE = Done(Route.OTHER, "Aspire", 2019, is_completed=False)


def words(response: Any) -> str:
    assert response.status_code == 200
    return str(response.content.decode())


def record(person: Person, done: Done) -> OtherRoute:
    return record_route(person=person, done=done, by=person, at=NOW)


class TestVerbs:
    def test_one_is_written_down_once(self, cast: Any) -> None:
        record(cast.owner, BALI)
        for done in (BALI, Done(Route.BALI, year=2021, is_completed=False)):
            with pytest.raises(AlreadyOnRecord):
                record(cast.owner, done)
        record(cast.owner, Done(Route.BALI))
        with pytest.raises(AlreadyOnRecord):
            record(cast.owner, Done(Route.BALI))
        record(cast.colleague, BALI)
        assert AuditEvent.objects.filter(verb="programme.route_recorded").count() == 3

    def test_another_one_says_which_and_a_year_is_past(self, cast: Any) -> None:
        with pytest.raises(WhichProgramme):
            record(cast.owner, Done(Route.OTHER))
        for year in (1969, 2027):
            with pytest.raises(YearNotYet):
                record(cast.owner, Done(Route.BALI, year=year))

    def test_it_reads_as_a_person_would_say_it(self) -> None:
        assert str(BALI) == "BALI (2021)"
        assert str(ASPIRE) == "Aspire (2019, not completed)"
        assert str(Done(Route.LONDON)) == "London Leadership Programme"


class TestCells:
    @pytest.mark.parametrize(
        ("text", "done"),
        [
            ("", ()),
            (" ; ", ()),
            ("BALI 2021", (BALI,)),
            ("bali (2021)", (BALI,)),
            ("2021: Black & Asian Leadership Initiative, completed", (BALI,)),
            ("LLP", (Done(Route.LONDON),)),
            ("London Leadership Programme 2019 - completed", (Done(Route.LONDON, year=2019),)),
            ("Aspire 2019, not completed", (ASPIRE,)),
            ("Aspire 2019 (did not finish)", (ASPIRE,)),
            ("BALI 2021; Aspire 2019 withdrew", (BALI, ASPIRE)),
            ("BALI 2021; bali 2021 not completed", (BALI,)),
        ],
    )
    def test_what_people_write_is_understood(self, text: str, done: tuple[Done, ...]) -> None:
        assert routes_in(text, this_year=2026) == done

    @pytest.mark.parametrize(
        ("text", "told"),
        [
            ("BALI 2019 Aspire 2021", "has two years"),
            ("BALI 2031", "2031 cannot be right"),
            ("2021", "Say which programme"),
            ("x" * 121, "Shorten the programme’s name"),
        ],
    )
    def test_what_cannot_be_told_says_how_to_write_it(self, text: str, told: str) -> None:
        with pytest.raises(Unclear, match=told):
            routes_in(text, this_year=2026)

    @given(
        st.builds(
            Done,
            route=st.sampled_from([Route.BALI, Route.LONDON]),
            year=st.none() | st.integers(1970, 2026),
            is_completed=st.booleans(),
        )
        | st.builds(
            Done,
            route=st.just(Route.OTHER),
            title=st.sampled_from(["Aspire", "Future Leaders", "Step Up to Lead"]),
            year=st.none() | st.integers(1970, 2026),
            is_completed=st.booleans(),
        )
    )
    def test_what_is_shown_can_be_brought_in_again(self, done: Done) -> None:
        assert routes_in(str(done), this_year=2026) == (done,)


class TestBringingIn:
    AMA = {"given_name": "Ama", "family_name": "Mensah", "email": "ama@example.org"}

    def plan(self, **cells: str) -> Plan:
        return PEOPLE.plan([Row(2, self.AMA | cells)], at=NOW)

    def test_they_come_with_a_new_person(self) -> None:
        plan = self.plan(other_routes="BALI 2021; Aspire 2019, not completed")
        PEOPLE.write(plan, is_update=False, by=None, at=NOW)
        person = ContactAddress.objects.get(email="ama@example.org").person
        held = person.other_routes.values_list("route", "title", "year", "is_completed")
        assert set(held) == {("bali", "", 2021, True), ("other", "Aspire", 2019, False)}
        assert AuditEvent.objects.filter(verb="programme.route_recorded").count() == 2

    def test_of_somebody_known_what_is_missing_is_added_on_request(self) -> None:
        known = PersonFactory(address="ama@example.org")
        record(known, BALI)
        assert self.plan(other_routes="BALI 2021").outcomes == {2: Outcome.KNOWN}
        plan = self.plan(other_routes="BALI 2021; aspire 2019, not completed")
        (change,) = plan.changes
        assert change.words == "Not on record: aspire (2019, not completed)."
        PEOPLE.write(plan, is_update=False, by=None, at=NOW)
        assert known.other_routes.count() == 1
        written = PEOPLE.write(plan, is_update=True, by=None, at=NOW)
        assert written.message == "0 people added, 1 person brought up to date."
        assert known.other_routes.count() == 2
        assert self.plan(other_routes="ASPIRE 2019").outcomes == {2: Outcome.KNOWN}

    def test_a_cell_that_cannot_be_told_is_a_problem(self) -> None:
        (problem,) = self.plan(other_routes="2021").problems
        assert (problem.row, problem.column) == (2, "Other programmes done")


class TestOwnPage:
    def test_somebody_says_what_they_have_done_and_takes_it_out(
        self, cast: Any, signed_in: SignedIn
    ) -> None:
        browser = signed_in(cast.owner)
        address = reverse("programme:own_routes")
        assert address in words(browser.get(reverse("accounts:profile")))
        page = words(browser.get(address))
        assert "None yet." in page
        assert "Who sees this" in page
        said = {"route": "other", "title": " Aspire  North ", "year": "2019", "is_completed": "no"}
        page = words(browser.post(address, said, follow=True))
        assert "Aspire North" in page
        assert "2019, not completed" in page
        route = OtherRoute.objects.get()
        remove = reverse("programme:remove_own_route", args=[route.pk])
        assert browser.get(remove).status_code == 405
        assert signed_in(cast.colleague).post(remove).status_code == 404
        assert "None yet." in words(browser.post(remove, follow=True))
        assert AuditEvent.objects.filter(verb="programme.route_removed").count() == 1

    @pytest.mark.parametrize(
        ("said", "told"),
        [
            ({}, "Choose which programme."),
            ({"route": "other"}, "Say which programme it was."),
            ({"route": "bali", "year": "soon"}, "Enter a year in four figures"),
            ({"route": "bali", "year": "2050"}, "this year at the latest"),
            ({"route": "bali", "year": "2021"}, "This is on record already."),
        ],
    )
    def test_what_is_wrong_is_said_beside_it(
        self, cast: Any, signed_in: SignedIn, said: dict[str, str], told: str
    ) -> None:
        record(cast.owner, BALI)
        browser = signed_in(cast.owner)
        data = {"is_completed": "yes"} | said
        page = words(browser.post(reverse("programme:own_routes"), data))
        assert "There is a problem" in page
        assert told in page
        assert OtherRoute.objects.count() == 1


class TestStaffPage:
    def test_staff_college_records_it_and_sees_it_on_the_persons_page(
        self, cast: Any, signed_in: SignedIn
    ) -> None:
        admin = staff()
        browser = signed_in(admin)
        address = reverse("programme:person_routes", args=[cast.owner.pk])
        assert address in words(browser.get(reverse("accounts:person", args=[cast.owner.pk])))
        assert "None is on record." in words(browser.get(address))
        said = {"route": "bali", "year": "2021", "is_completed": "yes"}
        assert "Take out" in words(browser.post(address, said, follow=True))
        page = words(browser.get(reverse("accounts:person", args=[cast.owner.pk])))
        assert "BALI (2021)" in page
        assert AuditEvent.objects.filter(verb="programme.routes_viewed").exists()
        route = OtherRoute.objects.get()
        browser.post(reverse("programme:remove_route", args=[cast.owner.pk, route.pk]))
        assert not OtherRoute.objects.exists()

    def test_nobody_else_does(self, cast: Any, signed_in: SignedIn) -> None:
        record(cast.owner, BALI)
        address = reverse("programme:person_routes", args=[cast.owner.pk])
        lead = signed_in(staff(Role.PROGRAMME_LEAD))
        page = words(lead.get(reverse("accounts:person", args=[cast.owner.pk])))
        assert "BALI" not in page
        for browser in (lead, signed_in(cast.owner), signed_in(cast.stranger)):
            assert browser.get(address).status_code == 404

    def test_a_route_is_taken_out_on_its_own_persons_page_alone(
        self, cast: Any, signed_in: SignedIn
    ) -> None:
        route = record(cast.owner, BALI)
        address = reverse("programme:remove_route", args=[cast.colleague.pk, route.pk])
        assert signed_in(staff()).post(address).status_code == 404
