"""Roles that follow from this app's records and end with them."""

from collections.abc import Iterator
from datetime import date, datetime, time
from typing import Any

from django.db.models import CharField, QuerySet, Value
from django.utils import timezone

from cohorts.programme.enums import LIVE_STATES, CohortState, EnrolmentState
from cohorts.programme.models import (
    Application,
    CohortReader,
    Enrolment,
    LearningSet,
    Session,
)
from cohorts.programme.policies.running import FACILITATING
from lic_site.accounts.enums import DerivedRole
from lic_site.accounts.models import Person
from lic_site.accounts.policies import Roles


def derived_roles(person: Person, on: date) -> Iterator[Roles]:
    """Applicant, participant, reader and facilitator, each for the ids of the cohorts it holds
    in.
    """
    applying = Application.objects.filter(applicant=person, state__in=LIVE_STATES)
    taking_part = Enrolment.objects.filter(person=person, state=EnrolmentState.ACTIVE)
    panels = CohortReader.objects.filter(
        person=person, cohort__state__in=[CohortState.OPEN, CohortState.SELECTING]
    )
    started = timezone.make_aware(datetime.combine(on, time()))
    leading = Session.objects.led_by(person, started - FACILITATING)
    with_set = LearningSet.objects.filter(facilitator=person, cohort__ends_on__gt=on - FACILITATING)
    yield _held(applying, DerivedRole.APPLICANT)
    yield _held(taking_part, DerivedRole.PARTICIPANT)
    yield _held(panels, DerivedRole.READER)
    yield _held(leading, DerivedRole.FACILITATOR)
    yield _held(with_set, DerivedRole.FACILITATOR)


def _held(rows: QuerySet[Any], role: DerivedRole) -> Roles:
    return rows.values_list(Value(role.value, CharField()), "cohort_id")
