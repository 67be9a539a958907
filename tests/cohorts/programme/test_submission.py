"""Sending an application, and withdrawing it."""

import pytest

from cohorts.programme.enums import ApplicationState, CohortState, EnrolmentState, OfferState
from cohorts.programme.models import Application, Enrolment
from cohorts.programme.services import applications, submission
from lic_site.notices.models import Notice
from tests.cohorts.programme.walking import ready, sent
from tests.factories.programme import (
    ApplicationFactory,
    CohortFactory,
    EnrolmentFactory,
    OfferFactory,
)
from tests.support.people import NOW

pytestmark = pytest.mark.django_db


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

    def test_nobody_leaves_a_cohort_that_is_over(self) -> None:
        cohort = CohortFactory(state=CohortState.COMPLETE)
        with pytest.raises(submission.CannotWithdraw):
            self.withdraw(ApplicationFactory(cohort=cohort, state=ApplicationState.ACCEPTED))

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
