"""Registers that are still to be taken."""

from datetime import datetime

from cohorts.programme.models import Session
from cohorts.programme.querysets import SessionQuerySet


def registers_due(at: datetime) -> SessionQuerySet:
    """Sessions that are over and have no register, the longest ago first, with their cohorts."""
    return Session.objects.register_due(at).select_related("cohort").order_by("ends_at", "pk")
