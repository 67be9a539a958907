"""People from a spreadsheet: found, compared, added, brought up to date."""

from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase as HypothesisCase

from lic_site.accounts.enums import GradeBand, Role
from lic_site.accounts.imports.lookups import people_by_address
from lic_site.accounts.imports.people import PEOPLE
from lic_site.accounts.models import AuditEvent, ContactAddress, Person
from lic_site.accounts.services.bulk import Managed, NewPerson, add_people, name_managers
from lic_site.accounts.services.roles import OwnManager
from lic_site.common.enums import Outcome
from lic_site.common.imports.protocol import Plan
from lic_site.common.spreadsheets import Row
from tests.factories.people import (
    ManagerRelationFactory,
    OrganisationFactory,
    PersonFactory,
    RoleGrantFactory,
    staff,
)
from tests.support.people import NOW

pytestmark = pytest.mark.django_db

AMA = {"given_name": "Ama", "family_name": "Mensah", "email": "ama@example.org"}
KOFI = {"given_name": "Kofi", "family_name": "Boateng", "email": "kofi@example.org"}


def plan_of(*rows: dict[str, str]) -> Plan:
    return PEOPLE.plan([Row(number, row) for number, row in enumerate(rows, start=2)], at=NOW)


def problems(plan: Plan) -> list[tuple[int, str, str]]:
    return [(one.row, one.column, one.words) for one in plan.problems]


def write(plan: Plan, *, is_update: bool = False, by: Person | None = None) -> str:
    assert not plan.problems
    return PEOPLE.write(plan, is_update=is_update, by=by, at=NOW).message


def person(email: str) -> Person:
    return ContactAddress.objects.get(email=email).person


class TestPlanning:
    def test_somebody_nobody_knows_is_new(self) -> None:
        plan = plan_of(AMA)
        assert plan.outcomes == {2: Outcome.NEW}
        assert not plan.problems

    def test_an_address_on_record_in_whatever_case_is_known(self) -> None:
        PersonFactory(address="Ama@Example.org")
        assert plan_of(AMA).outcomes == {2: Outcome.KNOWN}

    def test_what_the_sheet_says_otherwise_is_a_difference(self) -> None:
        known = PersonFactory(address="ama@example.org", job_title="Team manager")
        manager = PersonFactory(address="kofi@example.org")
        ManagerRelationFactory(person=known, named_as="Old Manager")
        OrganisationFactory(name="Elsewhere")
        row = AMA | {"job_title": "Service manager", "organisation": "Elsewhere"}
        plan = plan_of(row | {"grade_band": "HoS", "manager_email": "kofi@example.org"})
        assert plan.outcomes == {2: Outcome.CHANGED}
        assert [(one.column, one.words) for one in plan.changes] == [
            ("Job title", "On record: Team manager. In the sheet: Service manager."),
            ("Grade", "On record: First-line manager. In the sheet: Head of service."),
            (
                "Employer or borough",
                f"On record: {known.organisation}. In the sheet: Elsewhere.",
            ),
            (
                "Line manager’s e-mail address",
                "On record: Old Manager. In the sheet: kofi@example.org.",
            ),
        ]
        known.managers.update(manager=manager)
        assert len(plan_of(row | {"manager_email": "kofi@example.org"}).changes) == 2

    def test_empty_cells_and_another_name_say_nothing(self) -> None:
        """Somebody's name stays as they gave it."""
        PersonFactory(address="ama@example.org", given_name="Amma")
        assert plan_of(AMA).outcomes == {2: Outcome.KNOWN}

    def test_one_address_in_two_rows_is_a_fault_of_both(self) -> None:
        plan = plan_of(AMA, KOFI, KOFI | {"email": "AMA@example.org"})
        words = "Rows 2 and 4 have the address ‘ama@example.org’. Leave it in one of them."
        assert problems(plan) == [(2, "E-mail address", words), (4, "E-mail address", words)]
        assert plan.outcomes == {2: Outcome.PROBLEM, 3: Outcome.NEW, 4: Outcome.PROBLEM}

    def test_two_addresses_of_one_person_in_two_rows(self) -> None:
        known = PersonFactory(address="ama@example.org")
        ContactAddress.objects.create(person=known, email="kofi@example.org")
        plan = plan_of(AMA, KOFI)
        assert {words for _, _, words in problems(plan)} == {
            "Rows 2 and 3 have two addresses of one person. Leave one of the rows out."
        }

    def test_addresses_of_two_people_in_one_row(self) -> None:
        PersonFactory(address="ama@example.org")
        PersonFactory(address="kofi@example.org")
        plan = plan_of(AMA | {"email": "ama@example.org; kofi@example.org"})
        ((_, _, words),) = problems(plan)
        assert words.startswith("These addresses belong to different people.")

    def test_every_problem_of_a_row_is_told_at_once(self) -> None:
        row = {"email": "nobody", "grade_band": "Boss", "organisation": "Nowhere"}
        plan = plan_of(row | {"manager_email": "a@example.org;b@example.org"})
        assert [column for _, column, _ in problems(plan)] == [
            "First name",
            "Last name",
            "E-mail address",
            "Grade",
            "Employer or borough",
            "Line manager’s e-mail address",
        ]

    def test_a_manager_nobody_knows_needs_a_name(self) -> None:
        plan = plan_of(AMA | {"manager_email": "kofi@example.org"})
        ((_, column, words),) = problems(plan)
        assert column == "Line manager’s e-mail address"
        assert "Fill in the line manager’s name too" in words
        named = AMA | {"manager_email": "kofi@example.org", "manager_name": "Kofi Boateng"}
        assert not problems(plan_of(named))
        assert not problems(plan_of(AMA | {"manager_email": "kofi@example.org"}, KOFI))

    def test_nobody_manages_themselves(self) -> None:
        assert "own line manager" in problems(plan_of(AMA | {"manager_email": AMA["email"]}))[0][2]
        known = PersonFactory(address="ama@example.org")
        ContactAddress.objects.create(person=known, email="other@example.org")
        plan = plan_of(AMA | {"manager_email": "other@example.org"})
        assert "own line manager" in problems(plan)[0][2]


class TestWriting:
    def test_people_are_added_with_all_that_is_said(self) -> None:
        council = OrganisationFactory(name="Hackney Council")
        row = AMA | {"email": "ama@example.org; ama@home.example", "job_title": "Team manager"}
        row |= {"grade_band": "Team manager", "organisation": "hackney council"}
        by = staff()
        assert write(plan_of(row), by=by) == "1 person added."
        added = person("ama@example.org")
        assert (added.name, added.job_title) == ("Ama Mensah", "Team manager")
        assert (added.grade_band, added.organisation) == (GradeBand.FIRST_LINE_MANAGER, council)
        assert person("ama@home.example") == added
        assert added.user is None
        assert added.addresses.get(is_primary=True).email == "ama@example.org"
        assert not added.addresses.exclude(verified_at=None).exists()
        event = AuditEvent.objects.get(verb="accounts.person_added")
        assert (event.actor_id, event.subject_id, event.object_id) == (by.pk, added.pk, added.pk)

    def test_managers_are_found_on_record_in_the_sheet_or_added(self) -> None:
        on_record = PersonFactory(address="boss@example.org", given_name="Secret")
        rows = [
            AMA | {"manager_email": "boss@example.org"},
            KOFI | {"manager_email": "ama@example.org"},
            {**AMA, "email": "c@example.org", "manager_email": "d@example.org"}
            | {"manager_name": "Efua Owusu Addo"},
            {**AMA, "email": "e@example.org", "manager_email": "d@example.org"}
            | {"manager_name": "E Owusu"},
        ]
        assert write(plan_of(*rows)) == "4 people added."
        ama = person("ama@example.org")
        relation = ama.managers.get()
        assert (relation.manager, relation.named_as) == (on_record, "boss@example.org")
        assert person("kofi@example.org").managers.get().manager == ama
        assert person("kofi@example.org").managers.get().named_as == "Ama Mensah"
        added = person("d@example.org")
        assert (added.given_name, added.family_name) == ("Efua", "Owusu Addo")
        assert person("c@example.org").managers.get().manager == added
        assert person("e@example.org").managers.get().named_as == "E Owusu"
        assert AuditEvent.objects.filter(verb="accounts.manager_named").count() == 4

    def test_somebody_known_is_left_alone_unless_asked_for(self) -> None:
        known = PersonFactory(address="ama@example.org")
        ManagerRelationFactory(person=known)
        row = AMA | {"job_title": "Head", "manager_email": "kofi@example.org"}
        plan = plan_of(row, KOFI)
        assert write(plan) == "1 person added."
        known.refresh_from_db()
        assert known.job_title == "Team manager"
        assert known.managers.get(ends_on=None).manager != person("kofi@example.org")

    def test_and_brought_up_to_the_sheet_on_request(self) -> None:
        known = PersonFactory(address="ama@example.org", given_name="Amma")
        before = ManagerRelationFactory(person=known)
        OrganisationFactory(name="Elsewhere")
        row = AMA | {"job_title": "Head", "manager_email": "kofi@example.org"}
        plan = plan_of(row | {"organisation": "Elsewhere"}, KOFI)
        told = write(plan, is_update=True)
        assert told == "1 person added, 1 person brought up to date."
        known.refresh_from_db()
        before.refresh_from_db()
        assert (known.given_name, known.job_title) == ("Amma", "Head")
        assert str(known.organisation) == "Elsewhere"
        assert before.ends_on == NOW.date()
        assert known.managers.get(ends_on=None).manager == person("kofi@example.org")
        event = AuditEvent.objects.get(verb="accounts.details_changed")
        assert event.fields == ["job_title", "organisation"]
        assert AuditEvent.objects.filter(verb="accounts.management_ended").count() == 1

    def test_a_change_of_employer_ends_what_was_held_for_the_last(self) -> None:
        known = PersonFactory(address="ama@example.org")
        grant = RoleGrantFactory(
            person=known, role=Role.BOROUGH_COORDINATOR, organisation=known.organisation
        )
        OrganisationFactory(name="Elsewhere")
        write(plan_of(AMA | {"organisation": "Elsewhere"}), is_update=True)
        grant.refresh_from_db()
        assert grant.ended_at == NOW
        assert AuditEvent.objects.filter(verb="accounts.employer_changed").exists()

    def test_the_same_manager_is_not_named_twice(self) -> None:
        relation = ManagerRelationFactory()
        managed = Managed(person=relation.person, manager=relation.manager, named_as="M")
        name_managers(managed=[managed], by=None, at=NOW)
        assert relation.person.managers.count() == 1

    def test_the_verb_too_refuses_that_somebody_manages_themselves(self) -> None:
        one = PersonFactory()
        with pytest.raises(OwnManager):
            name_managers(managed=[Managed(person=one, manager=one, named_as="")], by=None, at=NOW)

    def test_a_thousand_take_as_many_queries_as_three_hundred(self) -> None:
        OrganisationFactory(name="Elsewhere")

        def queries(number: int) -> int:
            rows = [
                {
                    "given_name": "A",
                    "family_name": "B",
                    "email": f"p{number}-{each}@example.org",
                    "organisation": "Elsewhere",
                    "manager_email": f"p{number}-{each - 1}@example.org" if each else "",
                }
                for each in range(number)
            ]
            with CaptureQueriesContext(connection) as seen:
                assert write(plan_of(*rows)) == f"{number:,} people added."
            return len(seen)

        few, many = queries(300), queries(1_000)
        assert many <= few + 20  # SQLite splits what it inserts


class TestRoundTrip(HypothesisCase):
    """What was brought in and is brought in again changes nothing."""

    names = st.text("abcdefghijklmnopqrstuvwxyzéŁøñ'- ", min_size=1, max_size=80).map(str.strip)

    @settings(deadline=None, max_examples=40)
    @given(st.lists(st.tuples(names, names).filter(all), max_size=6, unique=True))
    def test_a_second_time_everybody_is_known(self, people: list[tuple[str, str]]) -> None:
        rows: list[dict[str, Any]] = [
            {"given_name": one, "family_name": two, "email": f"p{number}@example.org"}
            for number, (one, two) in enumerate(people)
        ]
        first = plan_of(*rows)
        assert set(first.outcomes.values()) <= {Outcome.NEW}
        write(first)
        assert set(plan_of(*rows).outcomes.values()) <= {Outcome.KNOWN}
        assert {
            (known.given_name, known.family_name)
            for known in people_by_address(row["email"] for row in rows).values()
        } == {(row["given_name"], row["family_name"]) for row in rows}


def test_people_are_added_in_their_order() -> None:
    new = [
        NewPerson(given_name=str(number), family_name="X", emails=(f"{number}@example.org",))
        for number in range(30)
    ]
    added = add_people(people=new, by=None, at=NOW)
    assert [one.given_name for one in added] == [str(number) for number in range(30)]
