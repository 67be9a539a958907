"""The day's messages in one, for those who chose that.

A digest is a notice of its own, of which its messages hang (``bundle``); it is delivered, repeated
after a crash and read on the board like any other. Each of its messages is asked about again when
it goes, and settled in the same transaction as the digest. There is one for what a person needs to
know and one for news, each going to the address chosen for it.

When a digest cannot be sent for good, its messages go singly, save when it may have arrived: then
each is left to staff, as a single message would be.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import F

from lic_site.accounts.models import Person
from lic_site.common.dates import LONDON
from lic_site.notices.enums import Category, Reason, State
from lic_site.notices.models import MessageSettings, Notice
from lic_site.notices.protocol import NoticeKind, kinds
from lic_site.notices.quiet import QuietHours, next_time
from lic_site.notices.services import nudging
from lic_site.notices.services.asking import UNKNOWN, Fate, fate_of
from lic_site.notices.services.leases import settle
from lic_site.notices.services.office import preference_of
from lic_site.notices.services.sending import notice_key

DIGESTS = {Category.ESSENTIAL: "notices.digest", Category.OPTIONAL: "notices.digest_of_news"}
NAMES = frozenset(DIGESTS.values())
TRIED_DAYS = 3
"""How many days on are tried, when the day's digest has gone before its time or is held."""


def bundle(
    notice: Notice,
    kind: NoticeKind,
    chosen: MessageSettings,
    hours: QuietHours | None,
    *,
    at: datetime,
) -> bool:
    """Let a claimed message go with the recipient's next digest, if they chose one. False if it
    goes by itself: it would be of no use by then, or a digest with it could not be sent.
    """
    preference = preference_of(notice.recipient)
    if preference is None or not preference.once_a_day or notice.bundle_id is not None:
        return False
    due_at = at
    for _ in range(TRIED_DAYS):
        due_at = next_time(chosen.digest_at, after=due_at)
        goes_at = hours.over(due_at) if hours else due_at
        if notice.useless_after is not None and notice.useless_after <= goes_at:
            return False
        if _put_into(notice, DIGESTS[Category(kind.category)], due_at=due_at, at=at):
            return True
    return False


@transaction.atomic
def _put_into(notice: Notice, name: str, *, due_at: datetime, at: datetime) -> bool:
    digest = _opened(name, notice.recipient, due_at=due_at, at=at)
    if digest is None:
        return False
    mine = Notice.objects.filter(pk=notice.pk, lease=notice.lease, state=State.SENDING)
    mine.move(State.BUNDLED, bundle=digest, attempts=F("attempts") - 1)
    return True


def _opened(name: str, person: Person, *, due_at: datetime, at: datetime) -> int | None:
    """The day's digest, waiting and in our hands until we commit; None when it waits no more.

    It is its own anchor: which messages it brings hangs on it alone.
    """
    day = due_at.astimezone(LONDON).date().isoformat()
    key = notice_key(name, day, 0, person.pk)
    new = Notice(
        key=key,
        kind=name,
        recipient=person,
        anchor_id=0,
        due_at=due_at,
        not_before=due_at,
        created_at=at,
    )
    Notice.objects.bulk_create([new], ignore_conflicts=True)
    ours = Notice.objects.filter(key=key)
    ours.filter(state=State.CANCELLED).exclude(reason=Reason.STAFF).move(
        State.PENDING,
        reason="",
        due_at=due_at,
        not_before=due_at,
        attempts=0,
        doubts=0,
        finished_at=None,
    )
    # A worker that looks for work passes over a row another one holds, so none claims a digest
    # that is being added to.
    if not ours.filter(state=State.PENDING).update(anchor_id=F("pk")):
        return None
    return ours.values_list("pk", flat=True).get()


@dataclass
class Contents:
    """What a digest brings, asked of live data once, and what becomes of the rest."""

    wanted: list[tuple[Notice, NoticeKind, Any]] = field(default_factory=list)
    unwanted: list[tuple[Notice, Fate]] = field(default_factory=list)


def contents(digest: Notice, *, at: datetime) -> Contents:
    """The same for as long as this very object is held, so that what is settled is what was
    shown.
    """
    known: Contents | None = digest.__dict__.get("_contents")
    if known is None:
        known = digest.__dict__["_contents"] = _ask(digest, at=at)
    return known


def _ask(digest: Notice, *, at: datetime) -> Contents:
    found = Contents()
    shown = State.SENT if digest.state == State.SENT else State.BUNDLED
    bundled = list(Notice.objects.filter(bundle=digest, state=shown).order_by("due_at", "pk"))
    anchors = {
        name: kinds()[name].anchors({each.anchor_id for each in bundled if each.kind == name})
        for name in {each.kind for each in bundled} & kinds().keys()
    }
    for notice in bundled:
        notice.recipient = digest.recipient
        kind = kinds().get(notice.kind)
        anchor = anchors.get(notice.kind, {}).get(notice.anchor_id)
        fate = fate_of(notice, kind, anchor, at=at)
        if kind is None or fate is not None:
            found.unwanted.append((notice, fate or UNKNOWN))
        else:
            found.wanted.append((notice, kind, anchor))
    return found


@transaction.atomic
def finish(
    notice: Notice, digest: Notice | None, state: State, *, at: datetime, **values: object
) -> bool:
    """Write how the digest went, and with it how each of its messages did."""
    if not settle(notice, state, at=at, **values):
        return False
    if state in {State.SENT, State.CANCELLED} and digest is not None:
        for each, fate, reason in _fates(contents(digest, at=at)):
            each.move(fate, reason=reason or "", finished_at=at)
    left = Notice.objects.filter(bundle=notice, state=State.BUNDLED)
    if values.get("reason") == Reason.IN_DOUBT:
        left.move(State.FAILED, reason=Reason.IN_DOUBT, finished_at=at)
    else:
        free(left, at=at)
    return True


def _fates(found: Contents) -> Iterator[tuple[Any, State, Reason | None]]:
    waiting = Notice.objects.filter(state=State.BUNDLED)
    shown = [notice.pk for notice, _, _ in found.wanted]
    yield waiting.filter(pk__in=shown), State.SENT, None
    for notice, (state, reason) in found.unwanted:
        yield waiting.filter(pk=notice.pk), state, reason


def free(bundled: Any, *, at: datetime) -> int:
    """Let these go by themselves; they keep what should have carried them, so that none is bundled
    again. Says how many.
    """
    freed: int = bundled.move(State.PENDING, not_before=at)
    if freed:
        nudging.after_commit()
    return freed


@transaction.atomic
def dissolve(*, person: Person, at: datetime) -> int:
    """The person wants no digest any more: what waits for one goes singly. Says how many."""
    digests = Notice.objects.filter(recipient=person, kind__in=NAMES, state=State.PENDING)
    gone = [
        pk
        for pk in digests.values_list("pk", flat=True)
        if Notice.objects.filter(pk=pk, state=State.PENDING).move(
            State.CANCELLED, reason=Reason.WITHDRAWN, finished_at=at
        )
    ]
    waiting = Notice.objects.filter(bundle__in=gone, state=State.BUNDLED)
    freed = waiting.move(State.PENDING, not_before=at, bundle=None)
    if freed:
        nudging.after_commit()
    return freed


def free_the_stranded(*, at: datetime) -> int:
    """Free the messages of digests that ended in any other way than being sent: cancelled by staff,
    or given up after their workers died. Says how many.
    """
    ended = Notice.objects.filter(
        kind__in=NAMES, state__in=[State.FAILED, State.CANCELLED, State.EXPIRED]
    )
    stranded = Notice.objects.filter(state=State.BUNDLED, bundle__in=ended)
    return free(stranded, at=at)
