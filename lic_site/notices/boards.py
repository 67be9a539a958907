"""What the staff's message pages show, as plain values for the components."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.db.models import Count, Min
from django.urls import reverse

from lic_site.common.models import Tick
from lic_site.notices.enums import MOVES, State
from lic_site.notices.models import Notice
from lic_site.notices.protocol import kinds
from lic_site.notices.renderer import render_sample

TONES = {
    State.PENDING: "wait",
    State.SENDING: "going",
    State.SENT: "done",
    State.FAILED: "stop",
    State.EXPIRED: "plain",
    State.CANCELLED: "plain",
    State.PARKED: "todo",
}

COLUMNS = (State.PENDING, State.SENT, State.FAILED, State.EXPIRED, State.CANCELLED, State.PARKED)


def board(*, at: datetime) -> dict[str, Any]:
    """Counts by kind and state, how long the oldest has waited, and when the clock last ran."""
    counted = Notice.objects.order_by().values("kind", "state").annotate(n=Count("pk"))
    table: dict[str, dict[str, int]] = {}
    for each in counted:
        table.setdefault(each["kind"], {})[each["state"]] = each["n"]
    totals = {
        state.value: sum(states.get(state, 0) for states in table.values()) for state in State
    }
    due = Notice.objects.due(at).aggregate(n=Count("pk"), oldest=Min("due_at"))
    ticks = Tick.objects.filter(name__startswith="lic_site.notices.")
    titles = {name: kind.title for name, kind in kinds().items()}
    rows = [
        _board_row(name, titles.get(name, name), table[name])
        for name in sorted(table, key=lambda name: titles.get(name, name))
    ]
    return {
        "totals": totals,
        "failed_url": f"{reverse('notices:list')}?state={State.FAILED}",
        "due": due["n"],
        "oldest": due["oldest"],
        "last_tick": ticks.aggregate(last=Min("finished_at"))["last"],
        "columns": [
            {"text": "Message"},
            *({"text": state.label, "numeric": True} for state in COLUMNS),
        ],
        "rows": rows,
    }


def _board_row(name: str, title: str, states: dict[str, int]) -> dict[str, Any]:
    address = reverse("notices:list")
    waiting = states.get(State.PENDING, 0) + states.get(State.SENDING, 0)
    shown = {**states, State.PENDING.value: waiting}
    numbers = [
        {
            "text": str(shown.get(state, 0)),
            "href": f"{address}?kind={name}&state={state}" if shown.get(state) else "",
        }
        for state in COLUMNS
    ]
    return {"cells": [{"text": title, "href": f"{address}?kind={name}"}, *numbers]}


def rows(notices: Iterable[Notice]) -> list[dict[str, Any]]:
    """One row for each message of a list. The recipient must be fetched with it."""
    known = kinds()
    return [
        {
            "notice": notice,
            "title": known[notice.kind].title if notice.kind in known else notice.kind,
            "tone": TONES[State(notice.state)],
        }
        for notice in notices
    ]


def facts(notice: Notice) -> dict[str, Any]:
    """What the page of one message says beside its preview."""
    known = kinds().get(notice.kind)
    state = State(notice.state)
    return {
        "kind": known,
        "title": known.title if known else notice.kind,
        "tone": TONES[state],
        "can_retry": state in {State.FAILED, State.PARKED},
        "can_cancel": state != State.SENDING and State.CANCELLED in MOVES[state],
    }


def kind_rows() -> list[dict[str, Any]]:
    """Every kind with its subject line."""
    return [
        {"kind": kind, "subject": render_sample(kind).subject}
        for kind in sorted(kinds().values(), key=lambda kind: kind.title)
    ]
