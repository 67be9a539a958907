"""What waits: what may go now, what is due and yet goes later, and what the next day brings."""

from collections import Counter
from datetime import datetime, timedelta
from typing import Any, NamedTuple

from django.conf import settings
from django.db.models import Count, Min, Q

from lic_site.common import dates
from lic_site.notices.boards.vitals import Waiting
from lic_site.notices.enums import State
from lic_site.notices.models import Notice
from lic_site.notices.protocol import kinds, private_kinds

SOON = timedelta(hours=24)


def titled(name: str) -> str:
    """What staff call a kind; its name where it no longer exists."""
    known = kinds().get(name)
    return known.title if known else name


class Queue(NamedTuple):
    due: Waiting
    quiet: int
    """Due, and held until quiet hours end."""
    again: int
    """Due, and tried before: the next try is to come."""
    coming: list[dict[str, Any]]
    """What is due in the next day, by kind."""


def queue(at: datetime) -> Queue:
    """One query. The clock's view of all that may go; of private kinds no more than that."""
    soon = Notice.objects.filter(state=State.PENDING, not_before__lte=at + SOON)
    now, later = Q(not_before__lte=at), Q(not_before__gt=at)
    again = later & Q(due_at__lte=at) & (Q(attempts__gt=0) | Q(not_before__lte=_nearly(at)))
    counted = list(
        soon.order_by()
        .values_list("kind")
        .annotate(
            now=Count("pk", filter=now),
            oldest=Min("not_before", filter=now),
            later=Count("pk", filter=later & Q(due_at__lte=at)),
            again=Count("pk", filter=again),
            coming=Count("pk", filter=later & Q(due_at__gt=at)),
        )
    )
    hidden = set(private_kinds())
    seen = [row for row in counted if row[0] not in hidden]
    coming = Counter({kind: n for kind, *_, n in seen if n})
    tried = sum(row[4] for row in seen)
    return Queue(
        due=Waiting(
            sum(row[1] for row in counted),
            min((row[2] for row in counted if row[2]), default=None),
        ),
        quiet=sum(row[3] for row in seen) - tried,
        again=tried,
        coming=[
            {"label": titled(kind), "value": coming[kind], "hint": ""}
            for kind in sorted(coming, key=lambda kind: (-coming[kind], titled(kind)))
        ],
    )


def waits(notice: Notice, at: datetime) -> str:
    """Why a message that is due has not gone: 'Waiting until 7:30am, when quiet hours end'."""
    until = notice.not_before
    if notice.state != State.PENDING or not notice.due_at <= at < until:
        return ""
    moment = dates.clock(until) if until - at < SOON else dates.when(until)
    tried = notice.attempts or until <= _nearly(at)
    why = "when it is tried again" if tried else "when quiet hours end"
    return f"Waiting until {moment}, {why}"


def _nearly(at: datetime) -> datetime:
    """Until when whatever was not tried because the mail server was away is left alone."""
    return at + timedelta(seconds=settings.NOTICE_BACKOFF_SECONDS)
