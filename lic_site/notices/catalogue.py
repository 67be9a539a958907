"""Every kind of message with the words that go out for it, for staff."""

from typing import Any

from lic_site.notices import texts, wording
from lic_site.notices.protocol import NoticeKind, kinds


def kind_rows() -> list[dict[str, Any]]:
    """Every kind with its subject line, and whose words it says. One query."""
    standings = texts.standings()
    return [
        {"kind": kind, **_row(kind, standings.get(kind.name))}
        for kind in sorted(kinds().values(), key=lambda kind: kind.title)
    ]


def kind_facts(kind: NoticeKind) -> dict[str, Any]:
    """What the page of one kind says beside its preview."""
    return {"kind": kind, "standing": texts.standings().get(kind.name)}


def _row(kind: NoticeKind, standing: texts.Standing | None) -> dict[str, Any]:
    words = texts.default_words(kind)
    if standing is not None and standing.text is not None and standing.is_edited:
        words = standing.text.source
    return {"standing": standing, "subject": wording.fill(words, kind.sample()).subject}
