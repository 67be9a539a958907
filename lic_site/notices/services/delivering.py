"""Deliver what is due: ask again, render from live data, send outside any transaction, settle."""

import logging
import time
from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.utils import timezone

from lic_site.notices.enums import Category, Reason, State
from lic_site.notices.models import Notice, NoticePreference
from lic_site.notices.postbox import Away, InDoubt, Postbox, Refused, TryLater
from lic_site.notices.protocol import NoticeKind, kinds
from lic_site.notices.renderer import Message, render
from lic_site.notices.services.leases import BATCH, TRIES, claim, hand_back, put_off, settle

logger = logging.getLogger(__name__)

FRESH_SECONDS = 3.0
"""How old a record may be when its message goes; a batch takes less, unless a server is slow."""

DOUBTS = 2
"""How often a message may be handed over without an answer: one repeat at most."""


def drain(*, seconds: float, more: Callable[[], None] | None = None) -> int:
    """Deliver batch after batch until nothing is due or the time is up; says how many were
    settled. ``more`` is called once if the first batch was full: it may ask for another hand.
    """
    ends = time.monotonic() + seconds
    done = 0
    with Postbox() as postbox:
        while True:
            settled, claimed, away = deliver_batch(postbox)
            done += settled
            if more is not None and claimed == BATCH and not away:
                more()
                more = None
            if away or claimed < BATCH or time.monotonic() > ends:
                return done


def deliver_batch(postbox: Postbox) -> tuple[int, int, bool]:
    """Claim one batch and settle each notice of it.

    Returns how many were settled, how many were claimed, and whether the mail server is away; then
    the rest is handed back untried.
    """
    claimed = claim(at=timezone.now())
    batch = Batch(claimed)
    settled = 0
    for position, notice in enumerate(claimed):
        if _lease_runs_out(notice):
            hand_back(claimed[position:], at=timezone.now())
            break
        try:
            settled += deliver(notice, postbox, batch)
        except Away:
            hand_back(claimed[position + 1 :], at=timezone.now())
            return settled, len(claimed), True
    return settled, len(claimed), False


def _lease_runs_out(notice: Notice) -> bool:
    """Whether too little of the lease is left for one slow server to answer in."""
    margin = timedelta(seconds=settings.NOTICE_LEASE_SECONDS / 3)
    return notice.leased_until is not None and timezone.now() > notice.leased_until - margin


class Batch:
    """The live records that a batch is about, read together for the few seconds it takes."""

    def __init__(self, notices: list[Notice]) -> None:
        self._pks: dict[str, list[int]] = {}
        for notice in notices:
            self._pks.setdefault(notice.kind, []).append(notice.anchor_id)
        self._read: dict[str, tuple[float, Mapping[int, Any]]] = {}

    def anchor(self, kind: NoticeKind, pk: int) -> Any:
        """The record as it was at most ``FRESH_SECONDS`` ago, or None when it had gone."""
        read_at, anchors = self._read.get(kind.name, (-FRESH_SECONDS, {}))
        if time.monotonic() - read_at >= FRESH_SECONDS:
            read_at, anchors = time.monotonic(), kind.anchors(self._pks[kind.name])
            self._read[kind.name] = read_at, anchors
        return anchors.get(pk)


def deliver(notice: Notice, postbox: Postbox, batch: Batch) -> bool:
    """Take one claimed notice to its next state. Raises Away, the notice put off, when the mail
    server cannot be reached.
    """
    try:
        kind = kinds().get(notice.kind)
        message = _message(notice, kind, batch, at=timezone.now())
        if message is None:
            return True
        provider_id = postbox.post(message)
    except Refused as refused:
        at = timezone.now()
        return settle(notice, State.FAILED, at=at, reason=Reason.REFUSED, last_error=str(refused))
    except InDoubt as doubt:
        return _later(notice, str(doubt), doubts=notice.doubts + 1)
    except TryLater as later:
        return _later(notice, str(later), doubts=notice.doubts)
    except Away as away:
        _later(notice, str(away), doubts=notice.doubts)
        raise
    except Exception as error:
        # A fault of ours in one kind's code or words must not hold up the others.
        logger.exception("notice not rendered", extra={"notice": notice.pk, "kind": notice.kind})
        return _later(notice, type(error).__name__, doubts=notice.doubts)
    return settle(
        notice, State.SENT, at=timezone.now(), provider_id=provider_id[:200], last_error=""
    )


def _message(
    notice: Notice, kind: NoticeKind | None, batch: Batch, *, at: datetime
) -> Message | None:
    """The message to send now; None when the notice was settled without one."""
    if kind is None:
        settle(notice, State.FAILED, at=at, reason=Reason.UNKNOWN_KIND)
        return None
    if notice.useless_after is not None and notice.useless_after <= at:
        settle(notice, State.EXPIRED, at=at)
        return None
    anchor = batch.anchor(kind, notice.anchor_id)
    reason = _unwanted(notice, kind, anchor)
    if reason:
        settle(notice, State.CANCELLED, at=at, reason=reason)
        return None
    message = render(notice, kind=kind, anchor=anchor)
    if not message.to:
        settle(notice, State.FAILED, at=at, reason=Reason.NO_ADDRESS)
        return None
    return message


def _unwanted(notice: Notice, kind: NoticeKind, anchor: object | None) -> Reason | None:
    """Why it should not go after all, asked of live data."""
    person = notice.recipient
    if person.erased_at is not None:
        return Reason.ERASED
    if anchor is None:
        return Reason.GONE
    if notice.revision is not None and notice.revision != getattr(
        anchor, "revision", notice.revision
    ):
        return Reason.MOVED
    if not kind.is_wanted(anchor, person):
        return Reason.UNWANTED
    if (
        kind.category == Category.OPTIONAL
        and NoticePreference.objects.filter(person=person, kind=kind.name).exists()
    ):
        return Reason.TURNED_OFF
    return None


def _later(notice: Notice, error: str, *, doubts: int) -> bool:
    at = timezone.now()
    error = error[:200]
    if doubts >= DOUBTS:
        return settle(
            notice,
            State.FAILED,
            at=at,
            reason=Reason.IN_DOUBT,
            last_error=error,
            doubts=doubts,
        )
    if notice.attempts >= TRIES:
        return settle(notice, State.FAILED, at=at, reason=Reason.TRIED_OUT, last_error=error)
    return put_off(notice, at=at, error=error, doubts=doubts)
