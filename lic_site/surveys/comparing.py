"""Waves laid side by side by what they measure, out of what was released of each."""

from collections.abc import Iterable
from dataclasses import dataclass

from lic_site.surveys import pictures
from lic_site.surveys.figures.trend import scores
from lic_site.surveys.models import Release
from lic_site.surveys.pictures import Picture

MOST = 24
"""Waves in one picture, the latest."""


@dataclass(frozen=True)
class Compared:
    """One item, and the waves that asked it with the same scores."""

    words: str
    picture: Picture


def side_by_side(releases: Iterable[Release]) -> list[Compared]:
    """The items that two waves or more asked, in the order of the latest wave's questions."""
    found: dict[str, list[tuple[Release, pictures.Json]]] = {}
    for release in releases:
        for question in release.figures.get("questions", ()):
            is_now = question["item"] and question["occasion"] == "now"
            if is_now and "mean" in question:
                found.setdefault(question["item"], []).append((release, question))
    compared = []
    for asked in found.values():
        latest = asked[0][1]
        same = [each for each in asked if scores(each[1]) == scores(latest)][:MOST]
        if len(same) > 1:
            means = [(named(release), question["mean"]) for release, question in reversed(same)]
            compared.append(Compared(latest["words"], pictures.of_waves(latest, means)))
    return compared


def named(release: Release) -> str:
    """What tells a wave from its neighbours."""
    wave = release.wave
    stage = "" if wave.stage == "once" else f", {wave.get_stage_display().lower()}"
    return f"{wave.about}{stage}"
