"""'Who sees this' says what the policies do."""

from collections.abc import Iterator

import pytest
from django.db.models import Model

from cohorts.programme import policies
from cohorts.programme.enums import ApplicationState, CohortState, ReviewState, SupportRoute, Viewer
from cohorts.programme.models import Answer, Application, CohortReader, Review
from cohorts.programme.services import support
from lic_site.accounts.models import Person
from tests.factories.people import PersonFactory, staff
from tests.factories.programme import ApplicationFactory
from tests.support.people import NOW

pytestmark = pytest.mark.django_db


@pytest.fixture
def application() -> Application:
    """Sent, being read, with every part filled."""
    made: Application = ApplicationFactory(
        complete=True, state=ApplicationState.UNDER_REVIEW, cohort__state=CohortState.SELECTING
    )
    Answer.objects.create(
        application=made, question=made.cohort.questions.all()[0], text="Words", saved_at=NOW
    )
    made.exclusions.create(name="Jo", email="")
    named = support.Named("Dana", "Field", "dana@example.org")
    support.choose_support(
        application=made, route=SupportRoute.MANAGER, named=named, by=made.applicant, at=NOW
    )
    return made


def people(application: Application) -> Iterator[tuple[Viewer | None, Person]]:
    reader = PersonFactory()
    CohortReader.objects.create(cohort=application.cohort, person=reader, added_at=NOW)
    Review.objects.create(
        application=application,
        reader=reader,
        state=ReviewState.ASSIGNED,
        assigned_at=NOW,
        due_on=NOW.date(),
    )
    supporter = application.support.supporter
    assert supporter is not None
    yield Viewer.APPLICANT, application.applicant
    yield Viewer.COLLEGE, staff()
    yield Viewer.READER, reader
    yield Viewer.SUPPORTER, supporter
    yield None, PersonFactory()
    yield None, staff("programme_lead")
    yield None, staff("borough_coordinator")
    yield None, staff("editor")


def rows(application: Application, part: str) -> Model:
    match part:
        case "answers":
            return application.answers.get()
        case "exclusions":
            return application.exclusions.get()
        case _:
            return application.support


@pytest.mark.parametrize("part", ["answers", "exclusions", "support"])
def test_it_agrees_with_what_is_visible(application: Application, part: str) -> None:
    row = rows(application, part)
    told = set(policies.audience(part))
    for viewer, person in people(application):
        seen = policies.visible(person, type(row)._default_manager.all()).filter(pk=row.pk)
        assert seen.exists() == (viewer in told), (part, viewer)


@pytest.mark.parametrize("part", ["answers", "exclusions", "support"])
def test_nobody_else_sees_a_draft(application: Application, part: str) -> None:
    Application.objects.update(state=ApplicationState.DRAFT)
    Review.objects.all().delete()
    row = rows(application, part)
    for person in (staff(), PersonFactory(), application.support.supporter):
        assert not policies.visible(person, type(row)._default_manager.all()).exists()


def test_what_is_asked_of_staff_college_is_seen_there_before_it_is_sent() -> None:
    draft = ApplicationFactory()
    support.choose_support(
        application=draft, route=SupportRoute.COLLEGE, by=draft.applicant, at=NOW
    )
    rows_of = support.ManagerSupport.objects.all()
    assert not policies.visible(staff(), rows_of).exists()
    support.ask_support(application=draft, by=draft.applicant, at=NOW)
    assert policies.visible(staff(), rows_of).exists()


def test_adjustments_are_for_staff_college_alone(application: Application) -> None:
    told = set(policies.audience("adjustments"))
    for viewer, person in people(application):
        may = policies.can(person, "see_adjustments", application)
        own = person == application.applicant
        assert (may or own) == (viewer in told), viewer


@pytest.mark.parametrize("hidden", [True, False])
def test_the_sentence(application: Application, hidden: bool) -> None:
    application.cohort.names_hidden = hidden
    sentence = policies.who_sees("answers", application)
    assert sentence.startswith(
        "You and the two people who read your application and Staff College."
    )
    assert ("neither your name nor your employer" in sentence) == hidden
    application.state = ApplicationState.DRAFT
    assert "once it is sent" in policies.who_sees("details", application)


def test_whoever_is_asked_for_support_sees_it_from_the_asking_as_the_sentence_says() -> None:
    sentence = policies.who_sees("support_answer", draft := ApplicationFactory())
    assert "your name, the cohort and its dates from the moment you say ‘ask now’" in sentence
    assert "whether or not your application is sent, and nothing else" in sentence
    named = support.Named("Dana", "Field", "dana@example.org")
    chosen = support.choose_support(
        application=draft, route=SupportRoute.MANAGER, named=named, by=draft.applicant, at=NOW
    )
    token = support.token_for(chosen)
    with pytest.raises(support.LinkEnded):
        support.open_request(token)
    support.ask_support(application=draft, by=draft.applicant, at=NOW)
    asked = support.open_request(token)
    assert asked.application.state == ApplicationState.DRAFT
    rows_of = support.ManagerSupport.objects.all()
    assert not policies.visible(asked.supporter, rows_of).exists()
    assert not policies.visible(asked.supporter, Application.objects.all()).exists()
    assert not policies.visible(staff(), rows_of).exists()
    Application.objects.update(state=ApplicationState.SUBMITTED, submitted_at=NOW)
    assert policies.visible(staff(), rows_of).exists()
