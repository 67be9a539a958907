"""What staff may do to messages by hand, singly and to many at once. Every step is a conditional
update: done twice, or by two at once, it does nothing more.
"""

from collections.abc import Iterable
from datetime import datetime
from itertools import batched
from typing import Any

from django.db import transaction

from lic_site.accounts import audit
from lic_site.accounts.models import Person
from lic_site.common.errors import Refusal
from lic_site.notices.enums import Reason, State
from lic_site.notices.models import Notice
from lic_site.notices.querysets import NoticeQuerySet
from lic_site.notices.services import nudging

MOST = 10_000
"""How many messages one step may touch."""
CHUNK = 1_000


class NotRetryable(Refusal):
    """Only a message that failed or is held can be sent again."""


class TooLate(Refusal):
    """The message is of no use any more."""


class NotCancellable(Refusal):
    """Only an unsent message can be cancelled."""


class NotHoldable(Refusal):
    """This message cannot be held now. Look at its state again: it may have been sent, or be on
    its way.
    """


class TooMany(Refusal):
    sentence = f"That is more than {MOST:,} messages at once. Narrow the list, and go step by step."


@transaction.atomic
def retry(*, notice: Notice, by: Person | None, at: datetime) -> None:
    """Send a failed or held message after all. Raises NotRetryable, TooLate."""
    if notice.useless_after is not None and notice.useless_after <= at:
        raise TooLate("It is too late for this message to be of use, so it was not sent.")
    stuck = Notice.objects.filter(pk=notice.pk, state__in=[State.FAILED, State.PARKED])
    if not stuck.exclude(state=State.PARKED, reason=Reason.STOPPED).move(
        State.PENDING, reason="", not_before=at, attempts=0, doubts=0, finished_at=None
    ):
        raise NotRetryable(
            "This message is not waiting for you. Look at its state again: it may have been sent."
        )
    audit.record("notices.retried", by=by, at=at, thing=notice, subject=notice.recipient)
    nudging.after_commit()


@transaction.atomic
def cancel_by_hand(*, notice: Notice, by: Person | None, at: datetime) -> None:
    """Stop an unsent message for good: planning does not bring it back. Raises NotCancellable."""
    unsent = Notice.objects.filter(pk=notice.pk).cancellable()
    if not unsent.move(State.CANCELLED, reason=Reason.STAFF, finished_at=at):
        raise NotCancellable(
            "This message cannot be cancelled now. Look at its state again: "
            "it may have been sent, or be on its way."
        )
    audit.record("notices.cancelled", by=by, at=at, thing=notice, subject=notice.recipient)


@transaction.atomic
def hold(*, notice: Notice, by: Person | None, at: datetime) -> None:
    """Keep a waiting message until it is released. Raises NotHoldable."""
    waiting = Notice.objects.filter(pk=notice.pk).holdable()
    if not waiting.move(State.PARKED, reason=Reason.HELD):
        raise NotHoldable
    audit.record("notices.held", by=by, at=at, thing=notice, subject=notice.recipient)


# To many at once -----------------------------------------------------------------------------


@transaction.atomic
def retry_many(*, notices: NoticeQuerySet, by: Person | None, at: datetime) -> int:
    """Send those of the failed ones that surely have not arrived. Says how many. Raises TooMany."""
    again = {"reason": "", "not_before": at, "attempts": 0, "doubts": 0, "finished_at": None}
    return _many(notices.retryable(at), "notices.retried", State.PENDING, by=by, at=at, **again)


@transaction.atomic
def release_many(*, notices: NoticeQuerySet, by: Person | None, at: datetime) -> int:
    """Let those of the held ones go that are still of use. Says how many. Raises TooMany."""
    again = {"reason": "", "not_before": at, "attempts": 0, "doubts": 0, "finished_at": None}
    return _many(notices.releasable(at), "notices.released", State.PENDING, by=by, at=at, **again)


@transaction.atomic
def hold_many(*, notices: NoticeQuerySet, by: Person | None, at: datetime) -> int:
    """Hold those that wait. Says how many. Raises TooMany."""
    held = {"reason": Reason.HELD}
    return _many(notices.holdable(), "notices.held", State.PARKED, by=by, at=at, **held)


@transaction.atomic
def cancel_many(*, notices: NoticeQuerySet, by: Person | None, at: datetime) -> int:
    """Stop the unsent ones for good. Says how many. Raises TooMany."""
    gone = {"reason": Reason.STAFF, "finished_at": at}
    return _many(notices.cancellable(), "notices.cancelled", State.CANCELLED, by=by, at=at, **gone)


def _many(
    fit: NoticeQuerySet,
    verb: str,
    target: State,
    *,
    by: Person | None,
    at: datetime,
    **values: Any,
) -> int:
    """Lock those that fit, move them, and write down each and how many."""
    found: list[tuple[int, int]] = list(
        Notice.objects.filter(pk__in=fit.order_by().values("pk"))
        .order_by("pk")
        .select_for_update()
        .values_list("pk", "recipient_id")[: MOST + 1]
    )
    if len(found) > MOST:
        raise TooMany
    moved = 0
    for chunk in batched(found, CHUNK, strict=False):
        chosen = fit.order_by().filter(pk__in=[pk for pk, _ in chunk])
        moved += Notice.objects.filter(pk__in=chosen.values("pk")).move(target, **values)
    _write_down(verb, found, by=by, at=at)
    if target == State.PENDING and moved:
        nudging.after_commit()
    return moved


def _write_down(
    verb: str, found: Iterable[tuple[int, int]], *, by: Person | None, at: datetime
) -> None:
    about = [(Notice(pk=pk), Person(pk=person)) for pk, person in found]
    if about:
        audit.record_each(verb, by=by, at=at, about=about)
        audit.record(f"{verb}_together", by=by, at=at, fields=[f"{len(about)} messages"])
