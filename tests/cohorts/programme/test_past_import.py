"""Past cohorts from a spreadsheet: over from the start, and nobody is told."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from cohorts.programme.enums import CohortState, EnrolmentState, EnrolmentStep
from cohorts.programme.imports.past import PAST_COHORTS
from cohorts.programme.models import Certificate, Cohort, Enrolment, EnrolmentEvent, Programme
from cohorts.programme.references import new_certificate_number
from lic_site.accounts.models import AuditEvent, ContactAddress, Person
from lic_site.common.enums import Outcome
from lic_site.common.imports.protocol import Plan
from lic_site.common.spreadsheets import Row
from lic_site.notices.models import Notice
from tests.factories.imports import a_sheet_of, brought_in, checked
from tests.factories.people import OrganisationFactory, PersonFactory, staff
from tests.factories.programme import CohortFactory, ProgrammeFactory
from tests.support.people import NOW, SignedIn

pytestmark = pytest.mark.django_db

COHORT = {"cohort": "Cohort 1", "starts_on": "05/10/2020", "ends_on": "9 July 2021"}
AMA = COHORT | {
    "given_name": "Ama",
    "family_name": "Mensah",
    "email": "ama@example.org",
    "outcome": "Completed",
}
KOFI = AMA | {"given_name": "Kofi", "email": "kofi@example.org", "outcome": "Left"}
LATER = {"cohort": "Cohort 2", "starts_on": "2021-10-04", "ends_on": "2022-07-08"}


@pytest.fixture(autouse=True)
def programme() -> Programme:
    return ProgrammeFactory(name="The programme")


def plan_of(*rows: dict[str, str]) -> Plan:
    numbered = [Row(number, row) for number, row in enumerate(rows, start=2)]
    return PAST_COHORTS.plan(numbered, at=NOW)


def problems(plan: Plan) -> list[tuple[int, str, str]]:
    return [(one.row, one.column, one.words) for one in plan.problems]


def only_problem(*rows: dict[str, str]) -> str:
    """The one sentence said, of however many rows."""
    (words,) = {words for _, _, words in problems(plan_of(*rows))}
    return words


def write(*rows: dict[str, str], by: Person | None = None) -> Any:
    plan = plan_of(*rows)
    assert not plan.problems
    return PAST_COHORTS.write(plan, is_update=False, by=by, at=NOW)


class TestWriting:
    def test_a_cohort_is_archived_from_the_start_with_who_took_part(self) -> None:
        council = OrganisationFactory(name="Hackney Council")
        by = staff()
        post = {"job_title": "Team manager", "grade_band": "AD", "organisation": "Hackney Council"}
        written = write(AMA | post | {"certificate_on": "16/07/2021"}, KOFI, by=by)
        assert written.message == "1 cohort with 2 places brought in."
        assert written.path == "/staff/cohorts/cohort-1/"
        cohort = Cohort.objects.get()
        assert (cohort.state, cohort.is_imported) == (CohortState.ARCHIVED, True)
        assert (cohort.starts_on, cohort.ends_on) == (date(2020, 10, 5), date(2021, 7, 9))
        assert (cohort.places, cohort.archived_at) == (2, NOW)
        cohort.full_clean()
        done = Enrolment.objects.get(person__given_name="Ama")
        assert done.state == EnrolmentState.COMPLETED
        assert (done.entry_job_title, done.entry_organisation) == ("Team manager", council)
        assert done.entry_grade_band == "assistant_director"
        assert done.enrolled_at.date() == date(2020, 10, 4)  # midnight in London's summer
        assert done.ended_at is not None
        assert done.ended_at.date() == date(2021, 7, 9)
        assert done.person.job_title == ""
        assert done.events.get().step == EnrolmentStep.IMPORTED
        left = Enrolment.objects.get(person__given_name="Kofi")
        assert left.state == EnrolmentState.WITHDRAWN
        certificate = Certificate.objects.get()
        assert (certificate.enrolment, certificate.issued_on) == (done, date(2021, 7, 16))
        assert (certificate.name, certificate.family_name) == ("Ama Mensah", "Mensah")
        assert EnrolmentEvent.objects.count() == 2
        told = set(AuditEvent.objects.filter(actor_id=by.pk).values_list("verb", flat=True))
        assert told == {
            "accounts.person_added",
            "programme.cohort_imported",
            "programme.enrolment_imported",
            "programme.certificate_imported",
        }

    def test_nobody_is_told(self) -> None:
        sheet = checked("past-cohorts", a_sheet_of("past-cohorts", [AMA, KOFI]))
        assert sheet.counts["new"] == 2
        assert brought_in(sheet).result_path == "/staff/cohorts/cohort-1/"
        assert not Notice.objects.exists()

    def test_somebody_on_record_is_found_and_their_post_stays(self) -> None:
        known = PersonFactory(address="ama@example.org", job_title="Head")
        write(AMA | {"job_title": "Team manager"})
        known.refresh_from_db()
        assert (known.job_title, known.enrolments.get().entry_job_title) == ("Head", "Team manager")

    def test_several_cohorts_and_somebody_in_two_of_them(self) -> None:
        first = AMA | {"outcome": "Deferred", "email": "ama@example.org; ama@home.example"}
        written = write(first, AMA | LATER | {"email": "ama@home.example"}, KOFI | LATER)
        assert written.message == "2 cohorts with 3 places brought in."
        assert written.path == "/staff/cohorts/"
        ama = Person.objects.get(given_name="Ama")
        assert list(
            ama.enrolments.order_by("cohort__starts_on").values_list("state", flat=True)
        ) == [
            "deferred",
            "completed",
        ]
        assert ama.addresses.count() == 2

    def test_addresses_of_one_row_lead_to_one_person_in_the_next(self) -> None:
        known = PersonFactory(address="ama@example.org")
        both = AMA | {"email": "ama@example.org; other@example.org"}
        write(both, AMA | LATER | {"email": "other@example.org"})
        assert known.enrolments.count() == 2
        assert not ContactAddress.objects.filter(email="other@example.org").exists()

    def test_two_rows_that_a_third_brings_together_too_late_stay_apart(self) -> None:
        third = {"cohort": "Cohort 3", "starts_on": "2022-10-04", "ends_on": "2023-07-08"}
        write(
            AMA,
            AMA | LATER | {"email": "b@example.org"},
            AMA | third | {"email": "ama@example.org; b@example.org"},
        )
        assert Person.objects.count() == 2
        assert ContactAddress.objects.count() == 2

    def test_a_second_time_everything_is_known(self) -> None:
        write(AMA, KOFI)
        again = plan_of(AMA, KOFI)
        assert again.counts == {"new": 0, "changed": 0, "known": 2, "problem": 0}
        efua = AMA | {"given_name": "Efua", "email": "efua@example.org"}
        written = write(AMA, KOFI, efua)
        assert written.message == "1 cohort with 1 place brought in."
        assert Cohort.objects.get().places == 3

    def test_hundreds_take_few_queries(self) -> None:
        rows = [AMA | {"email": f"p{number}@example.org"} for number in range(400)]
        with CaptureQueriesContext(connection) as seen:
            write(*rows)
        assert len(seen) < 60

    def test_the_public_sees_no_application_to_it(self, signed_in: SignedIn) -> None:
        write(AMA)
        browser = signed_in(staff())
        assert browser.get("/staff/cohorts/cohort-1/").status_code == 200
        assert "Cohort 1" in browser.get("/staff/cohorts/?show=past").content.decode()


class TestProblems:
    @pytest.mark.parametrize(
        ("change", "column", "words"),
        [
            ({"cohort": ""}, "Cohort", "This is empty."),
            ({"cohort": "x" * 121}, "Cohort", "Shorten it to 120"),
            ({"starts_on": "autumn"}, "Cohort starts", "‘autumn’ is not a date."),
            ({"ends_on": "01/09/2020"}, "Cohort ends", "It ends before it starts."),
            ({"ends_on": "21/11/2026"}, "Cohort ends", "It is not over yet."),
            ({"outcome": ""}, "Outcome", "Fill in an outcome."),
            ({"outcome": "Complted"}, "Outcome", "Did you mean ‘Complet"),
            ({"email": "nobody"}, "E-mail address", "is not an e-mail address"),
            ({"given_name": ""}, "First name", "This is empty."),
            ({"organisation": "Hackny"}, "Employer or borough on joining", "is not a borough"),
            ({"grade_band": "Boss"}, "Grade on joining", "is not a grade"),
            ({"certificate_on": "1/1/2020"}, "Certificate issued on", "after the cohort starts"),
            ({"certificate_on": "1/1/2030"}, "Certificate issued on", "not after today"),
            (
                {"certificate_on": "1/8/2021", "outcome": "Withdrew"},
                "Certificate issued on",
                "Only somebody who completed",
            ),
            (
                {"certificate_on": "1/8/2021", "given_name": "Zoë \u0378"},
                "Certificate issued on",
                "a certificate cannot print",
            ),
            ({"programme": "Another"}, "Programme", "‘Another’ is not a programme"),
        ],
    )
    def test_a_cell_says_what_is_wrong(
        self, change: dict[str, str], column: str, words: str
    ) -> None:
        plan = plan_of(AMA | change)
        ((row, title, said),) = problems(plan)
        assert (row, title) == (2, column)
        assert words in said
        assert plan.outcomes == {2: Outcome.PROBLEM}

    def test_one_cohort_has_one_pair_of_dates(self) -> None:
        words = only_problem(AMA, KOFI | {"cohort": "cohort 1.", "ends_on": "10/07/2021"})
        assert words == "Rows 2 and 3 give ‘Cohort 1’ different dates. Give them all the same."

    def test_a_cohort_that_was_run_here_is_not_added_to(self, programme: Programme) -> None:
        CohortFactory(name="Cohort 1", programme=programme)
        assert "was run here. Give this one another name." in only_problem(AMA)

    def test_a_cohort_on_record_keeps_its_dates(self) -> None:
        write(AMA)
        words = only_problem(KOFI | {"ends_on": "10/07/2021"})
        assert words == (
            "‘Cohort 1’ is on record from 5 October 2020 to 9 July 2021. Give the same dates."
        )

    def test_another_outcome_than_on_record(self) -> None:
        write(AMA)
        words = only_problem(AMA | {"outcome": "Deferred"})
        assert words.startswith("On record: Completed. In the sheet: Deferred.")
        PersonFactory(address="other@example.org")
        assert not problems(plan_of(AMA | {"email": "other@example.org"}))

    def test_one_address_twice_in_one_cohort(self) -> None:
        words = only_problem(AMA, AMA)
        assert words == (
            "Rows 2 and 3 have the address ‘ama@example.org’ in one cohort. Leave one out."
        )

    def test_one_person_twice_in_one_cohort(self) -> None:
        known = PersonFactory(address="ama@example.org")
        ContactAddress.objects.create(person=known, email="b@example.org")
        words = only_problem(AMA, AMA | {"email": "b@example.org"})
        assert words == "Rows 2 and 3 are one person in one cohort. Leave one out."

    def test_addresses_of_two_people(self) -> None:
        PersonFactory(address="ama@example.org")
        PersonFactory(address="kofi@example.org")
        row = AMA | {"email": "ama@example.org; kofi@example.org"}
        assert only_problem(row).startswith("These addresses belong to different people.")

    def test_one_address_under_two_names(self) -> None:
        words = only_problem(AMA, AMA | LATER | {"given_name": "Amma"})
        assert words == "Rows 2 and 3 give ‘ama@example.org’ different names. Correct one."

    def test_where_there_are_two_programmes_it_must_be_said_which(
        self, programme: Programme
    ) -> None:
        other = ProgrammeFactory(name="Second programme")
        assert only_problem(AMA) == "This is empty. Fill in a programme."
        write(AMA | {"programme": "second programme"})
        assert Cohort.objects.get().programme == other


def test_a_certificates_number_cannot_be_guessed() -> None:
    numbers = {new_certificate_number() for _ in range(50)}
    assert len(numbers) == 50
    assert {len(number) for number in numbers} == {19}


def test_a_cohort_lasts_as_long_as_its_dates(clock: Any) -> None:
    clock.shift(timedelta(days=1))
    assert not problems(plan_of(AMA | {"ends_on": "20/11/2026"}))
