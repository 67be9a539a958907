"""What the clock sets off. Each is idempotent and may run twice, or two at once."""

from datetime import datetime

from cohorts.programme.services.cohorts import close_due, start_due
from cohorts.programme.services.offers import lapse_overdue


def close_tick(at: datetime) -> int:
    """Close applications whose deadline has passed."""
    return close_due(at)


def lapse_tick(at: datetime) -> int:
    """Lapse offers whose deadline has passed, and move each waiting list up."""
    return lapse_overdue(at)


def start_tick(at: datetime) -> int:
    """Start confirmed cohorts whose first day has come."""
    return start_due(at)
