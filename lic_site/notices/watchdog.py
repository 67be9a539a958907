"""Whether messages go out as they should, judged from a few figures."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta

LATE_TICKS = 5
"""How many of its intervals a tick may miss."""
OVERDUE = timedelta(minutes=15)
"""How long a message that may go waits at most."""
FAILED_AN_HOUR = 10
MANY_ASIDE = 25
WORK = {
    "plan_tick": ("Reminders were planned", "Reminders have never been planned"),
    "deliver_tick": ("Messages were sent out", "Messages have never been sent out"),
}
"""The ticks that matter here, by the end of their name: what each did when it last ran, and what
is to be said when it never did.
"""


@dataclass(frozen=True)
class Vitals:
    """The figures at one moment. A ``capped`` count says that there may be more."""

    at: datetime
    tick_seconds: int
    ticks: Mapping[str, datetime | None] = field(default_factory=dict)
    """When each last finished, by the end of its name."""
    due: int = 0
    oldest: datetime | None = None
    """Since when the one that has waited longest might have gone: what is held for quiet hours or
    a digest does not wait.
    """
    last_sent: datetime | None = None
    """In the last fortnight."""
    failed_last_hour: int = 0
    set_aside: int = 0


def judge(vitals: Vitals) -> list[str]:
    """What is not well, a sentence each, the most pressing first; empty when all is well."""
    return list(_troubles(vitals))


def _troubles(vitals: Vitals) -> Iterator[str]:
    most = timedelta(seconds=LATE_TICKS * vitals.tick_seconds)
    for name, (did, never) in WORK.items():
        last = vitals.ticks.get(name)
        if last is None:
            yield f"{never}: are worker and beat running?"
        elif vitals.at - last > most:
            yield f"{did} {lasted(vitals.at - last)} ago: are worker and beat running?"
    waited = vitals.at - vitals.oldest if vitals.oldest else timedelta()
    if waited > OVERDUE:
        silent = vitals.last_sent is None or vitals.at - vitals.last_sent > OVERDUE
        nothing = " and nothing has gone out meanwhile: does the mail server answer?"
        yield (f"A message has waited for {lasted(waited)}{nothing if silent else '.'}")
    if vitals.failed_last_hour > FAILED_AN_HOUR:
        yield f"{vitals.failed_last_hour} messages failed in the last hour."
    if vitals.set_aside > MANY_ASIDE:
        yield f"{vitals.set_aside} addresses send messages back, so nothing is sent to them."


def lasted(time: timedelta) -> str:
    """'1 minute', '42 minutes', '3 hours', '2 days'."""
    minutes = int(time.total_seconds() // 60)
    for size, word in ((1440, "day"), (60, "hour")):
        if minutes >= 2 * size:
            return f"{minutes // size} {word}s"
    return "1 minute" if minutes == 1 else f"{minutes} minutes"
