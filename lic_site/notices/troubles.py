"""When an address is set aside: worked out afresh from all that was told of it, so that the order
in which it was told does not count.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from enum import Enum
from typing import NamedTuple

IN_A_ROW = 3
"""After so many refusals that may yet pass, with nothing delivered between, it is set aside."""

_STATUS = re.compile(r"\b5\.(\d{1,3})\.(\d{1,3})\b")
_NOBODY_THERE = {(1, 1), (1, 2), (1, 3), (1, 6), (1, 10), (2, 1)}
"""No such mailbox, domain or form of address; moved; no mail taken there; switched off (RFC 3463,
3.2 and 3.3; RFC 7505).
"""


class Weight(Enum):
    """What an event says of the address."""

    NOTHING = 0
    WORKS = 1
    REFUSED = 2
    """Not taken, for a reason that may pass: full, too large, a policy."""
    FOR_GOOD = 3
    """Nobody is there, or whoever is there does not want it."""


class Told(NamedTuple):
    happened_at: datetime
    key: str
    """Tells apart what happened at one moment."""
    event: str
    """One of ``Delivery``."""
    detail: str


@dataclass(frozen=True)
class Standing:
    """How an address stands. ``bounces`` are the refusals since the last delivery."""

    bounces: int = 0
    last_code: str = ""
    first_at: datetime | None = None
    last_at: datetime | None = None
    set_aside_at: datetime | None = None


def weigh(event: str, detail: str) -> Weight:
    """A status of the receiving server (RFC 3463) goes before the provider's own word for it."""
    if event == "delivered":
        return Weight.WORKS
    if event == "complained":
        return Weight.FOR_GOOD
    if event not in {"bounced", "rejected"}:
        return Weight.NOTHING
    if status := _STATUS.search(detail):
        subject, number = int(status[1]), int(status[2])
        if (subject, number) in _NOBODY_THERE:
            return Weight.FOR_GOOD
        if subject:
            return Weight.REFUSED
    good = {"bounced", "invalid", "spam"} & set(detail.split())
    return Weight.FOR_GOOD if good else Weight.REFUSED


def standing(told: Iterable[Told], *, put_back_at: datetime | None = None) -> Standing:
    """How the address stands after all of this. After it was put back it has one more chance: the
    next refusal of any kind sets it aside.
    """
    now = Standing()
    enough = IN_A_ROW if put_back_at is None else 1
    for each in sorted(told):
        weight = weigh(each.event, each.detail)
        if put_back_at is not None and each.happened_at <= put_back_at:
            continue
        if weight is Weight.WORKS and now.set_aside_at is None:
            now, enough = Standing(), IN_A_ROW
        elif weight in {Weight.REFUSED, Weight.FOR_GOOD}:
            bounces = now.bounces + 1
            ends = weight is Weight.FOR_GOOD or bounces >= enough
            now = Standing(
                bounces=bounces,
                last_code=each.detail,
                first_at=now.first_at or each.happened_at,
                last_at=each.happened_at,
                set_aside_at=now.set_aside_at or (each.happened_at if ends else None),
            )
    return now
