"""What was told, in facts: to check before it is sent, and for its reader."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from lic_site.concerns import policies
from lic_site.concerns.enums import About, Known
from lic_site.concerns.models import Concern
from lic_site.concerns.telling import Journey


@dataclass(frozen=True)
class Part:
    """One page's answers; ``page`` is where they are changed."""

    page: str
    title: str
    rows: list[Mapping[str, str]]


def _row(key: str, value: str) -> Mapping[str, str]:
    return {"key": key, "value": value, "empty": "You left this out"}


def sections(journey: Journey) -> list[Part]:
    """Everything answered, page by page."""
    given: dict[str, Any] = journey.answers()
    reader = journey.reader()
    about = ", ".join(person.name for person in journey.concerned())
    known = [_row("Known", Known(given["known"]).label)]
    if given.get("reach"):
        known.append(_row("How to reach you", given["reach"]))
    if given.get("tell_by_mail") and given["known"] != Known.ANONYMOUS:
        known.append(_row("Told by e-mail", "When there is something to read"))
    happened = [
        _row("About", About(given["about"]).label),
        _row("What happened", given["words"]),
        _row("When", given["happened_when"]),
        _row("Where", given["happened_where"]),
    ]
    if journey.regarding:
        happened.insert(0, _row("From the page of", journey.regarding))
    return [
        Part("happened", "What happened", happened),
        Part(
            "who",
            "Who it is about",
            [_row("Who", given["who"]), _row("Readers who never see it", about)],
        ),
        Part(
            "reader",
            "Who reads it",
            [_row("Reader", f"{reader.person.name}: {reader.what_for}")],
        ),
        Part("known", "How you are known", known),
        Part("hope", "What you hope for", [_row("You hope for", given["hoped_for"])]),
    ]


def facts(concern: Concern) -> list[Mapping[str, str]]:
    """What its reader is told beside the words."""
    rows = [
        ("About", concern.get_about_display()),
        ("From the page of", concern.regarding),
        ("When", concern.happened_when),
        ("Where", concern.happened_where),
        ("Who it is about", concern.who),
        ("What they hope for", concern.hoped_for),
        ("Who raised it", _raised_by(concern)),
    ]
    if concern.known == Known.ANONYMOUS or policies.name_shown(concern):
        rows.append(("How to reach them", concern.reach))
    return [{"key": key, "value": value} for key, value in rows if value]


def _raised_by(concern: Concern) -> str:
    if concern.known == Known.ANONYMOUS:
        return "Anonymous: you can answer here, and they come back with a code"
    if concern.known == Known.WRITTEN:
        return "Somebody without an account, who wrote who they are"
    if not policies.name_shown(concern):
        return "Somebody who gave their name to the first reader alone: you can answer here"
    return concern.raiser.name if concern.raiser else "Their record has been deleted"
