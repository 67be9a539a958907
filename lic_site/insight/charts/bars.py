"""Pictures of how answers are distributed."""

from collections.abc import Sequence
from dataclasses import dataclass

from lic_site.insight.charts.marks import LETTER, Bar, Chart, Label, Line, fits, short

BAR, THIN, GAP, ABOVE = 30.0, 14.0, 14.0, 22.0
"""Of a row: its bar, or a thin one, the room to the next row, the room for the words above it."""
APART = 14.0
"""Between the scale and what does not belong to it."""
COLUMNS_HIGH = 150.0


@dataclass(frozen=True)
class Row:
    """One set of people: what stands above it at the left and at the right, and the share (0 to 1)
    of each answer, the lowest first.
    """

    words: str
    beside: str
    shares: Sequence[float]
    apart: float = 0.0
    """The share of those to whom the question does not apply."""


@dataclass(frozen=True)
class Reach:
    """How far bars go to either side of their middle, and how far those that stand apart, as shares
    of everybody (0 to 1).
    """

    left: float
    right: float
    apart: float


def reach(rows: Sequence[Row]) -> Reach:
    """The furthest that any of the rows goes. Pictures of one reach have one middle and one scale,
    so that they can be compared one above the other.
    """
    sides = [_halves(row.shares) for row in rows]
    return Reach(
        max((under for under, _ in sides), default=0.0),
        max((over for _, over in sides), default=0.0),
        max((row.apart for row in rows), default=0.0),
    )


def diverging(rows: Sequence[Row], *, width: float, to: Reach | None = None) -> Chart:
    """Stacked bars that stand on a common middle: that of the neutral answer, or between the two
    middle answers where there is no neutral one. 'Does not apply' stands apart, at the right.
    ``to`` is the reach of several pictures together; by default these rows' own.
    """
    halves = [_halves(row.shares) for row in rows]
    far = to or reach(rows)
    room = width - (APART if far.apart else 0)
    unit = room / ((far.left + far.right + far.apart) or 1)
    middle = far.left * unit
    bars, labels = [], []
    for place, (row, (under, _)) in enumerate(zip(rows, halves, strict=True)):
        y = _top(place)
        labels += _above(row, y, width)
        x = middle - under * unit
        for share, role in zip(row.shares, roles(len(row.shares)), strict=True):
            bars.append(Bar(x, y, share * unit, BAR, role))
            x += share * unit
        if row.apart:
            bars.append(Bar(width - far.apart * unit, y, row.apart * unit, BAR, "apart"))
    labels += [_inside(bar, bar.width / unit) for bar in bars if _has_room(bar, unit)]
    height = _top(len(rows)) - ABOVE - GAP + 4
    line = Line(middle, ABOVE - 4, middle, height, "middle")
    return Chart(width, height, [bar for bar in bars if bar.width], [line], labels=labels)


def plain(rows: Sequence[tuple[str, str, float]], *, width: float) -> Chart:
    """A bar for each answer, its words and its number above it: (words, number, share)."""
    bars, labels = [], []
    for place, (words, number, share) in enumerate(rows):
        y = ABOVE + place * (ABOVE + THIN + GAP)
        labels += _above(Row(words, number, ()), y, width)
        bars += [Bar(0, y, width, THIN, "room"), Bar(0, y, share * width, THIN, "share")]
    return Chart(width, len(rows) * (ABOVE + THIN + GAP) - GAP + 4, bars, labels=labels)


def columns(values: Sequence[tuple[str, int]], *, width: float) -> Chart:
    """A column for each value, its number above it and its words beneath: (words, count)."""
    most = max((count for _, count in values), default=0) or 1
    step = width / (len(values) or 1)
    foot = ABOVE + COLUMNS_HIGH
    bars, labels = [], []
    for place, (words, count) in enumerate(values):
        x, height = place * step, COLUMNS_HIGH * count / most
        middle = x + step / 2
        if count:
            bars.append(Bar(x + step * 0.1, foot - height, step * 0.8, height, "column"))
            labels.append(Label(middle, foot - height - 6, str(count), "middle", "number"))
        labels.append(Label(middle, foot + LETTER + 5, words, "middle"))
    return Chart(width, foot + 28, bars, [Line(0, foot, width, foot, "axis")], labels=labels)


def rate(of: int, n: int, *, width: float) -> Chart:
    """How many of so many, as a part of one bar."""
    part = width * min(1.0, of / n) if n else 0.0
    return Chart(width, 18, [Bar(0, 0, width, 18, "room"), Bar(0, 0, part, 18, "share")])


def roles(answers: int) -> list[str]:
    """What each answer of a scale stands for, from the lowest: ``against-3`` to ``for-3``, the
    furthest out always the strongest, and ``neutral`` in the middle of an odd number.
    """
    half = answers // 2
    strengths = [max(1, round(3 * (half - place) / half)) for place in range(half)]
    under = [f"against-{each}" for each in strengths]
    over = [f"for-{each}" for each in reversed(strengths)]
    return [*under, *(["neutral"] if answers % 2 else []), *over]


def _halves(shares: Sequence[float]) -> tuple[float, float]:
    """What lies on either side of the middle."""
    half = len(shares) // 2
    neutral = shares[half] / 2 if len(shares) % 2 else 0.0
    return sum(shares[:half]) + neutral, sum(shares[len(shares) - half :]) + neutral


def _top(place: int) -> float:
    return ABOVE + place * (ABOVE + BAR + GAP)


def _above(row: Row, y: float, width: float) -> list[Label]:
    room = width - (len(row.beside) + 3) * LETTER * 0.54
    return [
        Label(0, y - 7, short(row.words, room)),
        Label(width, y - 7, row.beside, "end", "beside"),
    ]


def _has_room(bar: Bar, unit: float) -> bool:
    return bar.width > 0 and fits(f"{percent(bar.width / unit)}%", bar.width)


def _inside(bar: Bar, share: float) -> Label:
    y = bar.y + bar.height / 2 + LETTER * 0.36
    return Label(bar.x + bar.width / 2, y, f"{percent(share)}%", "middle", f"on-{bar.role}")


def percent(share: float) -> int:
    """In whole hundredths, a half up; what is left of a float's error does not count."""
    return int(round(share * 100, 6) + 0.5)
