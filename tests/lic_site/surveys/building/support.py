"""Addresses of the builder, and what a form says."""

from typing import Any

from lic_site.surveys.definition import Definition
from lic_site.surveys.models import Version

LIST = "/manage/questionnaires/"


def at(version: Version, rest: str = "") -> str:
    return f"{LIST}{version.questionnaire_id}/{rest}"


def now(version: Version) -> Definition:
    """What it asks, read anew."""
    return Version.objects.get(pk=version.pk).definition


def said(version: Version, **typed: Any) -> dict[str, Any]:
    return {"revision": Version.objects.get(pk=version.pk).revision, **typed}


def rows(*words: str, codes: tuple[str, ...] = (), scores: tuple[str, ...] = ()) -> dict[str, Any]:
    """A row for each of the answers."""
    typed: dict[str, Any] = {"rows": len(words)}
    for number, each in enumerate(words, start=1):
        typed[f"option-{number}-words"] = each
        typed[f"option-{number}-code"] = codes[number - 1] if number <= len(codes) else ""
        typed[f"option-{number}-score"] = scores[number - 1] if number <= len(scores) else ""
    return typed
