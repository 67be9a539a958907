"""Cohorts of earlier years, brought in as they ended: over, and nobody is told."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.db import transaction
from django.db.models import F
from django.db.models.functions import Greatest
from django.utils import timezone

from cohorts.programme.enums import CohortState, EnrolmentState, EnrolmentStep
from cohorts.programme.models import (
    Certificate,
    Cohort,
    Enrolment,
    EnrolmentEvent,
    Programme,
)
from cohorts.programme.references import new_certificate_number
from cohorts.programme.services.places import lock_cohort
from cohorts.programme.services.slugs import free_slug
from lic_site.accounts import audit
from lic_site.accounts.models import Organisation, Person
from lic_site.common import page_cache

BATCH = 1_000
SUMMARY = "Brought in from earlier records."


@dataclass(frozen=True, kw_only=True)
class PastCohort:
    """A cohort that is over. Dates are days in London."""

    programme: Programme
    name: str
    starts_on: date
    ends_on: date


@dataclass(frozen=True, kw_only=True)
class PastPlace:
    """Somebody's place in it, and what came of it."""

    cohort: Cohort
    person: Person
    outcome: EnrolmentState
    job_title: str = ""
    grade_band: str = ""
    organisation: Organisation | None = None
    certificate_on: date | None = None


@transaction.atomic
def add_past_cohorts(
    *, cohorts: Iterable[PastCohort], by: Person | None, at: datetime
) -> list[Cohort]:
    """Cohorts that nobody applied to here, in their order: archived from the start. Raises
    IntegrityError where one of the name was made a moment ago.
    """
    added = []
    for past in cohorts:
        opened, closed = (_london(past.starts_on - timedelta(days=days), time()) for days in (2, 1))
        cohort = Cohort.objects.create(
            programme=past.programme,
            name=past.name,
            slug=free_slug(past.name),
            summary=SUMMARY,
            state=CohortState.ARCHIVED,
            places=1,
            starts_on=past.starts_on,
            ends_on=past.ends_on,
            applications_open_at=opened,
            applications_close_at=closed,
            decisions_by=past.starts_on,
            completed_at=_london(past.ends_on, time(17)),
            archived_at=at,
            is_imported=True,
            created_at=at,
        )
        audit.record("programme.cohort_imported", by=by, at=at, thing=cohort)
        added.append(cohort)
    page_cache.bump()
    return added


@transaction.atomic
def add_past_places(
    *, places: Sequence[PastPlace], by: Person | None, at: datetime
) -> list[Enrolment]:
    """Who took part in past cohorts, with what came of it and the post they joined from; nobody
    is told. None of them has a place there yet.
    """
    for cohort_id in sorted({place.cohort.pk for place in places}):
        lock_cohort(cohort_id)
    enrolments = Enrolment.objects.bulk_create(
        [
            Enrolment(
                cohort=place.cohort,
                person=place.person,
                state=place.outcome,
                enrolled_at=_london(place.cohort.starts_on, time()),
                ended_at=_london(place.cohort.ends_on, time(17)),
                entry_job_title=place.job_title,
                entry_grade_band=place.grade_band,
                entry_organisation=place.organisation,
            )
            for place in places
        ],
        batch_size=BATCH,
    )
    EnrolmentEvent.objects.bulk_create(
        [
            EnrolmentEvent(enrolment=each, step=EnrolmentStep.IMPORTED, at=at, by=by)
            for each in enrolments
        ],
        batch_size=BATCH,
    )
    about = [(each, each.person) for each in enrolments]
    audit.record_each("programme.enrolment_imported", by=by, at=at, about=about)
    _add_certificates(dict(zip(enrolments, places, strict=True)), by=by, at=at)
    _count_places({place.cohort.pk for place in places})
    return enrolments


def _add_certificates(
    places: Mapping[Enrolment, PastPlace], *, by: Person | None, at: datetime
) -> None:
    issued = Certificate.objects.bulk_create(
        [
            Certificate(
                enrolment=enrolment,
                number=new_certificate_number(),
                name=place.person.name,
                family_name=place.person.family_name or place.person.given_name,
                issued_on=place.certificate_on,
            )
            for enrolment, place in places.items()
            if place.certificate_on
        ],
        batch_size=BATCH,
    )
    about = [(each, each.enrolment.person) for each in issued]
    audit.record_each("programme.certificate_imported", by=by, at=at, about=about)


def _count_places(cohorts: Iterable[int]) -> None:
    """A past cohort had as many places as people are known to have had one."""
    for pk in cohorts:
        taken = Enrolment.objects.filter(cohort=pk).count()
        Cohort.objects.filter(pk=pk).update(places=Greatest(F("places"), taken))


def _london(day: date, clock: time) -> datetime:
    return timezone.make_aware(datetime.combine(day, clock))
