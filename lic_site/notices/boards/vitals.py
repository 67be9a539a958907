"""The watchdog's figures, each read through an index: they cost the same at any size."""

from datetime import datetime, timedelta
from typing import NamedTuple

from django.conf import settings
from django.db.models import Count, Max, Min, Q
from django.utils import timezone

from lic_site.common.models import Tick
from lic_site.notices import watchdog
from lic_site.notices.enums import State
from lic_site.notices.models import AddressTrouble, Notice

CAP = 10_000
"""Counts stop here."""
LOOK_BACK = timedelta(days=1)
HOUR = timedelta(hours=1)


class Waiting(NamedTuple):
    """What is due and may go now: how many, and since when the first of them might have gone."""

    n: int
    oldest: datetime | None


class Lately(NamedTuple):
    """What came to an end of late."""

    last_sent: datetime | None
    failed_last_hour: int


def lately(at: datetime) -> Lately:
    """In the last day."""
    found = Notice.objects.filter(finished_at__gte=at - LOOK_BACK).aggregate(
        sent=Max("finished_at", filter=Q(state=State.SENT)),
        failed=Count("pk", filter=Q(state=State.FAILED, finished_at__gte=at - HOUR)),
    )
    return Lately(found["sent"], found["failed"])


def queued(at: datetime) -> Waiting:
    """At this moment."""
    due = Notice.objects.due(at).order_by("not_before")[:CAP]
    return Waiting(**due.aggregate(n=Count("pk"), oldest=Min("not_before")))


def vitals(
    at: datetime, known: Lately | None = None, waiting: Waiting | None = None
) -> watchdog.Vitals:
    """Four queries; one less for each thing that the caller knows already."""
    waiting = waiting or queued(at)
    known = known or lately(at)
    return watchdog.Vitals(
        at=at,
        tick_seconds=settings.TICK_SECONDS,
        ticks=ticks(),
        due=waiting.n,
        oldest=waiting.oldest,
        last_sent=known.last_sent,
        failed_last_hour=known.failed_last_hour,
        set_aside=AddressTrouble.objects.filter(set_aside_at__isnull=False).count(),
    )


def ticks() -> dict[str, datetime | None]:
    """When each of the messages' ticks last finished, by the end of its name."""
    found = Tick.objects.filter(name__startswith="lic_site.notices.")
    return {
        name.rpartition(".")[2]: finished
        for name, finished in found.values_list("name", "finished_at")
    }


def troubles() -> list[str]:
    """What the watchdog says now."""
    return watchdog.judge(vitals(timezone.now()))


def gauges() -> dict[str, float]:
    """The same figures for ``/metrics``."""
    found = vitals(timezone.now())
    waited = (found.at - found.oldest).total_seconds() if found.oldest else 0.0
    return {
        "due": found.due,
        "oldest_due_seconds": waited,
        "failed_last_hour": found.failed_last_hour,
        "addresses_set_aside": found.set_aside,
        "troubles": len(watchdog.judge(found)),
    }
