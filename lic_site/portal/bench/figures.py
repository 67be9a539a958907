"""What a benchmark measured, and whether its promise holds."""

import json
import os
import platform
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from importlib.metadata import version
from statistics import median
from typing import Literal

from django.conf import settings
from django.db import connection

ROUNDS = 5


@dataclass(frozen=True, kw_only=True)
class Figure:
    """One line of output. ``ratio`` is ours over the yardstick; ``holds`` is computed from it."""

    name: str
    case: str
    ours: float
    yardstick: float
    unit: str
    reach: float
    better: Literal["at least", "at most"]
    """Whether the ratio must reach ``reach`` or stay under it."""
    sizes: Mapping[str, object] = field(default_factory=dict)
    facts: Mapping[str, object] = field(default_factory=dict)
    """Other figures worth printing."""
    must: Mapping[str, bool] = field(default_factory=dict)
    """Plain facts that must be true beside the ratio, such as 'each delivered once'."""

    @property
    def ratio(self) -> float:
        return self.ours / self.yardstick

    @property
    def holds(self) -> bool:
        within = self.ratio >= self.reach if self.better == "at least" else self.ratio <= self.reach
        return within and all(self.must.values())

    def line(self) -> str:
        """The figure as one line of JSON."""
        return json.dumps(
            {
                "name": self.name,
                "case": self.case,
                "ours": round(self.ours, 4),
                "yardstick": round(self.yardstick, 4),
                "unit": self.unit,
                "ratio": round(self.ratio, 3),
                "reach": self.reach,
                "better": self.better,
                "holds": self.holds,
                "must": dict(self.must),
                "sizes": dict(self.sizes),
                **self.facts,
                "versions": versions(),
            }
        )


def versions() -> dict[str, str]:
    """What the figures were measured on."""
    packages = ("django", "wagtail", "celery")
    server = ".".join(str(part) for part in connection.get_database_version())
    return {
        "python": platform.python_version(),
        **{name: version(name) for name in packages},
        connection.vendor: server,
        "redis": "yes" if settings.REDIS_URL else "no",
        "cores": str(len(os.sched_getaffinity(0))),
    }


def interleaved(
    ours: Callable[[], float], yardstick: Callable[[], float], *, rounds: int = ROUNDS
) -> tuple[float, float]:
    """The median of each over so many rounds, taking turns at going first: the machine's moods
    fall on both alike.
    """
    measured: tuple[list[float], list[float]] = ([], [])
    for turn in range(rounds):
        order = ((0, ours), (1, yardstick)) if turn % 2 == 0 else ((1, yardstick), (0, ours))
        for place, measure in order:
            measured[place].append(measure())
    return median(measured[0]), median(measured[1])
