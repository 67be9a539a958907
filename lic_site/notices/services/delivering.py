"""Deliver what is due: ask again, render from live data, send outside any transaction, settle."""

import logging
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from django.conf import settings
from django.utils import timezone

from lic_site.accounts.models import Person
from lic_site.notices.enums import Reason, State
from lic_site.notices.models import Notice
from lic_site.notices.postbox import Away, InDoubt, Postbox, Refused, TryLater
from lic_site.notices.protocol import NoticeKind, kinds
from lic_site.notices.renderer import render
from lic_site.notices.services import bounces, digests
from lic_site.notices.services.asking import fate_of
from lic_site.notices.services.leases import BATCH, TRIES, claim, hand_back, put_off, settle
from lic_site.notices.services.office import office
from lic_site.notices.services.pacing import put_aside
from lic_site.notices.services.replies import Replies

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
    if not claimed:
        return 0, 0, False
    chosen = office()
    ready = put_aside(claimed, chosen=chosen, at=timezone.now())
    batch = Batch(ready, Replies(chosen))
    settled = 0
    for position, notice in enumerate(ready):
        if _lease_runs_out(notice):
            hand_back(ready[position:], at=timezone.now())
            break
        try:
            settled += deliver(notice, postbox, batch)
        except Away:
            hand_back(ready[position + 1 :], at=timezone.now())
            return settled, len(claimed), True
    return settled, len(claimed), False


def _lease_runs_out(notice: Notice) -> bool:
    """Whether too little of the lease is left for one slow server to answer in."""
    margin = timedelta(seconds=settings.NOTICE_LEASE_SECONDS / 3)
    return notice.leased_until is not None and timezone.now() > notice.leased_until - margin


class Batch:
    """The live records that a batch is about, read together for the few seconds it takes, and
    whom replies reach.
    """

    def __init__(self, notices: list[Notice], replies: Replies) -> None:
        self.replies = replies
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
    anchor = None
    try:
        kind = kinds().get(notice.kind)
        anchor = batch.anchor(kind, notice.anchor_id) if kind else None
        outcome = _hand_over(notice, kind, anchor, postbox, batch.replies)
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
    done = _finish(notice, anchor, outcome.state, **outcome.values)
    if outcome.accepted_for and postbox.is_told and _has_trouble(notice.recipient):
        email, at = outcome.accepted_for, timezone.now()
        bounces.record_acceptance(notice=notice, email=email, at=at)
    return done


@dataclass(frozen=True)
class Outcome:
    """The state in which a message ends, what is written beside it, and the address for which a
    server accepted it.
    """

    state: State
    values: Mapping[str, str] = field(default_factory=dict)
    accepted_for: str = ""


def _hand_over(
    notice: Notice, kind: NoticeKind | None, anchor: Any, postbox: Postbox, replies: Replies
) -> Outcome:
    """Ask again, render and post."""
    if kind is None:
        return Outcome(State.FAILED, {"reason": Reason.UNKNOWN_KIND})
    fate = fate_of(notice, kind, anchor, at=timezone.now())
    if fate is not None:
        state, reason = fate
        return Outcome(state, {"reason": reason or ""})
    message = render(notice, kind=kind, anchor=anchor, headers=replies.headers(kind, anchor))
    if not message.to:
        has_some = bool(notice.recipient.addresses.all())
        reason = Reason.SET_ASIDE if has_some else Reason.NO_ADDRESS
        return Outcome(State.FAILED, {"reason": reason})
    try:
        provider_id = postbox.post(message)
    except Refused as refused:
        if _has_another_address(notice, message.to, refused):
            raise TryLater(str(refused)) from None
        return Outcome(State.FAILED, {"reason": Reason.REFUSED, "last_error": str(refused)})
    values = {"provider_id": provider_id[:200], "last_error": ""}
    return Outcome(State.SENT, values, accepted_for=message.to)


def _has_another_address(notice: Notice, email: str, refused: Refused) -> bool:
    """Whether it was the address that was refused, and the person has another to be tried next."""
    at, detail = timezone.now(), refused.recipient
    return (
        bool(detail)
        and bounces.record_refusal(notice=notice, email=email, detail=detail, at=at)
        and notice.attempts < TRIES
    )


def _has_trouble(person: Person) -> bool:
    return any(hasattr(address, "trouble") for address in person.addresses.all())


def _finish(notice: Notice, anchor: Any, state: State, **values: object) -> bool:
    """Settle it, and what it carries if it is a digest, which is its own anchor."""
    at = timezone.now()
    if notice.kind in digests.NAMES:
        return digests.finish(notice, anchor, state, at=at, **values)
    return settle(notice, state, at=at, **values)


def _later(notice: Notice, error: str, *, doubts: int) -> bool:
    error = error[:200]
    if doubts >= DOUBTS:
        reason = Reason.IN_DOUBT
        return _finish(notice, None, State.FAILED, reason=reason, last_error=error, doubts=doubts)
    if notice.attempts >= TRIES:
        return _finish(notice, None, State.FAILED, reason=Reason.TRIED_OUT, last_error=error)
    return put_off(notice, at=timezone.now(), error=error, doubts=doubts)
