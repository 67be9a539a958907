"""What every change of a cohort's sets begins with."""

from cohorts.programme.enums import OVER_STATES
from cohorts.programme.models import Cohort
from cohorts.programme.services.sets.errors import CohortOver


def check_open(cohort: Cohort) -> None:
    """Raises CohortOver once the cohort is history."""
    if cohort.state in OVER_STATES:
        raise CohortOver
