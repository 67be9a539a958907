"""How a cohort goes from one state to the next."""

from datetime import datetime
from typing import Any

from cohorts.programme.enums import CohortState
from cohorts.programme.models import Cohort
from lic_site.accounts import audit
from lic_site.accounts.models import Person
from lic_site.common import page_cache


def enter(
    cohort: Cohort, state: CohortState, *, by: Person | None, at: datetime, **fields: Any
) -> Cohort:
    """Bring a locked cohort into its next state; the public pages follow."""
    for name, value in {"state": state, **fields}.items():
        setattr(cohort, name, value)
    cohort.save(update_fields=["state", *fields])
    audit.record(f"programme.cohort_{state.value}", by=by, at=at, thing=cohort, fields=["state"])
    page_cache.bump()
    return cohort


def count(number: int, noun: str) -> str:
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"
