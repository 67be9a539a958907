"""Every world of the demonstration, oldest first."""

from collections.abc import Iterator
from datetime import datetime

from cohorts.programme.models import Cohort
from lic_site.portal.demo import programme, running
from lic_site.portal.demo.stages import Personas

WORLDS = (
    running.archived_cohort,
    running.running_cohort,
    programme.confirmed_cohort,
    programme.under_review_cohort,
    programme.open_cohort,
)


def worlds(at: datetime, personas: Personas) -> Iterator[Cohort]:
    """Lay each, and give its cohort."""
    for world in WORLDS:
        yield world(at, personas)
