"""Figures for choosing participants, on plain values: scores, ranks, spread, balance, the funnel.

Percentages are exact fractions until they are shown, so that two people with the same points never
stand on different ranks.
"""

from collections import Counter
from collections.abc import Collection, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction
from math import lcm

MAX_POINTS = 5
READINGS_WANTED = 2
WIDE_SPREAD = 20
"""Percentage points between two readers from which a third look is suggested."""


def half_up(value: Fraction, places: int = 1) -> Decimal:
    """The value as it is shown: rounded to so many decimal places, halves away from zero."""
    exact = Decimal(value.numerator) / Decimal(value.denominator)
    return exact.quantize(Decimal(1).scaleb(-places), rounding=ROUND_HALF_UP)


def weighted_percent[Key: Hashable](
    points: Mapping[Key, int], weights: Mapping[Key, int]
) -> Fraction:
    """One reader's points (0 to 5 a criterion) as a percentage of the most there could be.

    A criterion without points counts nothing. ``weights`` holds every criterion.
    """
    got = sum(points.get(key, 0) * weight for key, weight in weights.items())
    return percent_of(got, sum(weights.values()))


def percent_of(got: int, weights: int) -> Fraction:
    """Weighted points as a percentage of the most there could be with these weights together."""
    return Fraction(100 * got, MAX_POINTS * weights) if weights else Fraction(0)


@dataclass(frozen=True)
class Standing[Key]:
    """Where an application stands. ``rank`` is None until enough readers are in."""

    key: Key
    readings: tuple[Fraction, ...]
    mean: Fraction | None
    spread: Fraction | None
    """The difference between the highest and the lowest reading, in percentage points."""
    rank: int | None
    is_tied: bool = False

    @property
    def is_wide(self) -> bool:
        return self.spread is not None and self.spread >= WIDE_SPREAD


def rank[Key: Hashable](readings: Mapping[Key, Sequence[Fraction]]) -> list[Standing[Key]]:
    """Best first; equals share a rank (1, 2, 2, 4) in the order they were given. Those not yet
    read by two come after, in the order given.
    """
    means = {key: sum(read, Fraction(0)) / len(read) for key, read in readings.items() if read}
    # Whole numbers in the same order sort many times faster than fractions.
    common = lcm(*(mean.denominator for mean in means.values()))
    places = {key: mean.numerator * (common // mean.denominator) for key, mean in means.items()}
    ready = [key for key in readings if len(readings[key]) >= READINGS_WANTED]
    ready.sort(key=places.__getitem__, reverse=True)
    ranks = {place: n for n, place in reversed([*enumerate(map(places.get, ready), start=1)])}
    times = Counter(map(places.get, ready))
    waiting = [key for key in readings if len(readings[key]) < READINGS_WANTED]
    return [
        Standing(
            key=key,
            readings=tuple(readings[key]),
            mean=means.get(key),
            spread=max(readings[key]) - min(readings[key]) if len(readings[key]) > 1 else None,
            rank=ranks[places[key]] if is_ready else None,
            is_tied=is_ready and times[places[key]] > 1,
        )
        for is_ready, keys in ((True, ready), (False, waiting))
        for key in keys
    ]


@dataclass(frozen=True)
class Share:
    """One group among all who applied and among those who would be offered a place."""

    label: str
    applied: int
    chosen: int
    applied_share: int
    """Whole percent of all applicants, rounded half up."""
    chosen_share: int


def balance[Key: Hashable](
    groups: Mapping[Key, str], chosen: Collection[Key], order: Sequence[str] = ()
) -> list[Share]:
    """How each group fares. Every application has one group, so the columns add up to the whole.

    In the given order of labels first, then by name.
    """
    applied = Counter(groups.values())
    taken = Counter(groups[key] for key in chosen)
    place = {label: position for position, label in enumerate(order)}
    labels = sorted(applied, key=lambda label: (place.get(label, len(place)), label))
    return [
        Share(
            label=label,
            applied=applied[label],
            chosen=taken[label],
            applied_share=_percent(applied[label], len(groups)),
            chosen_share=_percent(taken[label], len(chosen)),
        )
        for label in labels
    ]


def _percent(part: int, whole: int) -> int:
    return int(half_up(Fraction(100 * part, whole), 0)) if whole else 0


@dataclass(frozen=True)
class Funnel:
    """Where everybody who ever began has got to. Each begun application is in one part."""

    not_sent: int = 0
    withdrawn_unsent: int = 0
    undecided: int = 0
    waiting: int = 0
    offered: int = 0
    accepted: int = 0
    declined: int = 0
    lapsed: int = 0
    not_offered: int = 0
    withdrawn: int = 0

    @property
    def sent(self) -> int:
        return self.begun - self.not_sent - self.withdrawn_unsent

    @property
    def begun(self) -> int:
        return sum(vars(self).values())

    @property
    def ever_offered(self) -> int:
        return self.offered + self.accepted + self.declined + self.lapsed


_PARTS = {
    "draft": "not_sent",
    "submitted": "undecided",
    "under_review": "undecided",
    "waitlisted": "waiting",
    "rejected": "not_offered",
    "withdrawn": "withdrawn",
}


def funnel(counts: Iterable[tuple[str, bool, int]]) -> Funnel:
    """From (state, whether it was ever sent, how many)."""
    parts: Counter[str] = Counter()
    for state, was_sent, number in counts:
        part = _PARTS.get(state, state)
        parts["withdrawn_unsent" if part == "withdrawn" and not was_sent else part] += number
    return Funnel(**parts)
