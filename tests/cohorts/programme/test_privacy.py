"""Erasing takes the person out and keeps the counts."""

from datetime import timedelta

import pytest

from cohorts.programme.enums import (
    ApplicationState,
    CatchUp,
    CohortState,
    Mark,
    ReviewState,
    SupportAnswer,
    SupportRoute,
)
from cohorts.programme.models import AdjustmentAnswer, Application, Interest, ManagerSupport, Review
from cohorts.programme.privacy import PERSONAL_DATA
from cohorts.programme.services import applications, interest, privacy, support
from lic_site.accounts.models import Person
from lic_site.common.personal_data import undeclared
from tests.factories.people import PersonFactory
from tests.factories.programme import (
    AnswerFactory,
    ApplicationFactory,
    CohortFactory,
    CriterionFactory,
    EnrolmentFactory,
    OfferFactory,
)
from tests.factories.running import AttendanceFactory, a_session
from tests.support.people import NOW

pytestmark = pytest.mark.django_db

SECRET = "Marmalade"


def full_of_secrets() -> Application:
    """An application in which every text holds the word."""
    application: Application = ApplicationFactory(complete=True)
    person = application.applicant
    AnswerFactory(
        application=application, question=application.cohort.questions.first(), text=SECRET
    )
    applications.save_adjustments(application=application, text=SECRET, by=person, at=NOW)
    applications.exclude_reader(application=application, name=SECRET, email="", by=person, at=NOW)
    named = support.Named(SECRET, SECRET, f"{SECRET}@example.org")
    support.choose_support(
        application=application, route=SupportRoute.MANAGER, named=named, by=person, at=NOW
    )
    asked = support.ask_support(application=application, by=person, at=NOW)
    support.answer_support(
        token=support.token_for(asked),
        answer=SupportAnswer.CONDITIONS,
        conditions=SECRET,
        at=NOW,
    )
    Application.objects.filter(pk=application.pk).update(
        job_title=SECRET, feedback=SECRET, decision_reason=SECRET
    )
    review = Review.objects.create(
        application=application,
        reader=PersonFactory(),
        state=ReviewState.SUBMITTED,
        assigned_at=NOW,
        due_on=NOW.date(),
        comment=SECRET,
    )
    review.scores.create(
        criterion=CriterionFactory(cohort=application.cohort), points=3, note=SECRET
    )
    application.refresh_from_db()
    return application


def erase(person: Person) -> None:
    for held in PERSONAL_DATA.held:
        held.erase(person, NOW)


def told(person: Person) -> str:
    return str([dict(row) for held in PERSONAL_DATA.held for row in held.rows(person)])


def test_every_model_of_the_programme_is_declared() -> None:
    assert not [label for label in undeclared() if label.startswith("programme.")]


def test_a_person_is_told_what_they_wrote_but_not_what_readers_wrote() -> None:
    application = full_of_secrets()
    Review.objects.update(comment="Reader's own words")
    words = told(application.applicant)
    assert words.count(SECRET) >= 6
    assert "Reader's own words" not in words
    assert "Reader's own words" in told(Review.objects.get().reader)


def test_a_supporter_is_told_that_they_were_asked_and_not_by_whom() -> None:
    application = full_of_secrets()
    supporter = ManagerSupport.objects.get().supporter
    assert supporter is not None
    words = told(supporter)
    assert "Support you were asked for" in words
    assert application.applicant.family_name not in words


def test_every_row_kind_can_be_told() -> None:
    person = PersonFactory()
    cohort = CohortFactory()
    OfferFactory(application__applicant=person, application__cohort=cohort)
    EnrolmentFactory(person=person, cohort=cohort)
    cohort.readers.create(person=person, added_at=NOW)
    interest.note_interest(
        programme=cohort.programme, given_name="A", email=person.user.email, by=person, at=NOW
    )
    own = Application.objects.get()
    own.events.create(state="submitted", at=NOW)
    AdjustmentAnswer.objects.create(
        application=own, state="arranged", reply=SECRET, answered_at=NOW
    )
    assert SECRET in told(person)
    erase(person)
    assert SECRET not in told(person)
    assert not Interest.objects.exists()
    assert not cohort.readers.exists()


def test_erasing_an_applicant_takes_every_word_and_keeps_the_counts() -> None:
    application = full_of_secrets()
    before = (application.grade_band, application.organisation, Application.objects.count())
    for _twice in range(2):
        erase(application.applicant)
    application.refresh_from_db()
    assert application.state == ApplicationState.WITHDRAWN
    assert (
        application.grade_band,
        application.organisation,
        Application.objects.count(),
    ) == before
    assert SECRET not in told(application.applicant)
    review = Review.objects.get()
    assert (review.comment, review.scores.get().points, review.scores.get().note) == ("", 3, "")
    assert (application.feedback, application.decision_reason) == ("", "")
    assert ManagerSupport.objects.get().supporter is None


def test_erasing_somebody_with_a_place_frees_it() -> None:
    cohort = CohortFactory(state=CohortState.CONFIRMED, places=1)
    mine = ApplicationFactory(cohort=cohort, state=ApplicationState.ACCEPTED)
    EnrolmentFactory(cohort=cohort, person=mine.applicant, application=mine)
    waiting = ApplicationFactory(
        cohort=cohort, state=ApplicationState.WAITLISTED, waitlist_position=1
    )
    erase(mine.applicant)
    waiting.refresh_from_db()
    assert waiting.state == ApplicationState.OFFERED


def test_erasing_a_supporter_keeps_their_answer_in_the_counts() -> None:
    full_of_secrets()
    row = ManagerSupport.objects.get()
    assert row.supporter is not None
    erase(row.supporter)
    row.refresh_from_db()
    assert (row.answer, row.typed_name, row.conditions) == (SupportAnswer.CONDITIONS, "", "")


def test_erasing_a_reader_keeps_their_points() -> None:
    full_of_secrets()
    review = Review.objects.get()
    Review.objects.update(state=ReviewState.RECUSED, recusal_reason=SECRET)
    erase(review.reader)
    review.refresh_from_db()
    assert (review.recusal_reason, review.comment) == ("Erased.", "")
    assert review.scores.get().points == 3


@pytest.mark.parametrize("wiped", [True, False])
def test_words_go_a_year_after_the_cohort_ended(wiped: bool) -> None:
    application = full_of_secrets()
    Application.objects.update(state=ApplicationState.REJECTED, submitted_at=NOW)
    cohort = application.cohort
    cohort.starts_on = cohort.ends_on = (NOW - timedelta(days=366 if wiped else 364)).date()
    cohort.save()
    assert privacy.wipe_what_is_past(NOW) == wiped
    assert (SECRET in told(application.applicant)) != wiped
    assert privacy.wipe_what_is_past(NOW) == 0


@pytest.mark.parametrize("is_past", [True, False])
def test_how_somebody_caught_up_is_forgotten_a_year_after_the_cohort(is_past: bool) -> None:
    ended = (NOW - timedelta(days=366 if is_past else 364)).date()
    cohort = CohortFactory(starts_on=ended, ends_on=ended)
    kept = AttendanceFactory(
        session=a_session(cohort, days=-366),
        enrolment=EnrolmentFactory(cohort=cohort),
        mark=Mark.ABSENT,
        catch_up=CatchUp.DONE,
        catch_up_words=SECRET,
    )
    (held,) = [each for each in PERSONAL_DATA.held if each.model == "programme.Attendance"]
    assert held.retain is not None
    assert held.retain(NOW) == is_past
    kept.refresh_from_db()
    assert (kept.catch_up, kept.catch_up_words) == (CatchUp.DONE, "" if is_past else SECRET)


def test_a_draft_never_sent_goes_half_a_year_after_the_deadline() -> None:
    application = full_of_secrets()
    application.cohort.applications_open_at = NOW - timedelta(days=200)
    application.cohort.applications_close_at = NOW - timedelta(days=181)
    application.cohort.save()
    assert privacy.wipe_what_is_past(NOW) == 1


def test_interest_is_forgotten_in_time() -> None:
    cohort = CohortFactory()
    noted = {
        "left": (NOW - timedelta(days=40), NOW - timedelta(days=31)),
        "old": (NOW - timedelta(days=731), None),
        "live": (NOW - timedelta(days=700), None),
    }
    for name, (noted_at, ended_at) in noted.items():
        Interest.objects.create(
            programme=cohort.programme,
            person=PersonFactory(given_name=name),
            noted_at=noted_at,
            ended_at=ended_at,
        )
    assert privacy.forget_interest(NOW) == 2
    assert Interest.objects.get().person.given_name == "live"


def test_why_a_reader_stepped_aside_goes_with_the_applicant_s_words() -> None:
    application = full_of_secrets()
    Review.objects.update(state=ReviewState.RECUSED, recusal_reason=SECRET)
    erase(application.applicant)
    assert Review.objects.get().recusal_reason == "Erased."


def test_what_an_erased_reader_had_to_read_can_be_given_to_somebody_else() -> None:
    full_of_secrets()
    review = Review.objects.get()
    Review.objects.update(state=ReviewState.ASSIGNED)
    erase(review.reader)
    assert not Review.objects.exists()
