"""Five years of earlier cohorts, so that lists are as long as they will be. Written in bulk: these
records only fill the boards; what can be done is shown by the worlds in ``programme``.
"""

from collections.abc import Iterator
from datetime import datetime, time, timedelta

from django.db import transaction
from django.utils import timezone

from cohorts.programme.enums import ApplicationState, CohortState
from cohorts.programme.forms.cohorts import london
from cohorts.programme.models import Application, Cohort, Programme
from cohorts.programme.references import new_reference
from lic_site.accounts.models import ContactAddress, Organisation, Person
from lic_site.portal.demo import past_places
from lic_site.portal.demo.people import DOMAIN, FAMILY_NAMES, GIVEN_NAMES, JOBS

COHORTS = 7
PEOPLE = 4_858
PLACES = 120
BATCH = 500
NAME = "Earlier cohort {number} (demonstration)"


@transaction.atomic
def fill(*, at: datetime, people: int = PEOPLE, cohorts: int = COHORTS) -> None:
    """Cohorts that are over, and the people who applied to them, as many to each. Only once."""
    if Cohort.objects.filter(name=NAME.format(number=1)).exists():
        return
    programme = Programme.objects.earliest("pk")
    each = people // cohorts
    everybody = _people(at, people)
    for number in range(1, cohorts + 1):
        cohort = _cohort(programme, number, at)
        mine = everybody[(number - 1) * each : number * each]
        applications = Application.objects.bulk_create(
            list(_applications(cohort, mine)), batch_size=BATCH
        )
        taken = [one for one in applications if one.state == ApplicationState.ACCEPTED]
        past_places.fill(cohort, taken)


def _people(at: datetime, count: int) -> list[Person]:
    councils = list(Organisation.objects.filter(kind="council").order_by("pk"))
    people = Person.objects.bulk_create(
        [
            Person(
                given_name=GIVEN_NAMES[number % len(GIVEN_NAMES)],
                family_name=FAMILY_NAMES[number // 7 % len(FAMILY_NAMES)],
                job_title=JOBS[number % len(JOBS)][0],
                grade_band=JOBS[number % len(JOBS)][1],
                organisation=councils[number % len(councils)],
                created_at=at - timedelta(days=1800 - number % 1700),
            )
            for number in range(count)
        ],
        batch_size=BATCH,
    )
    ContactAddress.objects.bulk_create(
        [
            ContactAddress(person=person, email=f"earlier{number}@people.{DOMAIN}", is_primary=True)
            for number, person in enumerate(people)
        ],
        batch_size=BATCH,
    )
    return people


def _cohort(programme: Programme, number: int, at: datetime) -> Cohort:
    today = timezone.localdate(at)
    starts_on = today - timedelta(days=2000 - 180 * number)
    closes_at = london(starts_on - timedelta(days=60), time(23, 59))
    return Cohort.objects.create(
        programme=programme,
        name=NAME.format(number=number),
        slug=f"earlier-{number}",
        summary="Demonstration data.",
        state=CohortState.ARCHIVED,
        places=PLACES,
        starts_on=starts_on,
        ends_on=starts_on + timedelta(days=270),
        applications_open_at=closes_at - timedelta(days=30),
        applications_close_at=closes_at,
        decisions_by=starts_on - timedelta(days=30),
        opened_at=closes_at - timedelta(days=30),
        completed_at=london(starts_on + timedelta(days=271), time(9)),
        archived_at=london(starts_on + timedelta(days=365), time(9)),
        created_at=closes_at - timedelta(days=60),
    )


def _applications(cohort: Cohort, people: list[Person]) -> Iterator[Application]:
    for number, person in enumerate(people):
        is_in = number % 5 == 0 and number // 5 < PLACES
        sent_at = cohort.applications_close_at - timedelta(hours=number)
        yield Application(
            cohort=cohort,
            applicant=person,
            reference=new_reference(),
            state=ApplicationState.ACCEPTED if is_in else ApplicationState.REJECTED,
            is_eligible=True,
            job_title=person.job_title,
            grade_band=person.grade_band,
            organisation_id=person.organisation_id,
            started_at=sent_at - timedelta(days=4),
            submitted_at=sent_at,
            decided_at=cohort.applications_close_at + timedelta(days=25),
        )
