"""Which groups may be shown when the same people are cut in several ways.

An observer adds and subtracts: the whole less a group, two groups together, a group of one cut less
a group of another. What is shown is therefore chosen so that no two reports they can put together
differ by fewer people than the floor.

Of two cuts, take each group (and each remainder) for a point and each cell where two meet for a
line as heavy as it holds people. Two sums of groups, one of either cut, differ by the people on the
lines between one set of points and the rest; so the least difference is the lightest cut of the
graph (Stoer and Wagner, 'A simple min-cut algorithm', Journal of the ACM 44(4), 1997). The same
holds of every linear combination of their figures. Of three cuts and more, no combination of
figures may stand for fewer people than the floor: the cells of such a set are linearly dependent in
the null space of the matrix of groups by cells.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence, Set
from itertools import combinations
from math import comb

from lic_site.insight.suppression.policy import USUAL, Policy

type Cells = Mapping[tuple[str, ...], int]
"""How many people are in each combination of groups, one group of each cut; ``""`` where a person
is in none."""

MOST_SETS = 200_000
"""Beyond so many sets of small cells a third cut is not tried but left out."""
NOUGHT = 1e-9


def permitted_cuts(cells: Cells, *, policy: Policy = USUAL) -> list[frozenset[str]]:
    """Of each cut the groups that may be shown beside the whole and beside the other cuts' groups.

    The first cut has the first say. A group under the floor is hidden; where what is hidden could
    be worked out, more are, the smallest first. A cut of one group, or of none, shows nothing.
    """
    width = len(next(iter(cells), ()))
    shown: list[frozenset[str]] = []
    for place in range(width):
        sizes = _sizes(cells, place)
        groups = {name for name, count in sizes.items() if name and policy.shows(count)}
        smallest_last = sorted(groups, key=lambda name: (-sizes[name], name))
        while smallest_last and not _holds(cells, [*shown, frozenset(smallest_last)], policy):
            smallest_last.pop()
        says_nothing = len(sizes) == 1
        shown.append(frozenset() if says_nothing else frozenset(smallest_last))
    return shown


def differs_enough(
    inside: Mapping[str, int],
    sizes: Mapping[str, int],
    shown: Set[str],
    *,
    policy: Policy = USUAL,
) -> bool:
    """Whether one more set of people may be shown beside the groups of a cut: ``inside`` says how
    many of each group belong to it, ``sizes`` how many there are.
    """
    blocks: Counter[str] = Counter()
    among: Counter[str] = Counter()
    for name, count in sizes.items():
        block = name if name in shown else ""
        blocks[block] += count
        among[block] += inside.get(name, 0)
    return policy.apart(
        sum(min(among[name], count - among[name]) for name, count in blocks.items())
    )


def _sizes(cells: Cells, place: int) -> Counter[str]:
    sizes: Counter[str] = Counter()
    for names, count in cells.items():
        sizes[names[place]] += count
    return +sizes


def _holds(cells: Cells, cuts: Sequence[Set[str]], policy: Policy) -> bool:
    """Whether the last of the cuts may stand beside those before it."""
    last = len(cuts) - 1
    blocks = _blocks(cells, cuts)
    remainder = sum(count for names, count in blocks.items() if not names[last])
    if not policy.apart(remainder):
        return False
    used = [place for place, groups in enumerate(cuts) if groups]
    if any(not _pair_holds(blocks, place, last, policy) for place in used[:-1]):
        return False
    return len(used) < 3 or _all_hold(blocks, used, policy)


def _blocks(cells: Cells, cuts: Sequence[Set[str]]) -> Counter[tuple[str, ...]]:
    """The cells with all hidden groups of a cut taken as one."""
    blocks: Counter[tuple[str, ...]] = Counter()
    for names, count in cells.items():
        merged = zip(names, cuts, strict=False)
        blocks[tuple(name if name in groups else "" for name, groups in merged)] += count
    return +blocks


def _pair_holds(blocks: Cells, first: int, second: int, policy: Policy) -> bool:
    lines: Counter[frozenset[tuple[int, str]]] = Counter()
    for names, count in blocks.items():
        lines[frozenset({(first, names[first]), (second, names[second])})] += count
    weights: dict[tuple[int, str], Counter[tuple[int, str]]] = {}
    for line, count in lines.items():
        one, other = line
        weights.setdefault(one, Counter())[other] += count
        weights.setdefault(other, Counter())[one] += count
    return all(_lightest_cut(part) >= policy.scores for part in _parts(weights))


type _Graph[Point] = dict[Point, Counter[Point]]


def _parts[Point](weights: _Graph[Point]) -> Iterable[_Graph[Point]]:
    """What hangs together."""
    left = dict(weights)
    while left:
        found, edge = set(), [next(iter(left))]
        while edge:
            point = edge.pop()
            if point not in found:
                found.add(point)
                edge += weights[point]
        yield {point: Counter(left.pop(point)) for point in sorted(found, key=str)}


def _lightest_cut[Point](graph: _Graph[Point]) -> int:
    """The least weight of lines that parts a graph of two points or more in two."""
    lightest = sum(next(iter(graph.values())).values())
    while len(graph) > 1:
        start = next(iter(graph))
        reach, order = Counter(graph[start]), [start]
        while len(order) < len(graph):
            point = max((p for p in graph if p not in order), key=lambda p: reach[p])
            order.append(point)
            weight = reach[point]
            reach += graph[point]
        lightest = min(lightest, weight)
        before, last = order[-2:]
        for other, count in graph.pop(last).items():
            del graph[other][last]
            if other != before:
                graph[before][other] += count
                graph[other][before] += count
    return lightest


def _all_hold(blocks: Cells, used: Sequence[int], policy: Policy) -> bool:
    import numpy as np  # noqa: PLC0415 - heavy, and needed where figures are made alone

    merged: Counter[tuple[str, ...]] = Counter()
    for names, count in blocks.items():
        merged[tuple(names[place] for place in used)] += count
    cells = sorted(merged)
    groups = sorted({(place, name) for cell in cells for place, name in enumerate(cell)})
    matrix = np.array([[cell[place] == name for cell in cells] for place, name in groups], float)
    _, values, rows = np.linalg.svd(matrix)
    null = rows[int((values > NOUGHT).sum()) :]
    small = [place for place, cell in enumerate(cells) if merged[cell] < policy.scores]
    counts = np.array([merged[cells[place]] for place in small])
    shadow = null[:, small].T @ null[:, small]
    for size in range(1, min(policy.scores, len(small) + 1)):
        if comb(len(small), size) > MOST_SETS:
            return False
        sets = np.array(list(combinations(range(len(small)), size)))
        sets = sets[counts[sets].sum(axis=1) < policy.scores]
        volumes = np.linalg.det(shadow[sets[:, :, None], sets[:, None, :]])
        if (volumes < NOUGHT).any():
            return False
    return True
