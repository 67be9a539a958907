"""Which pairs figures are shown of, and what is made of them. Plain values."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from random import Random
from typing import Any, Protocol

from lic_site.insight import statistics
from lic_site.insight.suppression import Policy, differs_enough, pairs_to_show
from lic_site.surveys.definition import Question
from lic_site.surveys.figures.shaping import DIGITS, interval

OCCASIONS = ("pre", "then", "now")
TRIES = 30
"""Fewer pairs are drawn so often, where more would tell of somebody, before none are shown."""

type Cell = tuple[str, ...]
type Given = tuple[str, ...]
"""What somebody answered: before, looking back, now."""
type Joint = Counter[tuple[Given, Cell, Cell]]
"""With their cell in this wave and in the first."""


class Counted(Protocol):
    values: Counter[tuple[Cell, str]]


@dataclass(frozen=True)
class Item:
    now: Question
    then: Question | None = None
    pre: Question | None = None


@dataclass(frozen=True)
class Side:
    """One occasion: its question, what is released of the whole wave, its counts."""

    question: Question
    released: Mapping[str, Any]
    counted: Counted
    is_first: bool


def paired_figures(
    item: Item, sides: Mapping[str, Side], joint: Joint, lot: Random, policy: Policy
) -> dict[str, Any] | None:
    """Of so many pairs as tell of nobody beside the figures of both waves and of their groups;
    which are left out is drawn by lot. None where that leaves too few.
    """
    asked = [name for name in OCCASIONS if name in sides]
    whole = _complete(joint, sides)
    wholes = [sides[name].released["mean"]["n"] for name in asked]
    m, tries = sum(whole.values()), TRIES
    while tries and (found := pairs_to_show(wholes[0], wholes[-1], m, policy=policy)):
        drawn = Counter(lot.sample(list(whole), found, counts=list(whole.values())))
        middle_holds = all(policy.apart(n - found) for n in wholes)
        if middle_holds and all(_stands(drawn, side, policy) for side in sides.values()):
            return _shown(item, asked, sides, drawn)
        m, tries = found - 1, tries - 1
    return None


def _complete(joint: Joint, sides: Mapping[str, Side]) -> Joint:
    """Those who gave an answer that counts on every occasion."""
    return Counter(
        {
            key: n
            for key, n in joint.items()
            if all(
                sides[name].question.score(value) is not None
                for name, value in zip(OCCASIONS, key[0], strict=True)
                if name in sides
            )
        }
    )


def _stands(drawn: Joint, side: Side, policy: Policy) -> bool:
    """Whether those drawn differ enough from every group that is shown of the same answers."""
    sizes: Counter[Cell] = Counter()
    for (cell, value), n in side.counted.values.items():
        if side.question.score(value) is not None:
            sizes[cell] += n
    inside: Counter[Cell] = Counter()
    for (_, here, there), n in drawn.items():
        inside[there if side.is_first else here] += n
    places = _places(side)
    return all(
        differs_enough(_by(inside, place), _by(sizes, place), groups, policy=policy)
        for place, groups in places.items()
    )


def _places(side: Side) -> dict[int, frozenset[str]]:
    """Which groups are shown, by the cut's place in a cell."""
    return {
        cut["place"]: frozenset(group["code"] for group in cut["groups"])
        for cut in side.released["cuts"]
        if cut["groups"]
    }


def _by(counts: Counter[Cell], place: int) -> Counter[str]:
    found: Counter[str] = Counter()
    for cell, n in counts.items():
        found[cell[place]] += n
    return found


def _shown(item: Item, asked: list[str], sides: Mapping[str, Side], drawn: Joint) -> dict[str, Any]:
    scores: Counter[tuple[float, ...]] = Counter()
    for (given, _, _), n in drawn.items():
        by_name = dict(zip(OCCASIONS, given, strict=True))
        scores[tuple(_score(sides[name], by_name[name]) for name in asked)] += n
    last = len(asked) - 1
    return {
        "item": item.now.item,
        "code": item.now.code,
        "n": sum(scores.values()),
        "points": [
            {"occasion": name, "mean": interval(statistics.mean(_at(scores, place)))}
            for place, name in enumerate(asked)
        ],
        "changes": [
            {"from": asked[place], "to": asked[last], **_change(scores, place, last)}
            for place in range(last)
        ],
    }


def _score(side: Side, value: str) -> float:
    score = side.question.score(value)
    if score is None:
        raise ValueError("Only answers that count are paired.")
    return score


def _at(scores: Counter[tuple[float, ...]], place: int) -> Counter[float]:
    found: Counter[float] = Counter()
    for each, n in scores.items():
        found[each[place]] += n
    return found


def _change(scores: Counter[tuple[float, ...]], first: int, last: int) -> dict[str, Any]:
    by: Counter[float] = Counter()
    for each, n in scores.items():
        by[each[last] - each[first]] += n
    change = statistics.change(by)
    return {
        "difference": interval(change.difference),
        "effect": None if change.effect is None else round(change.effect, DIGITS),
        "strength": change.strength,
        "could_be_chance": change.could_be_chance,
        "up": change.up,
        "same": change.same,
        "down": change.down,
    }
