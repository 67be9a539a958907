"""Who may see which record of selection: each kind of record, tried as each kind of person."""

from datetime import date

import pytest

from cohorts.programme import policies
from cohorts.programme.enums import ApplicationState, CohortState
from cohorts.programme.models import (
    Answer,
    Application,
    ApplicationEvent,
    Cohort,
    Enrolment,
    Funding,
    Interest,
    Offer,
    PositiveActionRecord,
    Programme,
    Question,
    ReaderExclusion,
    Review,
)
from lic_site.accounts.enums import Role
from lic_site.accounts.models import Borough, Person
from tests.factories.people import PersonFactory, staff
from tests.factories.selection import a_cohort, a_reader, a_review, enrolled, offered, sent
from tests.support.people import NOW, Cast

pytestmark = pytest.mark.django_db
READ_IN = {CohortState.OPEN, CohortState.SELECTING}

WORLD = (
    Programme,
    Cohort,
    Question,
    Funding,
    PositiveActionRecord,
    Interest,
    Application,
    Answer,
    ApplicationEvent,
    ReaderExclusion,
    Offer,
    Enrolment,
    Review,
)


def sees(person: Person | None) -> set[str]:
    """The names of the models of which the person sees a row."""
    return {
        model.__name__
        for model in WORLD
        if policies.visible(person, model._default_manager.all()).exists()
    }


@pytest.fixture
def owner(cast: Cast) -> Person:
    """Alice applied, was read and holds an offer; everything about her is on record."""
    cohort = a_cohort(CohortState.SELECTING)
    application = offered(cohort, applicant=cast.owner).application
    question = Question.objects.create(cohort=cohort, text="What?")
    Answer.objects.create(application=application, question=question, text="x", saved_at=NOW)
    ApplicationEvent.objects.create(
        application=application, state=ApplicationState.SUBMITTED, at=NOW
    )
    ReaderExclusion.objects.create(application=application, name="Ann Lee")
    Interest.objects.create(programme=cohort.programme, person=cast.owner, noted_at=NOW)
    Funding.objects.create(programme=cohort.programme, source="ALDCS", year=2026)
    PositiveActionRecord.objects.create(
        programme=cohort.programme,
        evidence="e",
        aim="a",
        proportionality="p",
        review_on=date(2027, 1, 1),
    )
    a_review(application, a_reader(cohort), points=3)
    enrolled(a_cohort(CohortState.CONFIRMED))
    return cast.owner


PUBLIC = {"Programme", "Cohort", "Question"}


def test_a_visitor_and_a_colleague_see_only_what_is_public(cast: Cast, owner: Person) -> None:
    assert sees(None) == sees(cast.colleague) == sees(cast.stranger) == PUBLIC


def test_the_applicant_sees_their_own_and_never_a_reading(owner: Person) -> None:
    own = {"Application", "Answer", "ApplicationEvent", "ReaderExclusion", "Offer", "Interest"}
    assert sees(owner) == PUBLIC | own


def test_a_reader_sees_the_words_and_nothing_that_hangs_on_them(owner: Person) -> None:
    review = Review.objects.get()
    assert sees(review.reader) == PUBLIC | {"Application", "Answer", "Review"}
    assert not policies.can(review.reader, "see_names", review.application)
    review.application.cohort.state = CohortState.CONFIRMED
    review.application.cohort.save()
    assert sees(review.reader) == PUBLIC


def test_an_admin_sees_all_but_drafts_and_a_lead_no_person(owner: Person) -> None:
    admin, lead = staff(), staff(Role.PROGRAMME_LEAD)
    assert sees(admin) == {model.__name__ for model in WORLD}
    assert sees(lead) == PUBLIC | {"Funding", "PositiveActionRecord"}
    assert policies.can(admin, "see_names", Application.objects.first())
    Application.objects.filter(applicant=owner).update(state=ApplicationState.DRAFT)
    visible = policies.visible(admin, Application.objects.filter(applicant=owner))
    assert not visible.exists()


def test_a_plan_is_seen_by_staff_alone(owner: Person) -> None:
    draft = a_cohort(CohortState.DRAFT)
    plans = Cohort.objects.filter(pk=draft.pk)
    assert not policies.visible(owner, plans).exists()
    assert policies.visible(staff(), plans).exists()


def test_only_the_applicant_answers_an_open_offer_and_only_a_reader_reads(
    cast: Cast, owner: Person
) -> None:
    offer = Offer.objects.open().get()
    assert policies.can(owner, "answer_offer", offer)
    assert not policies.can(cast.colleague, "answer_offer", offer)
    cohort = a_cohort()
    review = a_review(sent(cohort), a_reader(cohort))
    assert policies.can(review.reader, "read", review)
    assert not policies.can(cast.colleague, "read", review)


def test_an_erased_person_an_unknown_verb_and_another_apps_records_are_refused(
    owner: Person,
) -> None:
    admin = staff()
    assert not policies.can(admin, "fly")
    assert not policies.visible(admin, Borough.objects.all()).exists()
    owner.erased_at = NOW
    assert sees(owner) == PUBLIC
    assert not policies.can(owner, "see_own_application", Application.objects.first())


@pytest.mark.parametrize("role", [None, Role.COLLEGE_ADMIN])
def test_what_is_one_s_own_is_what_one_sees_of_it(owner: Person, role: Role | None) -> None:
    """In every state of the cohort a reader's own is what ``visible`` shows them of it."""
    reader = staff(role) if role else PersonFactory()
    for state in CohortState:
        cohort = a_cohort(state)
        for reached in (ApplicationState.UNDER_REVIEW, ApplicationState.WITHDRAWN):
            a_review(sent(cohort, reached), reader)
        application = sent(cohort, applicant=reader)
        Enrolment.objects.create(
            cohort=cohort, person=reader, application=application, enrolled_at=NOW
        )
    for person in (reader, owner):
        for kind, whose in ((Application, "applicant"), (Review, "reader"), (Enrolment, "person")):
            mine = kind._default_manager.filter(**{whose: person})
            own = set(policies.own(person, kind._default_manager.all()))
            seen = set(policies.visible(person, mine))
            if role and kind is Review:  # to an admin those of cohorts that are over are records
                seen = {each for each in seen if each.application.cohort.state in READ_IN}
            assert own == seen
            assert own or (person is owner and kind is not Application)
    assert not policies.own(None, Application.objects.all()).exists()
    assert not policies.own(owner, Cohort.objects.all()).exists()
