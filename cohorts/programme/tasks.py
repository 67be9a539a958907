"""What the clock sets off. Each is idempotent and may run twice, or two at once."""

from datetime import datetime

from django.utils import timezone

from cohorts.programme.models import Cohort
from cohorts.programme.services import sets
from cohorts.programme.services.cohorts import close_due, start_due
from cohorts.programme.services.offers import lapse_overdue
from lic_site.accounts.models import Person
from lic_site.common.jobs import Progress, Result, job


def close_tick(at: datetime) -> int:
    """Close applications whose deadline has passed."""
    return close_due(at)


def lapse_tick(at: datetime) -> int:
    """Lapse offers whose deadline has passed, and move each waiting list up."""
    return lapse_overdue(at)


def start_tick(at: datetime) -> int:
    """Start confirmed cohorts whose first day has come."""
    return start_due(at)


@job(title="Making the learning sets")
def make_sets(progress: Progress, *, cohort: int, number: int, stay: list[int], by: int) -> Result:
    """Solve who learns with whom and write it. Run again, it finds everybody in place."""
    progress.advance(0, 1, message="Working out who learns with whom")
    made = sets.make_sets(
        cohort=Cohort.objects.get(pk=cohort),
        number=number,
        stay=stay,
        by=Person.objects.get(pk=by),
        at=timezone.now(),
    )
    progress.advance(1, 1)
    count = sum(map(len, made.sets))
    best = BEST if made.is_best else NEAR_BEST
    return Result(message=f"{count} people are in {number} sets. {best}")


BEST = "No other way spreads boroughs, grades and employers more evenly."
NEAR_BEST = "They are spread evenly, and no two people could swap to make it more even."
