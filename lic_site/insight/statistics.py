"""Means, shares and differences of what people answered, each with a 95% interval.

All work on counts: by a value, how many people gave it. Intervals say how far chance alone may have
moved a figure, if those who answered stand for all who might have.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from math import sqrt

LEVEL = 0.975
"""Of the upper end of a two-sided 95% interval."""
Z = 1.959963984540054
PROMOTERS, DETRACTORS = 9, 6

type Counts = Mapping[float, int]


@dataclass(frozen=True)
class Interval:
    """A figure and the ends of its interval, with how many people it is of. No ends where a single
    person answered.
    """

    n: int
    value: float
    low: float | None = None
    high: float | None = None


@dataclass(frozen=True)
class Change:
    """How people moved between two answers of theirs: later less earlier."""

    n: int
    difference: Interval
    effect: float | None
    """Cohen's d_z; None where everybody moved by the same."""
    up: int
    same: int
    down: int

    @property
    def could_be_chance(self) -> bool:
        """Whether the interval reaches over no change at all; of one person it always could."""
        low, high = self.difference.low, self.difference.high
        return low is None or high is None or low <= 0 <= high

    @property
    def strength(self) -> str:
        """Cohen's rough marks (0.2, 0.5, 0.8): 'slight', 'small', 'medium' or 'large'."""
        size = abs(self.effect or 0)
        marks = ((0.8, "large"), (0.5, "medium"), (0.2, "small"))
        return next((name for mark, name in marks if size >= mark), "slight")


def half_up(value: float, digits: int = 0) -> Decimal:
    """Rounded as people round, a half away from nought, from the shortest decimal of the float."""
    return Decimal(str(value)).quantize(Decimal(1).scaleb(-digits), ROUND_HALF_UP)


def mean(counts: Counts) -> Interval:
    """The mean with Student's t interval ('Student', 'The probable error of a mean', Biometrika
    6(1), 1908). Raises ValueError if nobody answered.
    """
    from scipy.special import stdtrit  # noqa: PLC0415 - heavy, and needed here alone

    n, value, deviation = _moments(counts)
    if n < 2:
        return Interval(n, value)
    half = float(stdtrit(n - 1, LEVEL)) * deviation / sqrt(n)
    return Interval(n, value, value - half, value + half)


def median(counts: Counts) -> float:
    """The middle value, or the mean of the middle two. Raises ValueError if nobody answered."""
    n = _number(counts)
    middle = [_at(counts, place) for place in ((n - 1) // 2, n // 2)]
    return sum(middle) / 2


def share(of: int, n: int) -> Interval:
    """A proportion, 0 to 1, with Wilson's interval (E. B. Wilson, 'Probable inference, the law of
    succession, and statistical inference', JASA 22(158), 1927). Raises ValueError if n is nought.
    """
    if not n:
        raise ValueError("No share of nobody.")
    p, z2 = of / n, Z * Z / n
    middle = (p + z2 / 2) / (1 + z2)
    half = Z / (1 + z2) * sqrt(p * (1 - p) / n + z2 / (4 * n))
    return Interval(n, p, max(0.0, middle - half), min(1.0, middle + half))


def change(differences: Counts) -> Change:
    """Paired differences, with d_z, the mean difference over the standard deviation of the
    differences (D. Lakens, 'Calculating and reporting effect sizes', Frontiers in Psychology 4:863,
    2013, equation 6). Raises ValueError if there is no pair.
    """
    n, value, deviation = _moments(differences)
    return Change(
        n=n,
        difference=mean(differences),
        effect=value / deviation if deviation else None,
        up=sum(count for by, count in differences.items() if by > 0),
        same=differences.get(0, 0),
        down=sum(count for by, count in differences.items() if by < 0),
    )


def net_score(counts: Counts) -> float:
    """Of 0 to 10: the share of 9 and 10 less the share of 0 to 6, −100 to 100 (F. F. Reichheld,
    'The one number you need to grow', Harvard Business Review 81(12), 2003). It hides the
    distribution, so it stands after it. Raises ValueError if nobody answered.
    """
    n = _number(counts)
    for_it = sum(count for value, count in counts.items() if value >= PROMOTERS)
    against = sum(count for value, count in counts.items() if value <= DETRACTORS)
    return 100 * (for_it - against) / n


def _number(counts: Counts) -> int:
    n = sum(counts.values())
    if not n:
        raise ValueError("Nobody answered.")
    return n


def _moments(counts: Counts) -> tuple[int, float, float]:
    """How many, their mean, and the standard deviation of a sample (nought of a single one)."""
    n = _number(counts)
    value = sum(each * count for each, count in counts.items()) / n
    squares = sum(count * (each - value) ** 2 for each, count in counts.items())
    return n, value, sqrt(squares / (n - 1)) if n > 1 else 0.0


def _at(counts: Counts, place: int) -> float:
    """The value of whoever stands at this place, from 0, when all stand in order."""
    passed = 0
    for value in sorted(counts):
        passed += counts[value]
        if passed > place:
            return value
    raise IndexError(place)
