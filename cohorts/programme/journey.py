"""An application's steps on its timeline, done and to come."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal

from cohorts.programme.enums import ApplicationState, Step

type Moment = date | datetime | None


@dataclass(frozen=True)
class TimelineEvent:
    """One step as the timeline component draws it."""

    title: str
    when: Moment = None
    text: str = ""
    state: Literal["done", "now", "next"] = "done"


_AHEAD: dict[str, tuple[Step, ...]] = {
    ApplicationState.SUBMITTED: (Step.READ, Step.DECIDED, Step.STARTS),
    ApplicationState.UNDER_REVIEW: (Step.DECIDED, Step.STARTS),
    ApplicationState.WAITLISTED: (Step.STARTS,),
    ApplicationState.OFFERED: (Step.ANSWER, Step.STARTS),
    ApplicationState.ACCEPTED: (Step.STARTS,),
}


def timeline(
    past: Iterable[tuple[str, datetime]],
    state: str,
    *,
    decisions_by: date,
    answer_by: datetime | None,
    starts_on: date,
) -> Iterator[TimelineEvent]:
    """``past`` are the states the application came into, oldest first; what lies ahead follows
    from the state it is in.
    """
    done = list(past)
    for place, (reached, at) in enumerate(done, 1):
        is_now = place == len(done)
        is_begun = reached == ApplicationState.DRAFT and not is_now
        title = Step.BEGUN.label if is_begun else ApplicationState(reached).label
        yield TimelineEvent(title, at, state="now" if is_now else "done")
    when: dict[Step, Moment] = {
        Step.DECIDED: decisions_by,
        Step.ANSWER: answer_by,
        Step.STARTS: starts_on,
    }
    for step in _AHEAD.get(state, ()):
        yield TimelineEvent(step.label, when.get(step), state="next")
