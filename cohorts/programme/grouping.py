"""Who learns with whom, on plain values: a cohort's people in sets of five to eight.

Never broken: sizes, people kept apart, people who stay where they are. Kept as few as can be: pairs
within a set who share a borough, an employer or a grade, which spreads each of them evenly. The
same people and rules always give the same sets.
"""

from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from itertools import combinations

from cohorts.programme.grouping_solver import LARGEST, SMALLEST, Asked, Pair, solve

USUAL = 6
WEIGHTS = {"size": 20, "employer": 4, "borough": 3, "grade": 1}
"""What a pair costs that shares a set (so that sizes are even), an employer, a borough, a grade."""


@dataclass(frozen=True)
class Member:
    key: int
    boroughs: frozenset[int] = frozenset()
    """Those that the employer serves."""
    grade: str = ""
    employer: int | None = None
    stays_in: int | None = None
    """The number of the set that they are not moved out of, from 0."""

    def traits(self) -> Iterator[tuple[str, object]]:
        """What they may share with others, by kind."""
        yield "size", None
        yield from (("borough", borough) for borough in self.boroughs)
        if self.grade:
            yield "grade", self.grade
        if self.employer is not None:
            yield "employer", self.employer


@dataclass(frozen=True)
class Grouping:
    sets: tuple[frozenset[int], ...]
    cost: int
    """Of all pairs that share something, weighted."""
    fewest: int
    """The least that it could cost, as far as was proved."""

    @property
    def is_best(self) -> bool:
        return self.cost == self.fewest


class Why(StrEnum):
    """What keeps people from being put in sets. A sentence of the services' says each."""

    TOO_FEW = "too_few"
    WRONG_NUMBER = "wrong_number"
    TOO_MANY_STAY = "too_many_stay"
    STAY_TOGETHER = "stay_together"
    ALL_APART = "all_apart"
    RULES = "rules"
    NOT_FOUND = "not_found"


@dataclass(frozen=True)
class Conflict:
    """Rules that cannot all be kept; without any one of them they could, as far as they are of
    this conflict.
    """

    why: Why
    members: tuple[int, ...] = ()
    apart: tuple[Pair, ...] = ()
    stay: tuple[int, ...] = ()


class Unsolvable(Exception):
    def __init__(self, conflict: Conflict) -> None:
        super().__init__(conflict.why.value)
        self.conflict = conflict


def possible_numbers(count: int) -> range:
    """How many sets so many people can make."""
    return range(max(1, -(-count // LARGEST)), count // SMALLEST + 1)


def usual_number(count: int) -> int:
    """How many sets to make unless somebody says otherwise: of six, or near it. 0 if none."""
    possible = possible_numbers(count)
    if not possible:
        return 0
    return min(possible, key=lambda number: (abs(count - USUAL * number), number))


def group(members: Collection[Member], apart: Collection[Pair], number: int) -> Grouping:
    """Put everybody in one of ``number`` sets. Raises Unsolvable, with why."""
    people = sorted(members, key=lambda member: member.key)
    pairs = sorted(set(apart))
    if conflict := _plain_conflict(people, pairs, number):
        raise Unsolvable(conflict)
    groups = [(weight, keys) for weight, keys in _shared(people) if len(keys) > 1]
    found = solve(_asked(people, pairs, number), groups)
    if found is None:
        raise Unsolvable(_core(people, pairs, number))
    placed, proved = found
    cost = cost_of(people, placed)
    if cost > proved:
        placed = _settled(people, pairs, placed)
        cost = cost_of(people, placed)
    sets: list[set[int]] = [set() for _ in range(number)]
    for key, place in placed.items():
        sets[place].add(key)
    return Grouping(tuple(map(frozenset, sets)), cost, min(proved, cost))


def cost_of(people: Collection[Member], placed: dict[int, int]) -> int:
    """What the pairs that share something cost where everybody is."""
    seen = Counter((placed[member.key], *trait) for member in people for trait in member.traits())
    return sum(WEIGHTS[kind] * n * (n - 1) // 2 for (_, kind, _), n in seen.items())


def sharing(sets: Collection[Collection[Member]], kind: str) -> tuple[int, int]:
    """How many pairs within these sets share a borough, an employer or a grade; and the fewest
    that so many sets could have if nothing else counted.
    """
    pairs = 0
    wholes: Counter[object] = Counter()
    for members in sets:
        counts = Counter(what for each in members for name, what in each.traits() if name == kind)
        pairs += sum(n * (n - 1) // 2 for n in counts.values())
        wholes += counts
    return pairs, sum(_fewest(whole, len(sets)) for whole in wholes.values())


def _fewest(count: int, number: int) -> int:
    """The pairs that are left when so many are spread evenly over the sets."""
    each, over = divmod(count, number)
    return over * (each + 1) * each // 2 + (number - over) * each * (each - 1) // 2


def _shared(people: Sequence[Member]) -> list[tuple[int, list[int]]]:
    """Everybody who shares a trait, with what a pair of them costs. In a fixed order."""
    found: dict[tuple[str, object], list[int]] = {}
    for member in people:
        for trait in sorted(member.traits(), key=repr):
            found.setdefault(trait, []).append(member.key)
    return [(WEIGHTS[kind], keys) for (kind, _), keys in found.items()]


def _asked(people: Sequence[Member], pairs: Sequence[Pair], number: int) -> Asked:
    stays = {each.key: each.stays_in for each in people if each.stays_in is not None}
    return Asked(tuple(each.key for each in people), tuple(pairs), stays, number)


def _plain_conflict(
    people: Sequence[Member], pairs: Sequence[Pair], number: int
) -> Conflict | None:
    """What can be told without solving anything."""
    count = len(people)
    if count < SMALLEST:
        return Conflict(Why.TOO_FEW)
    if number not in possible_numbers(count):
        return Conflict(Why.WRONG_NUMBER)
    stays = {each.key: each.stays_in for each in people if each.stays_in is not None}
    for place, held in sorted(Counter(stays.values()).items()):
        if held > LARGEST:
            inside = tuple(key for key in stays if stays[key] == place)
            return Conflict(Why.TOO_MANY_STAY, members=inside, stay=inside)
    for one, other in pairs:
        if one in stays and stays[one] == stays.get(other):
            return Conflict(Why.STAY_TOGETHER, (one, other), ((one, other),), (one, other))
    if clique := _all_apart(pairs, number + 1):
        return Conflict(Why.ALL_APART, clique, tuple(combinations(clique, 2)))
    return None


def _all_apart(pairs: Sequence[Pair], size: int) -> tuple[int, ...]:
    """The first so many people of whom each is kept apart from every other, or nobody."""
    kept: dict[int, set[int]] = {}
    for one, other in pairs:
        kept.setdefault(one, set()).add(other)

    def grow(chosen: tuple[int, ...], may: set[int]) -> tuple[int, ...]:
        if len(chosen) == size:
            return chosen
        if len(chosen) + len(may) < size:
            return ()
        for key in sorted(may):
            if found := grow((*chosen, key), may & kept.get(key, set())):
                return found
        return ()

    return grow((), {key for pair in pairs for key in pair})


def _core(people: Sequence[Member], pairs: Sequence[Pair], number: int) -> Conflict:
    """A few rules that cannot be kept together: each is left out in turn, and stays out if sets
    are still impossible without it.
    """
    asked = _asked(people, pairs, number)
    for pair in pairs:
        fewer = replace(asked, apart=tuple(each for each in asked.apart if each != pair))
        asked = asked if solve(fewer, ()) else fewer
    for key in sorted(asked.stays):
        left = {one: place for one, place in asked.stays.items() if one != key}
        fewer = replace(asked, stays=left)
        asked = asked if solve(fewer, ()) else fewer
    if not asked.apart and not asked.stays:
        return Conflict(Why.NOT_FOUND)
    named = {key for pair in asked.apart for key in pair} | asked.stays.keys()
    return Conflict(Why.RULES, tuple(sorted(named)), asked.apart, tuple(sorted(asked.stays)))


def _settled(
    people: Sequence[Member], pairs: Sequence[Pair], placed: dict[int, int]
) -> dict[int, int]:
    """Swap two people wherever that helps and no rule forbids it, until none does."""
    placed = dict(placed)
    free = [each.key for each in people if each.stays_in is None]
    best = cost_of(people, placed)
    helped = True
    while helped:
        helped = False
        for one, other in combinations(free, 2):
            placed[one], placed[other] = placed[other], placed[one]
            cost = cost_of(people, placed)
            if cost < best and all(placed[a] != placed[b] for a, b in pairs):
                best, helped = cost, True
            else:
                placed[one], placed[other] = placed[other], placed[one]
    return placed
