"""Whole pages for signed-out visitors, kept in this process."""

from django.db import transaction
from django.db.models import F

from lic_site.common.models import Generation

NAME = "pages"


def bump() -> None:
    """What the public sees has changed: every process forgets its pages within a second of the
    commit. Call it from verbs that publish, open, close or move something public.
    """
    transaction.on_commit(_bump, robust=True)


def _bump() -> None:
    if not Generation.objects.filter(name=NAME).update(number=F("number") + 1):
        Generation.objects.bulk_create([Generation(name=NAME, number=1)], ignore_conflicts=True)
