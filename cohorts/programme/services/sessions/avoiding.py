"""The list of days on which sessions are better not held."""

from datetime import datetime
from typing import Any

from django.db import transaction

from cohorts.programme.models import AvoidDate
from lic_site.accounts import audit
from lic_site.accounts.models import Person


@transaction.atomic
def save_avoid_date(
    *, avoid_date: AvoidDate, by: Person | None, at: datetime, **values: Any
) -> AvoidDate:
    """Add days to the list, or change them."""
    for name, value in values.items():
        setattr(avoid_date, name, value)
    avoid_date.save()
    audit.record(
        "programme.avoid_date_changed", by=by, at=at, thing=avoid_date, fields=list(values)
    )
    return avoid_date


@transaction.atomic
def remove_avoid_date(*, avoid_date: AvoidDate, by: Person, at: datetime) -> None:
    audit.record("programme.avoid_date_removed", by=by, at=at, thing=avoid_date)
    avoid_date.delete()
