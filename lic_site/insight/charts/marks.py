"""What a picture is made of."""

from dataclasses import dataclass, field
from typing import Literal

WIDE, NARROW = 560.0, 320.0
"""Widths of the two boxes."""
LETTER = 15.0
"""The size of letters."""

type Anchor = Literal["start", "middle", "end"]


@dataclass(frozen=True)
class Bar:
    x: float
    y: float
    width: float
    height: float
    role: str


@dataclass(frozen=True)
class Line:
    x1: float
    y1: float
    x2: float
    y2: float
    role: str


@dataclass(frozen=True)
class Dot:
    x: float
    y: float
    role: str


@dataclass(frozen=True)
class Label:
    """``y`` is of the line the letters stand on."""

    x: float
    y: float
    text: str
    anchor: Anchor = "start"
    role: str = "words"


@dataclass(frozen=True)
class Chart:
    width: float
    height: float
    bars: list[Bar] = field(default_factory=list)
    lines: list[Line] = field(default_factory=list)
    dots: list[Dot] = field(default_factory=list)
    labels: list[Label] = field(default_factory=list)

    def rounded(self) -> "Chart":
        """To a tenth, finer than which nobody sees."""
        return Chart(
            _tenth(self.width),
            _tenth(self.height),
            [
                Bar(_tenth(b.x), _tenth(b.y), _tenth(b.width), _tenth(b.height), b.role)
                for b in self.bars
            ],
            [
                Line(_tenth(a.x1), _tenth(a.y1), _tenth(a.x2), _tenth(a.y2), a.role)
                for a in self.lines
            ],
            [Dot(_tenth(each.x), _tenth(each.y), each.role) for each in self.dots],
            [
                Label(_tenth(each.x), _tenth(each.y), each.text, each.anchor, each.role)
                for each in self.labels
            ],
        )


def _tenth(length: float) -> float:
    return round(length, 1)


def short(text: str, room: float) -> str:
    """The text, cut with an ellipsis where it would be longer than so much room."""
    letters = int(room / (LETTER * 0.54))
    return text if len(text) <= letters else f"{text[: max(1, letters - 1)].rstrip()}…"


def fits(text: str, room: float) -> bool:
    return len(text) * LETTER * 0.6 + 4 <= room
