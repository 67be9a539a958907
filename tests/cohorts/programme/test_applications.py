"""Beginning an application, writing it, sending it, withdrawing it."""

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cohorts.programme.eligibility import Barrier, barrier
from cohorts.programme.enums import ApplicationState, CohortState, EnrolmentState, OfferState
from cohorts.programme.models import Application, Enrolment, Question
from cohorts.programme.references import ALPHABET, new_reference
from cohorts.programme.services import applications, submission
from cohorts.programme.services.support import SupportRoute, choose_support
from cohorts.programme.words import count_words
from lic_site.accounts.models import AuditEvent, Person
from lic_site.notices.models import Notice
from tests.factories.people import BoroughFactory, OrganisationFactory, PersonFactory
from tests.factories.programme import (
    AnswerFactory,
    ApplicationFactory,
    CohortFactory,
    EnrolmentFactory,
    OfferFactory,
)
from tests.support.people import NOW

pytestmark = pytest.mark.django_db


def ready(**values: object) -> Application:
    """A draft that could be sent."""
    application: Application = ApplicationFactory(complete=True, **values)
    required = application.cohort.questions.filter(is_required=True).first()
    AnswerFactory(application=application, question=required)
    choose_support(
        application=application, route=SupportRoute.NOBODY, by=application.applicant, at=NOW
    )
    return application


def sent(application: Application, declared: bool = True) -> Application:
    return submission.submit_application(
        application=application, declared=declared, by=application.applicant, at=NOW
    )


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


class TestSending:
    def test_a_complete_application_is_received(self) -> None:
        application = sent(ready())
        assert (application.state, application.submitted_at) == (ApplicationState.SUBMITTED, NOW)
        assert Notice.objects.get().kind == "programme.application_received"

    def test_sending_twice_changes_nothing(self) -> None:
        application = ready()
        sent(application)
        sent(application)
        assert Notice.objects.count() == 1
        assert application.events.filter(state="submitted").count() == 1

    @pytest.mark.parametrize("part", ["details", "question", "support"])
    def test_a_missing_part_is_named(self, part: str) -> None:
        application = ready()
        match part:
            case "details":
                Application.objects.update(job_title="")
                application.refresh_from_db()
            case "question":
                application.answers.all().delete()
            case _:
                application.support.delete()
        with pytest.raises(submission.Incomplete):
            sent(application)
        fresh = Application.objects.get()
        assert [gap.part for gap in submission.gaps(fresh)] == [part]

    def test_an_answer_too_long_keeps_it_from_being_sent(self) -> None:
        application = ready()
        application.answers.update(text="word " * 103)
        (gap,) = submission.gaps(application)
        assert gap.words_over == 3
        with pytest.raises(submission.Incomplete):
            sent(application)

    def test_after_the_deadline_it_cannot_be_sent_and_all_is_kept(self) -> None:
        application = ready()
        application.cohort.applications_close_at = NOW
        application.cohort.save()
        with pytest.raises(submission.ApplicationsClosed):
            sent(application)
        assert application.answers.count() == 1

    def test_it_must_be_declared_true(self) -> None:
        with pytest.raises(submission.NotDeclared):
            sent(ready(), declared=False)

    def test_eligibility_is_looked_at_again(self) -> None:
        application = ready()
        application.cohort.eligible_grades = ["director"]
        application.cohort.save()
        with pytest.raises(applications.NotEligible):
            sent(application)


class TestWithdrawing:
    def withdraw(self, application: Application) -> Application:
        return submission.withdraw_application(
            application=application, by=application.applicant, at=NOW
        )

    def test_a_draft_is_withdrawn_in_silence(self) -> None:
        gone = self.withdraw(ApplicationFactory())
        assert gone.state == ApplicationState.WITHDRAWN
        assert not Notice.objects.exists()

    def test_what_was_written_is_kept_and_it_is_confirmed(self) -> None:
        gone = self.withdraw(sent(ready()))
        assert gone.answers.count() == 1
        assert Notice.objects.filter(kind="programme.application_withdrawn").count() == 1

    def test_withdrawing_twice_withdraws_once(self) -> None:
        application = sent(ready())
        self.withdraw(application)
        self.withdraw(application)
        assert application.events.filter(state="withdrawn").count() == 1

    def test_what_has_ended_cannot_be_withdrawn(self) -> None:
        with pytest.raises(submission.CannotWithdraw):
            self.withdraw(ApplicationFactory(state=ApplicationState.REJECTED))

    def test_an_offered_place_goes_to_the_next_who_waits(self) -> None:
        cohort = CohortFactory(state=CohortState.SELECTING, places=1)
        offer = OfferFactory(application__cohort=cohort)
        waiting = ApplicationFactory(
            cohort=cohort, state=ApplicationState.WAITLISTED, waitlist_position=1
        )
        self.withdraw(offer.application)
        offer.refresh_from_db()
        waiting.refresh_from_db()
        assert offer.state == OfferState.DECLINED
        assert waiting.state == ApplicationState.OFFERED

    def test_a_taken_place_goes_to_the_next_who_waits(self) -> None:
        cohort = CohortFactory(state=CohortState.CONFIRMED, places=1)
        mine = ApplicationFactory(cohort=cohort, state=ApplicationState.ACCEPTED)
        EnrolmentFactory(cohort=cohort, person=mine.applicant, application=mine)
        waiting = ApplicationFactory(
            cohort=cohort, state=ApplicationState.WAITLISTED, waitlist_position=1
        )
        self.withdraw(mine)
        waiting.refresh_from_db()
        assert Enrolment.objects.get().state == EnrolmentState.WITHDRAWN
        assert waiting.state == ApplicationState.OFFERED

    def test_the_waiting_list_closes_up_behind_whoever_leaves(self) -> None:
        waiting = ApplicationFactory(state=ApplicationState.WAITLISTED, waitlist_position=1)
        assert self.withdraw(waiting).waitlist_position is None


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
