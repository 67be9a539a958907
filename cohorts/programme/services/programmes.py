"""The programme itself: its aims and strands, its legal ground, its money."""

from datetime import datetime
from typing import Any

from django.db import transaction

from cohorts.programme.models import Funding, PositiveActionRecord, Programme, Strand
from lic_site.accounts import audit
from lic_site.accounts.models import Person
from lic_site.common import page_cache

type Part = Programme | Strand | PositiveActionRecord | Funding


@transaction.atomic
def save_part[Thing: (Programme, Strand, PositiveActionRecord, Funding)](
    *, part: Thing, by: Person | None, at: datetime, **values: Any
) -> Thing:
    """Save a programme or a part of it, new or changed. ``by`` None: the command that sets a
    site up.
    """
    for name, value in values.items():
        setattr(part, name, value)
    part.save()
    verb = f"programme.{part._meta.model_name}_changed"
    audit.record(verb, by=by, at=at, thing=part, fields=list(values))
    page_cache.bump()
    return part


@transaction.atomic
def remove_funding(*, funding: Funding, by: Person, at: datetime) -> None:
    """Take out a line of money that should not be there."""
    audit.record("programme.funding_removed", by=by, at=at, thing=funding)
    funding.delete()
