"""Employers and grades are found by whatever people call them."""

import pytest

from lic_site.accounts.enums import GradeBand
from lic_site.accounts.imports.lookups import employers, grades
from lic_site.accounts.models import Organisation
from lic_site.accounts.reference import AUTHORITIES
from lic_site.accounts.services.reference import load_authorities
from tests.support.people import NOW

pytestmark = pytest.mark.django_db


@pytest.fixture
def authorities() -> None:
    load_authorities(at=NOW)


@pytest.mark.usefixtures("authorities")
class TestEmployers:
    @pytest.mark.parametrize(
        "text",
        [
            "Hackney",
            "hackney",
            "LB Hackney",
            "L.B. Hackney",
            "London Borough of Hackney",
            "The London Borough of Hackney",
            "Hackney Council",
            "Hackney London Borough Council",
            "E09000012",
            "204",
        ],
    )
    def test_a_borough_is_found_by_whatever_people_call_it(self, text: str) -> None:
        found = employers().find(text)
        assert found is not None
        assert found.name == "Hackney Council"

    @pytest.mark.parametrize(
        ("text", "name"),
        [
            ("RBKC", "Kensington and Chelsea Council"),
            ("Royal Borough of Kingston", "Kingston upon Thames Council"),
            ("Kensington & Chelsea", "Kensington and Chelsea Council"),
            ("H&F", "Hammersmith and Fulham Council"),
            ("City of Westminster", "Westminster City Council"),
            ("City of London", "City of London Corporation"),
            ("Corporation of London", "City of London Corporation"),
            ("achieving for children", "Achieving for Children"),
            ("Staff College", "Staff College"),
        ],
    )
    def test_and_so_are_others(self, text: str, name: str) -> None:
        found = employers().find(text)
        assert found is not None
        assert found.name == name

    def test_every_borough_is_found_by_name_and_codes(self) -> None:
        lookup = employers()
        for gss_code, dfe_number, name, _ in AUTHORITIES:
            found = {lookup.find(text) for text in (gss_code, str(dfe_number), name, f"LB {name}")}
            assert len(found) == 1
            assert None not in found

    @pytest.mark.parametrize(
        ("text", "near"),
        [("Hackny", "Hackney"), ("LB Southwalk", "Southwark"), ("Tower Hamlet", "Tower Hamlets")],
    )
    def test_the_nearest_is_asked_about(self, text: str, near: str) -> None:
        assert employers().unknown(text).endswith(f"Did you mean ‘{near}’?")

    def test_london_alone_is_nobody(self) -> None:
        assert employers().find("London") is None
        assert employers().find("Birmingham") is None

    def test_an_employer_that_has_ended_is_not_found(self) -> None:
        Organisation.objects.filter(name="Hackney Council").update(ended_on=NOW.date())
        assert employers().find("Hackney") is None


@pytest.mark.parametrize(
    ("text", "grade"),
    [
        ("Head of service", GradeBand.HEAD_OF_SERVICE),
        ("head_of_service", GradeBand.HEAD_OF_SERVICE),
        ("HoS", GradeBand.HEAD_OF_SERVICE),
        ("First line manager", GradeBand.FIRST_LINE_MANAGER),
        ("Team Manager", GradeBand.FIRST_LINE_MANAGER),
        ("AD", GradeBand.ASSISTANT_DIRECTOR),
        ("Director of Children’s Services", GradeBand.DIRECTOR),
    ],
)
def test_a_grade_is_found_by_its_label_or_a_usual_title(text: str, grade: GradeBand) -> None:
    assert grades().find(text) == grade
