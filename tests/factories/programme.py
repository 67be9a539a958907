"""Programmes, cohorts and applications."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

import factory
from factory.django import DjangoModelFactory

from cohorts.programme.enums import ApplicationState, CohortState, SessionKind
from cohorts.programme.models import (
    Answer,
    Application,
    Cohort,
    Criterion,
    Enrolment,
    Offer,
    Programme,
    Question,
    Session,
)
from tests.factories.people import LONG_AGO, PersonFactory
from tests.support.people import NOW


class ProgrammeFactory(DjangoModelFactory[Programme]):
    name = factory.Sequence(lambda n: f"Leadership in Colour {n}")
    slug = factory.Sequence(lambda n: f"programme-{n}")
    starts_on = date(2026, 1, 1)

    class Meta:
        model = Programme


class QuestionFactory(DjangoModelFactory[Question]):
    text = factory.Sequence(lambda n: f"What have you led, number {n}?")
    max_words = 100

    class Meta:
        model = Question


class CriterionFactory(DjangoModelFactory[Criterion]):
    name = factory.Sequence(lambda n: f"Criterion {n}")

    class Meta:
        model = Criterion


class SessionFactory(DjangoModelFactory[Session]):
    title = factory.Sequence(lambda n: f"Workshop {n}")
    kind = SessionKind.WORKSHOP
    starts_at = datetime(2027, 3, 4, 9, 30, tzinfo=UTC)
    ends_at = datetime(2027, 3, 4, 16, tzinfo=UTC)
    place = "A hall in London"

    class Meta:
        model = Session


class CohortFactory(DjangoModelFactory[Cohort]):
    """Open at ``NOW``, closing four weeks later, with two questions of which one is required."""

    programme = factory.SubFactory(ProgrammeFactory)
    name = factory.Sequence(lambda n: f"Spring cohort {n}")
    slug = factory.Sequence(lambda n: f"spring-{n}")
    summary = "Nine months of leadership development."
    state = CohortState.OPEN
    places = 20
    starts_on = date(2027, 3, 1)
    ends_on = date(2027, 12, 10)
    applications_open_at = NOW - timedelta(days=14)
    applications_close_at = NOW + timedelta(days=28)
    decisions_by = date(2027, 1, 29)
    created_at = LONG_AGO

    class Meta:
        model = Cohort
        skip_postgeneration_save = True

    @factory.post_generation
    def questions(self: Any, create: bool, extracted: int | None, **_: object) -> None:
        if create:
            for position in range(2 if extracted is None else extracted):
                QuestionFactory(cohort=self, position=position, is_required=position == 0)

    @factory.post_generation
    def sessions(self: Any, create: bool, extracted: int | None, **_: object) -> None:
        for _number in range(extracted or 0) if create else ():
            SessionFactory(cohort=self)


class ApplicationFactory(DjangoModelFactory[Application]):
    """A draft unless ``state`` says otherwise; in any later state it was sent at ``NOW``."""

    cohort = factory.SubFactory(CohortFactory)
    applicant = factory.SubFactory(PersonFactory)
    reference = factory.Sequence(lambda n: f"{n:04d}-TEST")
    is_eligible = True
    started_at = NOW - timedelta(days=2)
    submitted_at = factory.LazyAttribute(
        lambda made: None if made.state == ApplicationState.DRAFT else NOW
    )
    state = ApplicationState.DRAFT

    class Meta:
        model = Application

    class Params:
        complete = factory.Trait(
            job_title="Team manager",
            grade_band=factory.SelfAttribute("applicant.grade_band"),
            organisation=factory.SelfAttribute("applicant.organisation"),
        )


class AnswerFactory(DjangoModelFactory[Answer]):
    text = "I led a team through a hard year."
    saved_at = NOW

    class Meta:
        model = Answer


class OfferFactory(DjangoModelFactory[Offer]):
    """An open offer, a week to answer."""

    application = factory.SubFactory(
        ApplicationFactory, state=ApplicationState.OFFERED, complete=True
    )
    made_at = NOW
    expires_at = NOW + timedelta(days=7)

    class Meta:
        model = Offer


class EnrolmentFactory(DjangoModelFactory[Enrolment]):
    cohort = factory.SubFactory(CohortFactory)
    person = factory.SubFactory(PersonFactory)
    enrolled_at = NOW

    class Meta:
        model = Enrolment
