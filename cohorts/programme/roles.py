"""Roles that follow from this app's records and end with them."""

from collections.abc import Iterator
from datetime import date

from cohorts.programme.enums import LIVE_STATES, CohortState, EnrolmentState
from cohorts.programme.models import Application, CohortReader, Enrolment
from lic_site.accounts.enums import DerivedRole
from lic_site.accounts.models import Person
from lic_site.accounts.policies import Holding


def derived_roles(person: Person, on: date) -> Iterator[Holding]:  # noqa: ARG001
    """Applicant, participant and reader, each for the ids of the cohorts it holds in."""
    applying = Application.objects.filter(applicant=person, state__in=LIVE_STATES)
    for cohort_id in applying.values_list("cohort_id", flat=True):
        yield Holding(DerivedRole.APPLICANT, cohort_id)
    taking_part = Enrolment.objects.filter(person=person, state=EnrolmentState.ACTIVE)
    for cohort_id in taking_part.values_list("cohort_id", flat=True):
        yield Holding(DerivedRole.PARTICIPANT, cohort_id)
    panels = CohortReader.objects.filter(
        person=person, cohort__state__in=[CohortState.OPEN, CohortState.SELECTING]
    )
    for cohort_id in panels.values_list("cohort_id", flat=True):
        yield Holding(DerivedRole.READER, cohort_id)
