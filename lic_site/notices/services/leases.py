"""Whose hands a notice is in: claim, hand back, finish, and find what a dead worker left."""

from datetime import datetime, timedelta
from random import uniform
from uuid import UUID, uuid4

from django.conf import settings
from django.db import transaction
from django.db.models import F, Prefetch

from lic_site.accounts.models import ContactAddress
from lic_site.notices.enums import Reason, State
from lic_site.notices.models import Notice

BATCH = 25
TRIES = 8
LONGEST_WAIT = timedelta(hours=6)


def claim(*, at: datetime, limit: int = BATCH) -> list[Notice]:
    """Take up to ``limit`` due notices under a fresh lease, in one short transaction.

    Rows that another worker is taking are passed over where the database can; that no row is taken
    twice rests on the condition in the UPDATE, on every database.
    """
    token = uuid4()
    with transaction.atomic():
        waiting = Notice.objects.due(at).order_by("not_before", "pk")
        found = list(
            waiting.select_for_update(skip_locked=True).values_list("pk", flat=True)[:limit]
        )
        taken = take(found, token=token, at=at) if found else 0
    if not taken:
        return []
    return list(
        Notice.objects.filter(lease=token)
        .select_related("recipient__delivery_preference", "rule")
        .prefetch_related(
            Prefetch(
                "recipient__addresses", queryset=ContactAddress.objects.select_related("trouble")
            )
        )
        .order_by("due_at", "pk")
    )


def take(pks: list[int], *, token: UUID, at: datetime) -> int:
    """Put a lease on those of the rows that are still waiting."""
    return (
        Notice.objects.due(at)
        .filter(pk__in=pks)
        .move(
            State.SENDING,
            lease=token,
            leased_until=at + timedelta(seconds=settings.NOTICE_LEASE_SECONDS),
            attempts=F("attempts") + 1,
        )
    )


def settle(notice: Notice, state: State, *, at: datetime, **values: object) -> bool:
    """Write how it went, if the notice is still in the hands that claimed it."""
    mine = Notice.objects.filter(pk=notice.pk, lease=notice.lease, state=State.SENDING)
    return bool(mine.move(state, finished_at=at, **values))


def put_off(notice: Notice, *, at: datetime, error: str, doubts: int) -> bool:
    """Try again later, after a random wait whose bound trebles with each try ('full jitter')."""
    wait = waiting_time(notice.attempts)
    mine = Notice.objects.filter(pk=notice.pk, lease=notice.lease, state=State.SENDING)
    return bool(mine.move(State.PENDING, not_before=at + wait, last_error=error, doubts=doubts))


def waiting_time(attempts: int) -> timedelta:
    """How long to wait after so many tries: anything up to a bound, so that many do not return at
    once (https://aws.amazon.com/blogs/architecture/exponential-backoff-and-jitter/).
    """
    base = timedelta(seconds=settings.NOTICE_BACKOFF_SECONDS)
    bound: timedelta = min(base * 3.0 ** (attempts - 1), LONGEST_WAIT)
    return bound * uniform(0, 1)  # noqa: S311 - no secret hangs on it


def hand_back(notices: list[Notice], *, at: datetime) -> None:
    """Return what was claimed and never tried; it does not count as a try."""
    for notice in notices:
        Notice.objects.filter(pk=notice.pk, lease=notice.lease, state=State.SENDING).move(
            State.PENDING,
            not_before=at + timedelta(seconds=settings.NOTICE_BACKOFF_SECONDS),
            attempts=F("attempts") - 1,
        )


def hold(notices: list[Notice], *, until: datetime) -> int:
    """Put back what was claimed and may not go before then; it does not count as a try."""
    return Notice.objects.filter(
        pk__in=[notice.pk for notice in notices],
        lease=notices[0].lease,
        state=State.SENDING,
    ).move(State.PENDING, not_before=until, attempts=F("attempts") - 1)


def sweep(*, at: datetime) -> dict[str, int]:
    """Release the claims of workers that died, and expire what is of no use any more."""
    abandoned = Notice.objects.abandoned(at)
    return {
        "given up": abandoned.filter(attempts__gte=TRIES).move(
            State.FAILED, reason=Reason.TRIED_OUT, last_error="worker lost", finished_at=at
        ),
        "released": abandoned.move(State.PENDING, not_before=at, last_error="worker lost"),
        "expired": Notice.objects.stale(at).move(State.EXPIRED, finished_at=at)
        + Notice.objects.held_too_long(at).move(State.EXPIRED, finished_at=at),
    }
