"""Pictures of means with their intervals."""

from collections.abc import Sequence
from dataclasses import dataclass

from lic_site.insight.charts.marks import LETTER, Chart, Dot, Label, Line, short

ROW, ABOVE = 56.0, 22.0
EDGE = 16.0
"""Left free at either end of an axis, for half a number."""
TREND_HIGH = 180.0
MOST_TICKS = 11


@dataclass(frozen=True)
class Spot:
    """A mean and the ends of its interval, with its name and its number in words."""

    words: str
    beside: str
    value: float
    low: float | None = None
    high: float | None = None
    role: str = "now"


def dots(spots: Sequence[Spot], least: float, most: float, *, width: float) -> Chart:
    """A row for each mean: a dot, the interval as a line through it, on a common axis."""
    lines, marks, labels = [], [], []
    foot = len(spots) * ROW + 2
    for tick in ticks(least, most):
        x = _along(tick, least, most, width)
        lines.append(Line(x, 0, x, foot, "tick"))
        labels.append(Label(x, foot + LETTER + 4, f"{tick:g}", "middle", "tick"))
    for place, spot in enumerate(spots):
        y = place * ROW + ABOVE + 14
        room = width - (len(spot.beside) + 3) * LETTER * 0.54
        labels.append(Label(0, y - 18, short(spot.words, room)))
        labels.append(Label(width, y - 18, spot.beside, "end", "beside"))
        if spot.low is not None and spot.high is not None:
            ends = [_along(end, least, most, width) for end in (spot.low, spot.high)]
            lines.append(Line(ends[0], y, ends[1], y, f"interval-{spot.role}"))
        marks.append(Dot(_along(spot.value, least, most, width), y, spot.role))
    return Chart(width, foot + 26, lines=lines, dots=marks, labels=labels)


def trend(spots: Sequence[Spot], least: float, most: float, *, width: float) -> Chart:
    """Means one after another, joined; words beneath, numbers above."""
    foot, left = TREND_HIGH + ABOVE, 34.0
    lines, marks, labels = [], [], []
    for tick in ticks(least, most):
        y = _up(tick, least, most, foot)
        lines.append(Line(left, y, width, y, "tick"))
        labels.append(Label(left - 8, y + LETTER * 0.36, f"{tick:g}", "end", "tick"))
    step = (width - left) / len(spots)
    before: Dot | None = None
    for place, spot in enumerate(spots):
        x = left + step * (place + 0.5)
        here = Dot(x, _up(spot.value, least, most, foot), spot.role)
        top = spot.value
        if spot.low is not None and spot.high is not None:
            top = min(spot.high, most)
            ends = [_up(end, least, most, foot) for end in (spot.low, spot.high)]
            lines.append(Line(x, ends[0], x, ends[1], f"interval-{spot.role}"))
        if before:
            lines.append(Line(before.x, before.y, here.x, here.y, "trend"))
        marks.append(here)
        above = _up(top, least, most, foot) - 9
        labels.append(Label(x, above, spot.beside, "middle", "number"))
        labels.append(Label(x, foot + LETTER + 8, short(spot.words, step), "middle"))
        before = here
    return Chart(width, foot + 34, lines=lines, dots=marks, labels=labels)


def ticks(least: float, most: float) -> list[float]:
    """Round numbers from the least to the most, eleven at most."""
    size, step = most - least, 1.0
    while size / step > MOST_TICKS - 1:
        step *= 2 if str(step)[0] in "15" else 2.5
    count = int(size / step + 1e-9)
    return [least + step * place for place in range(count + 1)]


def _along(value: float, least: float, most: float, width: float) -> float:
    inside = min(max(value, least), most)
    return EDGE + (width - 2 * EDGE) * (inside - least) / ((most - least) or 1)


def _up(value: float, least: float, most: float, foot: float) -> float:
    inside = min(max(value, least), most)
    return foot - TREND_HIGH * (inside - least) / ((most - least) or 1)
