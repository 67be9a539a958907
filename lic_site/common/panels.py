"""What an app adds to a person's home: what needs them now, what is next, their things.

Each app's ``panels.py`` has ``home(person, at)``; the home lays them side by side.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime


@dataclass(frozen=True)
class Action:
    """Something that needs the person now: a line of the action list."""

    title: str
    href: str
    action: str
    """The words of its one button."""
    due: date | datetime | None = None
    text: str = ""
    urgent: bool = False


@dataclass(frozen=True)
class Coming:
    """Something with a date that the person need only know: a step of the timeline."""

    title: str
    when: date | datetime
    text: str = ""
    state: str = "next"


@dataclass(frozen=True)
class Thing:
    """A card that leads to one of the person's things."""

    title: str
    href: str
    caption: str = ""
    text: str = ""
    status: str = ""
    tone: str = "plain"


@dataclass(frozen=True)
class Home:
    """One app's part of a person's home."""

    actions: list[Action] = field(default_factory=list)
    coming: list[Coming] = field(default_factory=list)
    things: list[Thing] = field(default_factory=list)


def together(parts: Iterable[Home]) -> Home:
    """All parts as one: the most pressing first, the nearest date first."""
    parts = list(parts)
    return Home(
        actions=sorted(
            (action for part in parts for action in part.actions),
            key=lambda action: (action.due is None, str(action.due)),
        ),
        coming=sorted(
            (coming for part in parts for coming in part.coming), key=lambda each: str(each.when)
        ),
        things=[thing for part in parts for thing in part.things],
    )
