"""The waves that were released before, beside which a wave's figures stand."""

from dataclasses import dataclass, field
from typing import Any

from django.db.models import Q

from lic_site.surveys.models import Release, Wave


@dataclass(frozen=True)
class Sibling:
    """An earlier wave of the same group, with what was released of it."""

    wave: Wave
    figures: dict[str, Any] = field(default_factory=dict)

    def question(self, item: str) -> dict[str, Any] | None:
        """What was released of an item as it was at the time; None if nothing was."""
        return next((each for each in asked_now(self.figures, item)), None)


def asked_now(figures: dict[str, Any], item: str) -> list[dict[str, Any]]:
    """The questions on an item, not looking back, of which a mean was released."""
    return [
        each
        for each in figures.get("questions", ())
        if each["item"] == item and each["occasion"] == "now" and "mean" in each
    ]


def siblings(wave: Wave) -> list[Sibling]:
    """The earliest first; pooled figures stand apart and are not among them."""
    same = (
        Q(wave__subject_kind=wave.subject_kind, wave__subject_id=wave.subject_id)
        if wave.group is None
        else Q(wave__group=wave.group)
    )
    found = Release.objects.filter(same, wave__opens_at__lt=wave.opens_at).exclude(wave=wave)
    return [
        Sibling(each.wave, each.figures)
        for each in found.select_related("wave__version").order_by("wave__opens_at", "wave")
        if "pooled" not in each.figures
    ]
