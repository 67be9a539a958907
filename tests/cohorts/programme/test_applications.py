"""Beginning an application, writing it, sending it, withdrawing it."""

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cohorts.programme.eligibility import Barrier, barrier
from cohorts.programme.enums import ApplicationState, CohortState
from cohorts.programme.models import Application, Question
from cohorts.programme.references import ALPHABET, new_reference
from cohorts.programme.services import applications
from cohorts.programme.words import count_words
from lic_site.accounts.models import AuditEvent, Person
from tests.factories.people import BoroughFactory, OrganisationFactory, PersonFactory
from tests.factories.programme import (
    ApplicationFactory,
    CohortFactory,
)
from tests.support.people import NOW

pytestmark = pytest.mark.django_db


def start(person: Person, cohort: object, says: bool = True) -> Application:
    return applications.start_application(cohort=cohort, says_eligible=says, by=person, at=NOW)  # type: ignore[arg-type]


class TestStarting:
    def test_an_eligible_person_begins_a_draft(self) -> None:
        person, cohort = PersonFactory(), CohortFactory()
        draft = start(person, cohort)
        assert (draft.state, draft.is_eligible) == (ApplicationState.DRAFT, True)
        assert [event.state for event in draft.events.all()] == ["draft"]

    def test_one_live_application_a_cohort(self) -> None:
        person, cohort = PersonFactory(), CohortFactory()
        assert start(person, cohort) == start(person, cohort)

    def test_two_windows_at_once_begin_one(self, monkeypatch: pytest.MonkeyPatch) -> None:
        person, cohort = PersonFactory(), CohortFactory()

        def create_meanwhile() -> str:
            monkeypatch.setattr(applications, "new_reference", new_reference)
            ApplicationFactory(cohort=cohort, applicant=person)
            return new_reference()

        monkeypatch.setattr(applications, "new_reference", create_meanwhile)
        assert start(person, cohort) == Application.objects.get()

    def test_after_withdrawing_a_person_may_begin_again(self) -> None:
        old = ApplicationFactory(state=ApplicationState.WITHDRAWN)
        assert start(old.applicant, old.cohort) != old

    def test_a_no_is_not_kept(self) -> None:
        with pytest.raises(applications.NotEligible) as no:
            start(PersonFactory(), CohortFactory(), says=False)
        assert no.value.why == Barrier.STATEMENT
        assert not Application.objects.exists()
        assert not AuditEvent.objects.filter(verb__startswith="programme.").exists()

    @pytest.mark.parametrize(
        "closed",
        [
            {"state": CohortState.DRAFT},
            {"state": CohortState.SELECTING},
            {"applications_close_at": NOW},
            {"applications_open_at": NOW + timedelta(seconds=1)},
        ],
    )
    def test_only_an_open_cohort_takes_applications(self, closed: dict[str, object]) -> None:
        with pytest.raises(applications.NotOpen):
            start(PersonFactory(), CohortFactory(**closed))


class TestWriting:
    def test_an_answer_longer_than_the_limit_is_kept(self) -> None:
        draft = ApplicationFactory()
        question = draft.cohort.questions.first()
        text = "word " * 150
        applications.save_answer(
            application=draft, question=question, text=text, by=draft.applicant, at=NOW
        )
        assert draft.answers.get().text == text

    def test_an_answer_is_kept_after_the_deadline(self) -> None:
        draft = ApplicationFactory(cohort__applications_close_at=NOW - timedelta(hours=1))
        applications.save_answer(
            application=draft,
            question=draft.cohort.questions.first(),
            text="Late, but mine.",
            by=draft.applicant,
            at=NOW,
        )
        assert draft.answers.get().text == "Late, but mine."

    def test_a_question_of_another_cohort_is_none_of_ours(self) -> None:
        draft, other = ApplicationFactory(), CohortFactory()
        with pytest.raises(Question.DoesNotExist):
            applications.save_answer(
                application=draft,
                question=other.questions.first(),
                text="",
                by=draft.applicant,
                at=NOW,
            )

    def test_what_was_sent_does_not_change(self) -> None:
        gone = ApplicationFactory(state=ApplicationState.SUBMITTED)
        with pytest.raises(applications.AlreadySent):
            applications.save_adjustments(application=gone, text="Later", by=gone.applicant, at=NOW)

    def test_adjustments_are_encrypted_at_rest(self) -> None:
        draft = ApplicationFactory()
        applications.save_adjustments(
            application=draft, text="A hearing loop", by=draft.applicant, at=NOW
        )
        draft.refresh_from_db()
        assert draft.adjustments == "A hearing loop"
        raw = Application.objects.raw("SELECT id, adjustments AS stored FROM programme_application")
        assert "loop" not in raw[0].stored  # type: ignore[attr-defined]

    def test_details_of_an_eligible_post_are_kept(self) -> None:
        draft = ApplicationFactory()
        person = draft.applicant
        kept = applications.save_details(
            application=draft,
            job_title="Service manager",
            grade_band="middle_manager",
            organisation=person.organisation,
            by=person,
            at=NOW,
        )
        assert (kept.job_title, kept.organisation) == ("Service manager", person.organisation)

    @pytest.mark.parametrize(
        ("limits", "why"),
        [
            ({"eligible_grades": ["director"]}, Barrier.GRADE),
            ({"borough": True}, Barrier.BOROUGH),
            ({"organisation": True}, Barrier.ORGANISATION),
        ],
    )
    def test_an_ineligible_post_is_refused_and_not_kept(
        self, limits: dict[str, object], why: Barrier
    ) -> None:
        draft = ApplicationFactory(
            cohort__eligible_grades=limits.get(
                "eligible_grades", ["director", "first_line_manager"]
            )
        )
        if "borough" in limits:
            draft.cohort.eligible_boroughs.set([BoroughFactory()])
        place = OrganisationFactory(boroughs=[]) if "organisation" in limits else None
        with pytest.raises(applications.NotEligible) as no:
            applications.save_details(
                application=draft,
                job_title="Team manager",
                grade_band="first_line_manager",
                organisation=place or draft.applicant.organisation,
                by=draft.applicant,
                at=NOW,
            )
        assert no.value.why == why
        draft.refresh_from_db()
        assert not draft.job_title

    def test_without_the_statement_nothing_else_is_looked_at(self) -> None:
        why = barrier(
            says_eligible=False, grade="", boroughs=[], eligible_grades=[], eligible_boroughs=[]
        )
        assert why == Barrier.STATEMENT

    def test_eligible_boroughs_let_those_who_work_there_in(self) -> None:
        assert not barrier(
            says_eligible=True,
            grade="director",
            boroughs=[1, 2],
            eligible_grades=["director"],
            eligible_boroughs=[2],
        )


class TestReadersToAvoid:
    def test_a_name_is_added_once_whatever_the_case_of_the_address(self) -> None:
        draft = ApplicationFactory()
        first, second = (
            applications.exclude_reader(
                application=draft, name="Jo", email=email, by=draft.applicant, at=NOW
            )
            for email in ("Jo@Example.org", "jo@example.ORG ")
        )
        assert first == second

    def test_names_without_an_address_are_each_kept(self) -> None:
        draft = ApplicationFactory()
        for _ in range(2):
            applications.exclude_reader(
                application=draft, name="Jo", email="", by=draft.applicant, at=NOW
            )
        assert draft.exclusions.count() == 2

    def test_a_name_is_taken_off(self) -> None:
        draft = ApplicationFactory()
        exclusion = applications.exclude_reader(
            application=draft, name="Jo", email="", by=draft.applicant, at=NOW
        )
        applications.allow_reader(exclusion=exclusion, by=draft.applicant, at=NOW)
        assert not draft.exclusions.exists()

    def test_once_reading_begins_the_list_stands(self) -> None:
        read = ApplicationFactory(state=ApplicationState.UNDER_REVIEW)
        with pytest.raises(applications.ReadingBegun):
            applications.exclude_reader(
                application=read, name="Jo", email="", by=read.applicant, at=NOW
            )


@given(
    st.lists(st.from_regex(r"\A\w[\w'’-]*\Z"), max_size=60), st.sampled_from([" ", "\n", "  \t"])
)
def test_words_are_counted_whatever_lies_between(words: list[str], space: str) -> None:
    assert count_words(space.join(words)) == len(words)


def test_a_lone_dash_is_no_word() -> None:
    assert count_words("well – almost - done …") == 3


def test_references_can_be_read_aloud() -> None:
    drawn = {new_reference() for _ in range(200)}
    assert len(drawn) == 200
    assert set("".join(drawn)) <= {*ALPHABET, "-"}
