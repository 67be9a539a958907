"""Queue a message in the transaction of its cause, and call it off."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import Model, QuerySet

from lic_site.accounts.models import Person
from lic_site.notices.enums import Reason, State
from lic_site.notices.models import Notice
from lic_site.notices.services import nudging

UNSENT = (State.PENDING, State.PARKED, State.BUNDLED)
"""Where a message can still be called off."""


@dataclass(frozen=True)
class Message:
    """One of many: to whom (an id), about what, and when it is of no use any more."""

    to: int
    about: Model
    useless_after: datetime | None = None


def notice_key(kind: str, key: str, anchor_id: int, person_id: int) -> str:
    """What makes one effect one: the kind, what tells effects apart, the record, the person."""
    return f"{kind}:{key}:{anchor_id}:{person_id}"


@transaction.atomic
def send(
    kind: str,
    *,
    to: Person,
    about: Model,
    at: datetime,
    key: str = "",
    due_at: datetime | None = None,
    useless_after: datetime | None = None,
) -> None:
    """Queue one message, in the caller's transaction. Queuing the same key again changes nothing,
    but revives it if it had been called off with its cause.

    ``about`` is the anchor whose live data the words are drawn from; ``key`` tells apart effects
    on one anchor (a revision, an attempt). ``due_at`` defaults to now; after ``useless_after`` it
    expires unsent.
    """
    due_at = due_at or at
    notice = Notice(
        key=notice_key(kind, key, about.pk, to.pk),
        kind=kind,
        recipient=to,
        anchor_id=about.pk,
        due_at=due_at,
        not_before=due_at,
        useless_after=useless_after,
        created_at=at,
    )
    Notice.objects.bulk_create([notice], ignore_conflicts=True)
    revive(notice)
    if due_at <= at:
        nudging.after_commit()


@transaction.atomic
def send_each(kind: str, *, messages: Iterable[Message], at: datetime, key: str = "") -> None:
    """As ``send``, for many at once, in one insert. None that was called off is brought back."""
    notices = [
        Notice(
            key=notice_key(kind, key, each.about.pk, each.to),
            kind=kind,
            recipient_id=each.to,
            anchor_id=each.about.pk,
            due_at=at,
            not_before=at,
            useless_after=each.useless_after,
            created_at=at,
        )
        for each in messages
    ]
    Notice.objects.bulk_create(notices, batch_size=500, ignore_conflicts=True)
    nudging.after_commit()


def revive(notice: Notice) -> bool:
    """Bring a called-off notice back under the same key, with the new times. One that staff
    cancelled by hand stays cancelled.
    """
    called_off = Notice.objects.filter(key=notice.key, state=State.CANCELLED)
    return bool(
        called_off.exclude(reason=Reason.STAFF).move(
            State.PENDING,
            reason="",
            due_at=notice.due_at,
            not_before=notice.not_before,
            useless_after=notice.useless_after,
            bundle=None,
            attempts=0,
            doubts=0,
            finished_at=None,
        )
    )


def cancel(
    *kinds: str,
    about: Model,
    at: datetime,
    to: Person | None = None,
    reason: Reason = Reason.WITHDRAWN,
) -> int:
    """Call off every unsent message of these kinds about one record (to one person, if given).
    Says how many.

    One that is in a worker's hands is asked about again before it goes: ``is_wanted`` must say no.
    """
    notices = Notice.objects.about(list(kinds), about.pk).filter(state__in=UNSENT)
    if to is not None:
        notices = notices.filter(recipient=to)
    return notices.move(State.CANCELLED, reason=reason, finished_at=at)


def follow(kind: str, *, about: QuerySet[Any], revision: int, at: datetime) -> None:
    """The time of these records moved, and is now that of ``revision``: call off the clock's
    unsent reminders of any other, and bring back those of this one that an earlier move had
    called off. Messages that a verb queued stay.
    """
    reminders = Notice.objects.filter(
        kind=kind, anchor_id__in=about.values("pk"), revision__isnull=False
    )
    reminders.filter(state__in=UNSENT).exclude(revision=revision).move(
        State.CANCELLED, reason=Reason.MOVED, finished_at=at
    )
    called_off = reminders.filter(state=State.CANCELLED, reason=Reason.MOVED, revision=revision)
    called_off.exclude(useless_after__lte=at).move(
        State.PENDING, reason="", bundle=None, finished_at=None
    )
