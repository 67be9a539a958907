"""Lists of messages, and what the page of one says."""

from collections.abc import Iterable
from datetime import datetime
from functools import cached_property
from typing import Any

from django.core.paginator import Paginator

from lic_site.notices import policies
from lic_site.notices.boards.queue import titled, waits
from lic_site.notices.boards.vitals import CAP
from lic_site.notices.enums import FAILURES, MOVES, Reason, State
from lic_site.notices.models import DeliveryEvent, Notice
from lic_site.notices.protocol import kinds

TONES = {
    State.PENDING: "wait",
    State.SENDING: "going",
    State.SENT: "done",
    State.FAILED: "stop",
    State.EXPIRED: "plain",
    State.CANCELLED: "plain",
    State.PARKED: "todo",
    State.BUNDLED: "wait",
}


class Capped(Paginator[Notice]):
    """Pages of a list that may be very long: it counts so far and no further."""

    @cached_property
    def count(self) -> int:
        found: Any = self.object_list
        return int(found.order_by()[: CAP + 1].count())

    @property
    def more(self) -> bool:
        """Whether there are more than it counts."""
        return self.count > CAP

    @property
    def counted(self) -> str:
        return f"{CAP:,}+" if self.more else f"{self.count:,}"


def rows(notices: Iterable[Notice], *, at: datetime) -> list[dict[str, Any]]:
    """One row for each message of a list, and whom it goes to as far as staff see that. The
    recipient must be fetched with it.
    """
    shown = list(notices)
    told, titles = _told(shown), policies.recipient_titles(shown)
    return [
        {
            "notice": notice,
            "title": titled(notice.kind),
            "to": titles.get(notice.pk) or notice.recipient.name,
            "tone": TONES[State(notice.state)],
            "hint": waits(notice, at) or told.get(notice.pk) or notice.get_reason_display(),
        }
        for notice in shown
    ]


def _told(notices: list[Notice]) -> dict[int, str]:
    """What was last told of each, a failure before all else."""
    events = DeliveryEvent.objects.filter(notice__in=[notice.pk for notice in notices])
    told: dict[int, str] = {}
    failed: set[int] = set()
    for event in events.order_by("happened_at", "pk"):
        if event.notice_id is None or event.notice_id in failed:
            continue
        told[event.notice_id] = event.get_event_display()
        if event.event in FAILURES:
            failed.add(event.notice_id)
    return told


def facts(notice: Notice, *, at: datetime) -> dict[str, Any]:
    """What the page of one message says beside its preview."""
    state = State(notice.state)
    stopped = state == State.PARKED and notice.reason == Reason.STOPPED
    return {
        "kind": kinds().get(notice.kind),
        "title": titled(notice.kind),
        "unnamed": policies.recipient_titles([notice]).get(notice.pk, ""),
        "tone": TONES[state],
        "waits": waits(notice, at),
        "events": list(notice.events.order_by("happened_at", "pk")),
        "can_retry": state in {State.FAILED, State.PARKED} and not stopped,
        "can_hold": state == State.PENDING,
        "can_cancel": state != State.SENDING and State.CANCELLED in MOVES[state],
    }
