"""What an app tells of a person's dates, for their calendar. Settings list each app's sources in
``CALENDAR_SOURCES``.
"""

from collections.abc import Iterable
from datetime import datetime
from functools import cache
from typing import Protocol

from django.conf import settings
from django.utils.module_loading import import_string

from lic_site.accounts.models import Person
from lic_site.notices.ics import Entry

__all__ = ["Dates", "Entry", "sources"]


class Dates(Protocol):
    """A source of dates."""

    def __call__(self, person: Person, *, since: datetime, until: datetime) -> Iterable[Entry]:
        """The person's dates that end after ``since`` and start before ``until``, those among them
        that were cancelled after ``since``. In as many queries for one date as for thirty.
        """
        ...


@cache
def sources() -> list[Dates]:
    return [source for path in settings.CALENDAR_SOURCES for source in import_string(path)]
