"""The watchdog's figures, each read through an index: they cost the same at any size."""

from collections.abc import Iterator, Mapping
from datetime import datetime, timedelta
from typing import Any, NamedTuple

from django.conf import settings
from django.db.models import (
    CharField,
    Count,
    DateTimeField,
    IntegerField,
    Max,
    Min,
    QuerySet,
    Value,
)
from django.db.models.functions import Cast
from django.utils import timezone

from lic_site.accounts.models import Person
from lic_site.common.models import Tick
from lic_site.notices import policies, watchdog
from lic_site.notices.enums import State
from lic_site.notices.models import AddressTrouble, Notice

CAP = 10_000
"""Counts stop here."""
LOOK_BACK = timedelta(days=1)
HOUR = timedelta(hours=1)
OUR_TICKS = "lic_site.notices."


class Figure(NamedTuple):
    """So many of something, and one of their moments."""

    n: int = 0
    at: datetime | None = None


class Waiting(NamedTuple):
    """What is due and may go now: how many, and since when the first of them might have gone."""

    n: int
    oldest: datetime | None


class Lately(NamedTuple):
    """What came to an end of late."""

    last_sent: datetime | None
    failed_last_hour: int


def vitals(
    at: datetime, known: Lately | None = None, waiting: Waiting | None = None
) -> watchdog.Vitals:
    """One query; what the caller knows already is not asked."""
    asked = [*_standing(), *(() if known else _lately(at)), *(() if waiting else _queued(at))]
    return _told(at, _figures(asked), known, waiting)


def troubles() -> list[str]:
    """What the watchdog says now."""
    return watchdog.judge(vitals(timezone.now()))


def home(person: Person, at: datetime) -> tuple[int, list[str]]:
    """For staff's home: how many messages could not be sent, and what the watchdog says."""
    failed = policies.visible(person, Notice.objects.filter(state=State.FAILED))
    asked = [*_standing(), *_lately(at), *_queued(at), _counted("to mend", failed)]
    found = _figures(asked)
    return found.get("to mend", Figure()).n, watchdog.judge(_told(at, found))


def _told(
    at: datetime,
    found: Mapping[str, Figure],
    known: Lately | None = None,
    waiting: Waiting | None = None,
) -> watchdog.Vitals:
    none = Figure()
    known = known or Lately(found.get("sent", none).at, found.get("failed", none).n)
    waiting = waiting or Waiting(*found.get("due", none))
    return watchdog.Vitals(
        at=at,
        tick_seconds=settings.TICK_SECONDS,
        ticks={
            what.rpartition(".")[2]: figure.at
            for what, figure in found.items()
            if what.startswith(OUR_TICKS)
        },
        due=waiting.n,
        oldest=waiting.oldest,
        last_sent=known.last_sent,
        failed_last_hour=known.failed_last_hour,
        set_aside=found.get("set aside", none).n,
    )


type _Rows = QuerySet[Any, tuple[str, int, datetime | None]]

NOTHING = Cast(Value(None), DateTimeField())


def _figures(asked: list[_Rows]) -> dict[str, Figure]:
    """All that is asked, by its name, as the branches of one union."""
    first, *others = asked
    rows = first.union(*others, all=True).order_by()
    return {what: Figure(n, moment) for what, n, moment in rows}


def _counted(what: str, rows: QuerySet[Any], moment: Min | Max | Cast = NOTHING) -> _Rows:
    counted: _Rows = (
        rows.order_by()
        .values(what=Value(what, CharField()))
        .annotate(n=Count("pk"), moment=moment)
        .values_list("what", "n", "moment")
    )
    return counted


def _standing() -> Iterator[_Rows]:
    """When each of the messages' ticks last finished, and the addresses set aside."""
    ticks = Tick.objects.filter(name__startswith=OUR_TICKS).order_by()
    yield ticks.values_list("name", Value(0, IntegerField()), "finished_at")
    yield _counted("set aside", AddressTrouble.objects.filter(set_aside_at__isnull=False))


def _lately(at: datetime) -> Iterator[_Rows]:
    sent = Notice.objects.filter(finished_at__gte=at - LOOK_BACK, state=State.SENT)
    yield _counted("sent", sent, Max("finished_at"))
    failed = Notice.objects.filter(finished_at__gte=at - HOUR, state=State.FAILED)
    yield _counted("failed", failed)


def _queued(at: datetime) -> Iterator[_Rows]:
    due = Notice.objects.due(at).order_by("not_before")[:CAP]
    yield _counted("due", Notice.objects.filter(pk__in=due.values("pk")), Min("not_before"))


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
