"""Dates handed out for somebody's own calendar."""

from collections.abc import Iterable

from django.http import HttpResponse
from django.utils import timezone

from cohorts.programme.calendars import calendar
from cohorts.programme.models import Session


def calendar_file(sessions: Iterable[Session], *, name: str = "dates.ics") -> HttpResponse:
    """A download. ``name`` is neutral."""
    return HttpResponse(
        calendar(sessions, at=timezone.now()),
        content_type="text/calendar; charset=utf-8",
        headers={
            "Content-Disposition": f'attachment; filename="{name}"',
            "Cache-Control": "private, no-store",
        },
    )
