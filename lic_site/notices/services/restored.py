"""What a restore does to messages: those that may have gone out in the lost time wait for staff."""

from datetime import datetime

from django.db import transaction
from django.db.models import Q

from lic_site.accounts import audit
from lic_site.accounts.models import Person
from lic_site.notices.enums import Reason, State
from lic_site.notices.models import Notice, ReminderRule
from lic_site.notices.protocol import private_kinds
from lic_site.notices.services import nudging
from lic_site.notices.services.planning import plan


@transaction.atomic
def park_due(*, since: datetime, at: datetime) -> int:
    """After a restore of the state of ``since``: hold every message that was waiting or has fallen
    due up to ``at``, for it may have gone out in the lost time. Says how many.
    """
    ReminderRule.objects.filter(planned_until__gt=since).update(planned_until=since)
    plan(at=at)
    held = Notice.objects.filter(
        Q(state=State.SENDING) | Q(state=State.PENDING, due_at__lte=at)
    ).move(State.PARKED, reason=Reason.RESTORED)
    audit.record("notices.parked", by=None, at=at, fields=[f"{held} messages"])
    return held


@transaction.atomic
def release_parked(*, by: Person | None, at: datetime, reason: Reason | None = None) -> int:
    """Let every held message go out, or those held for this reason, save what belongs to a mailing
    that was stopped, what is of no use any more, and private kinds, which their own app's board
    lets go. Says how many.
    """
    held = Notice.objects.exclude(kind__in=private_kinds())
    if reason:
        held = held.filter(reason=reason)
    released = held.releasable(at).move(State.PENDING, reason="", not_before=at)
    audit.record("notices.released", by=by, at=at, fields=[f"{released} messages"])
    nudging.after_commit()
    return released
