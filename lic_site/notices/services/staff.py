"""What staff may do to messages by hand, and what a restore does to them."""

from datetime import datetime

from django.db import transaction
from django.db.models import Q

from lic_site.accounts import audit
from lic_site.accounts.models import Person
from lic_site.common.errors import Refusal
from lic_site.notices.enums import Reason, State
from lic_site.notices.models import Notice, ReminderRule
from lic_site.notices.services import nudging
from lic_site.notices.services.planning import plan


class NotRetryable(Refusal):
    """Only a message that failed or is held can be sent again."""


class TooLate(Refusal):
    """The message is of no use any more."""


class NotCancellable(Refusal):
    """Only an unsent message can be cancelled."""


@transaction.atomic
def retry(*, notice: Notice, by: Person | None, at: datetime) -> None:
    """Send a failed or held message after all. Raises NotRetryable, TooLate."""
    if notice.useless_after is not None and notice.useless_after <= at:
        raise TooLate("It is too late for this message to be of use, so it was not sent.")
    stuck = Notice.objects.filter(pk=notice.pk, state__in=[State.FAILED, State.PARKED])
    if not stuck.move(
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
    unsent = Notice.objects.filter(
        pk=notice.pk, state__in=[State.PENDING, State.PARKED, State.FAILED]
    )
    if not unsent.move(State.CANCELLED, reason=Reason.STAFF, finished_at=at):
        raise NotCancellable(
            "This message cannot be cancelled now. Look at its state again: "
            "it may have been sent, or be on its way."
        )
    audit.record("notices.cancelled", by=by, at=at, thing=notice, subject=notice.recipient)


@transaction.atomic
def park_due(*, since: datetime, at: datetime) -> int:
    """After a restore of the state of ``since``: hold every message that was waiting or has fallen
    due up to ``at``, for it may have gone out in the lost time. Says how many.
    """
    ReminderRule.objects.filter(planned_until__gt=since).update(planned_until=since)
    plan(at=at)
    held = Notice.objects.filter(
        Q(state=State.SENDING) | Q(state=State.PENDING, due_at__lte=at)
    ).move(State.PARKED)
    audit.record("notices.parked", by=None, at=at)
    return held


@transaction.atomic
def release_parked(*, by: Person | None, at: datetime) -> int:
    """Let every held message go out, save those that are of no use any more. Says how many."""
    released = Notice.objects.filter(state=State.PARKED).move(State.PENDING, not_before=at)
    audit.record("notices.released", by=by, at=at)
    nudging.after_commit()
    return released
