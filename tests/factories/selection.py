"""Cohorts at each step of selection, made straight in the database."""

from datetime import UTC, date, datetime, timedelta
from itertools import count
from typing import Any

from cohorts.programme.enums import ApplicationState, CohortState, OfferState, ReviewState
from cohorts.programme.models import (
    Application,
    Cohort,
    CohortReader,
    Criterion,
    Enrolment,
    Offer,
    PositiveActionRecord,
    Programme,
    Question,
    Review,
    Score,
    Session,
)
from lic_site.accounts.models import Person
from tests.factories.people import PersonFactory
from tests.support.people import NOW

_numbers = count(1)


def a_programme(**fields: Any) -> Programme:
    number = next(_numbers)
    return Programme.objects.create(
        **{"name": f"Programme {number}", "slug": f"p-{number}", "starts_on": date(2020, 8, 1)}
        | fields
    )


def a_cohort(state: CohortState = CohortState.SELECTING, **fields: Any) -> Cohort:
    """Applications closed a week ago, three places, unless told otherwise."""
    number = next(_numbers)
    closed = state not in {CohortState.DRAFT, CohortState.OPEN}
    cohort = Cohort.objects.create(
        **{
            "programme": fields.pop("programme", None) or a_programme(),
            "name": f"Cohort {number}",
            "slug": f"c-{number}",
            "summary": "A year of learning.",
            "state": state,
            "places": 3,
            "starts_on": date(2027, 3, 1),
            "ends_on": date(2027, 12, 1),
            "applications_open_at": NOW - timedelta(days=30),
            "applications_close_at": NOW + timedelta(days=-7 if closed else 14),
            "decisions_by": date(2027, 1, 20),
            "created_at": NOW - timedelta(days=60),
        }
        | fields
    )
    Criterion.objects.create(cohort=cohort, name="Leadership", weight=3, position=1)
    Criterion.objects.create(cohort=cohort, name="Insight", weight=2, position=2)
    return cohort


def ready_to_open(**fields: Any) -> Cohort:
    """A draft that lacks nothing."""
    cohort = a_cohort(CohortState.DRAFT, **fields)
    Question.objects.create(cohort=cohort, text="What did you lead?", position=1)
    Session.objects.create(
        cohort=cohort,
        title="Welcome",
        starts_at=datetime(2027, 3, 1, 9, 30, tzinfo=UTC),
        ends_at=datetime(2027, 3, 1, 16, tzinfo=UTC),
    )
    PositiveActionRecord.objects.get_or_create(
        programme=cohort.programme,
        defaults={
            "evidence": "Figures.",
            "aim": "Participation.",
            "proportionality": "No less would do.",
            "review_on": date(2027, 9, 1),
        },
    )
    return cohort


def sent(
    cohort: Cohort, state: ApplicationState = ApplicationState.SUBMITTED, **fields: Any
) -> Application:
    applicant = fields.pop("applicant", None) or PersonFactory()
    return Application.objects.create(
        **{
            "cohort": cohort,
            "applicant": applicant,
            "reference": f"R{next(_numbers):05d}",
            "state": state,
            "is_eligible": True,
            "job_title": "Team manager",
            "grade_band": applicant.grade_band,
            "organisation": applicant.organisation,
            "started_at": NOW - timedelta(days=20),
            "submitted_at": NOW - timedelta(days=10),
        }
        | fields
    )


def offered(cohort: Cohort, **fields: Any) -> Offer:
    expires_at = fields.pop("expires_at", NOW + timedelta(days=5))
    application = sent(cohort, ApplicationState.OFFERED, **fields)
    return Offer.objects.create(application=application, made_at=NOW, expires_at=expires_at)


def enrolled(cohort: Cohort) -> Enrolment:
    application = sent(cohort, ApplicationState.ACCEPTED)
    Offer.objects.create(
        application=application, made_at=NOW, expires_at=NOW, state=OfferState.ACCEPTED
    )
    return Enrolment.objects.create(
        cohort=cohort, person=application.applicant, application=application, enrolled_at=NOW
    )


def waiting(cohort: Cohort, position: int) -> Application:
    return sent(cohort, ApplicationState.WAITLISTED, waitlist_position=position)


def a_reader(cohort: Cohort, **person: Any) -> Person:
    reader: Person = PersonFactory(**person)
    CohortReader.objects.create(cohort=cohort, person=reader, added_at=NOW)
    return reader


def a_review(
    application: Application, reader: Person, points: int | None = None, **fields: Any
) -> Review:
    """To read, or with points the same for every criterion."""
    done = points is not None
    review = Review.objects.create(
        **{
            "application": application,
            "reader": reader,
            "state": ReviewState.SUBMITTED if done else ReviewState.ASSIGNED,
            "assigned_at": NOW,
            "due_on": date(2026, 12, 1),
            "finished_at": NOW if done else None,
        }
        | fields
    )
    if done:
        for criterion in application.cohort.criteria.all():
            Score.objects.create(review=review, criterion=criterion, points=points)
    Application.objects.filter(pk=application.pk, state=ApplicationState.SUBMITTED).update(
        state=ApplicationState.UNDER_REVIEW
    )
    application.refresh_from_db()
    return review
