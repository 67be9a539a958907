"""Putting people in sets as a mixed-integer programme, for ``grouping``.

A pair that shares something costs; n of them in one set make n(n-1)/2 pairs, a convex function, so
its tangents at the whole numbers say it exactly. Even spreads are then the cheapest and the relaxed
programme's bound is tight: with few rules the first node is the optimum.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

SMALLEST, LARGEST = 5, 8
NODES = 2_000
"""Where the search is cut short: by count, not by clock, so that the answer is always the same."""

type Pair = tuple[int, int]
"""Two keys, the smaller first."""
type Row = dict[int, float]


@dataclass(frozen=True)
class Asked:
    """Who is to be put in how many sets, by which rules."""

    keys: tuple[int, ...]
    apart: tuple[Pair, ...]
    stays: Mapping[int, int]
    """Who stays in which set."""
    number: int


@dataclass
class _Programme:
    """Columns, and rows of them that lie between two values."""

    costs: list[float] = field(default_factory=list)
    binary: int = 0
    """How many columns, the first ones, are yes or no; the others count pairs."""
    rows: list[tuple[Row, float, float]] = field(default_factory=list)

    def between(self, low: float, row: Row, high: float) -> None:
        self.rows.append((row, low, high))


def solve(
    asked: Asked, groups: Sequence[tuple[int, Sequence[int]]]
) -> tuple[dict[int, int], int] | None:
    """Everybody's set, and the least that any answer could cost; None if none was found.

    ``groups``: what a pair costs, and the keys of whom it costs.
    """
    # Imported here: web workers, which never solve, must not carry scipy's 60 MB.
    import numpy as np  # noqa: PLC0415
    from scipy.optimize import Bounds, LinearConstraint, milp  # noqa: PLC0415
    from scipy.sparse import csr_array  # noqa: PLC0415

    programme = _programme(asked, groups)
    width = len(programme.costs)
    is_binary = np.arange(width) < programme.binary
    entries = [
        (number, column, value)
        for number, (row, _, _) in enumerate(programme.rows)
        for column, value in row.items()
    ]
    lines, columns, values = zip(*entries, strict=True)
    matrix = csr_array((values, (lines, columns)), shape=(len(programme.rows), width))
    answer: Any = milp(
        np.array(programme.costs),
        integrality=is_binary.astype(int),
        bounds=Bounds(0, np.where(is_binary, 1, np.inf)),
        constraints=LinearConstraint(
            matrix, [low for _, low, _ in programme.rows], [high for _, _, high in programme.rows]
        ),
        options={"node_limit": NODES, "mip_rel_gap": 0},
    )
    if answer.x is None:
        return None
    yes = answer.x[: programme.binary].reshape(len(asked.keys), asked.number)
    placed = {key: int(place) for key, place in zip(asked.keys, yes.argmax(axis=1), strict=True)}
    return placed, int(np.ceil(answer.mip_dual_bound - 1e-6))


def _programme(asked: Asked, groups: Sequence[tuple[int, Sequence[int]]]) -> _Programme:
    sets = range(asked.number)
    made = _Programme(binary=len(asked.keys) * asked.number)
    made.costs = [0.0] * made.binary
    at = {
        (key, place): line * asked.number + place
        for line, key in enumerate(asked.keys)
        for place in sets
    }
    for key in asked.keys:
        made.between(1, {at[key, place]: 1 for place in sets}, 1)
    for key, place in asked.stays.items():
        made.between(1, {at[key, place]: 1}, 1)
    for place in sets:
        made.between(SMALLEST, {at[key, place]: 1 for key in asked.keys}, LARGEST)
        for one, other in asked.apart:
            made.between(0, {at[one, place]: 1, at[other, place]: 1}, 1)
    for weight, keys in groups:
        for place in sets:
            pairs = len(made.costs)
            made.costs.append(weight)
            for n in range(1, min(len(keys), LARGEST)):  # pairs >= n * count - n(n+1)/2
                tangent: Row = {at[key, place]: n for key in keys}
                made.between(float("-inf"), {**tangent, pairs: -1}, n * (n + 1) / 2)
    return made
