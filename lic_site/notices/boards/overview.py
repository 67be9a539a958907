"""The board: what needs staff, what the last fortnight looked like, what the next day brings. Each
part reads a bounded window through an index.
"""

from collections import Counter
from collections.abc import Iterator, Mapping
from datetime import date, datetime, timedelta
from typing import Any, NamedTuple
from urllib.parse import urlencode

from django.db.models import Count, Max, Q
from django.db.models.functions import TruncDate
from django.urls import reverse
from django.utils import timezone

from lic_site.accounts.models import Person
from lic_site.notices import policies, watchdog
from lic_site.notices.boards.queue import queue, titled
from lic_site.notices.boards.vitals import Lately, vitals
from lic_site.notices.enums import CAME_BACK, FAILURES, FINISHED, Reason, State
from lic_site.notices.models import DeliveryEvent, Notice
from lic_site.notices.querysets import NoticeQuerySet, day_begins

DAYS = 14
SHOWN = (State.SENT, State.FAILED, State.EXPIRED, State.CANCELLED)

HELD_FOR: dict[str, tuple[str, str]] = {
    Reason.RESTORED: (
        "held since a restore",
        "They fell due since the backup: some may have gone out. Cancel those, release the rest.",
    ),
    Reason.TOO_MANY: (
        "held because a rule would write to many at once",
        "Look whether the rule is right, then release or cancel them.",
    ),
    Reason.STOPPED: (
        "in a mailing that was stopped",
        "Resume the mailing, or leave it as it is.",
    ),
}
HELD_OTHERWISE = ("held by staff", "They wait until somebody releases or cancels them.")


def board(*, person: Person, kind: str, at: datetime) -> dict[str, Any]:
    """``kind`` narrows the days to one kind of message."""
    shown: NoticeQuerySet = policies.visible(person, Notice.objects.all())
    days = list(_by_day(shown, at))
    sent = [each.last for each in days if each.state == State.SENT]
    waiting = queue(at)
    found = vitals(
        at,
        Lately(max(sent, default=None), sum(each.failed_last_hour for each in days)),
        waiting.due,
    )
    stuck = list(
        shown.filter(
            Q(state__in=[State.FAILED, State.PARKED])
            | Q(state=State.SENDING, leased_until__isnull=False)
        )
        .order_by()
        .values_list("state", "reason")
        .annotate(Count("pk"))
    )
    came_back = DeliveryEvent.objects.filter(
        received_at__gte=at - timedelta(days=DAYS), event__in=FAILURES, notice__isnull=False
    )
    back = policies.visible(person, came_back).count()
    return {
        "troubles": watchdog.judge(found),
        "needs": list(_needs(stuck, back=back, aside=found.set_aside)),
        "vitals": found,
        "planned_at": found.ticks.get("plan_tick"),
        "sent_at": found.ticks.get("deliver_tick"),
        "going": sum(n for state, _, n in stuck if state == State.SENDING),
        "sent_today": sum(
            each.n for each in days if each.state == State.SENT and each.day == today(at)
        ),
        "kind": kind,
        "kind_title": titled(kind) if kind else "",
        **_days(days, at, kind),
        **_kinds(days, at),
        "coming": waiting.coming,
        "quiet": waiting.quiet,
        "again": waiting.again,
    }


def today(at: datetime) -> date:
    return timezone.localdate(at)


def address(**query: object) -> str:
    """The list, narrowed so."""
    said = {name: value for name, value in query.items() if value}
    return f"{reverse('notices:list')}?{urlencode(said)}"


def _needs(stuck: list[tuple[str, str, int]], *, back: int, aside: int) -> Iterator[dict[str, Any]]:
    """What only people can put right."""
    failed = sum(n for state, _, n in stuck if state == State.FAILED)
    if failed:
        yield {
            "title": f"{_messages(failed)} could not be sent",
            "text": "See why; then try again, or take them off this list by cancelling them.",
            "href": address(state=State.FAILED),
            "action": "Look",
            "urgent": True,
        }
    held: Counter[tuple[str, str]] = Counter()
    reasons: dict[tuple[str, str], str] = {}
    for state, reason, n in stuck:
        if state == State.PARKED:
            words = HELD_FOR.get(reason, HELD_OTHERWISE)
            held[words] += n
            reasons[words] = reason
    for words, n in held.items():
        yield {
            "title": f"{_messages(n)} {words[0]}",
            "text": words[1],
            "href": reverse("notices:held"),
            "action": "Look",
        }
    if aside:
        some = "1 address sends" if aside == 1 else f"{aside} addresses send"
        yield {
            "title": f"{some} messages back",
            "text": "Nothing is sent there any more. Ring the people, and put the address back "
            "or ask for another.",
            "href": reverse("notices:set_aside"),
            "action": "See who",
        }
    if back:
        times = "once" if back == 1 else f"{back} times"
        yield {
            "title": f"A message came back {times} in the last {DAYS} days",
            "text": "It was sent and did not arrive, or was marked as junk.",
            "href": address(state=CAME_BACK),
            "action": "Look",
        }


def _messages(n: int) -> str:
    return "1 message" if n == 1 else f"{n:,} messages"


class Counted(NamedTuple):
    """How many messages of a kind came to an end on a day, and how."""

    day: date
    kind: str
    state: str
    n: int
    last: datetime
    failed_last_hour: int


def _by_day(shown: NoticeQuerySet, at: datetime) -> Iterator[Counted]:
    """The last fortnight, from one index alone."""
    since = day_begins(today(at) - timedelta(days=DAYS - 1))
    found = shown.filter(finished_at__gte=since, state__in=FINISHED)
    hour = Q(state=State.FAILED, finished_at__gte=at - timedelta(hours=1))
    counted = (
        found.order_by()
        .annotate(day=TruncDate("finished_at"))
        .values_list("day", "kind", "state")
        .annotate(n=Count("pk"), last=Max("finished_at"), late=Count("pk", filter=hour))
    )
    yield from (Counted(*row) for row in counted)


def _days(counted: list[Counted], at: datetime, kind: str) -> dict[str, Any]:
    """A bar for each day, and the table that belongs to it."""
    per_day: dict[date, Counter[str]] = {
        today(at) - timedelta(days=ago): Counter() for ago in range(DAYS)
    }
    for each in counted:
        if each.day in per_day and kind in {"", each.kind}:
            per_day[each.day][each.state] += each.n
    return {
        "bars": [
            {
                "label": f"{day:%a} {day.day} {day:%b}",
                "value": states[State.SENT],
                "hint": _beside(states),
            }
            for day, states in per_day.items()
        ],
        "columns": [
            {"text": "Day"},
            *({"text": state.label, "numeric": True} for state in SHOWN),
        ],
        "day_rows": [
            {
                "cells": [
                    {"text": f"{day:%A} {day.day} {day:%B}"},
                    *_numbers(states, kind=kind, since=day, until=day),
                ]
            }
            for day, states in per_day.items()
            if any(states[state] for state in SHOWN)
        ],
    }


def _beside(states: Mapping[str, int]) -> str:
    words = {State.FAILED: "failed", State.EXPIRED: "too late"}
    return ", ".join(f"{states[state]} {word}" for state, word in words.items() if states[state])


def _kinds(counted: list[Counted], at: datetime) -> dict[str, Any]:
    """The fortnight by kind."""
    per_kind: dict[str, Counter[str]] = {}
    for each in counted:
        per_kind.setdefault(each.kind, Counter())[each.state] += each.n
    since = today(at) - timedelta(days=DAYS - 1)
    return {
        "kind_columns": [
            {"text": "Message"},
            *({"text": state.label, "numeric": True} for state in SHOWN),
        ],
        "kind_rows": [
            {
                "cells": [
                    {"text": titled(name), "href": f"?{urlencode({'kind': name})}#days"},
                    *_numbers(per_kind[name], kind=name, since=since, until=today(at)),
                ]
            }
            for name in sorted(per_kind, key=titled)
        ],
    }


def _numbers(
    states: Mapping[str, int], *, kind: str, since: date, until: date
) -> Iterator[dict[str, str]]:
    for state in SHOWN:
        n = states.get(state, 0)
        href = address(kind=kind, state=state, since=since, until=until) if n else ""
        yield {"text": f"{n:,}", "href": href}
