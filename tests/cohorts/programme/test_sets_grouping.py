"""Who learns with whom: rules never broken, spread as evenly as they allow, always the same."""

from itertools import combinations

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from cohorts.programme import grouping
from cohorts.programme.grouping import (
    Conflict,
    Grouping,
    Member,
    Unsolvable,
    Why,
    cost_of,
    group,
    possible_numbers,
    sharing,
    usual_number,
)


def people(count: int, **stays: int) -> list[Member]:
    """Of four boroughs and three grades; ``k3=1`` leaves the third in the second set."""
    return [
        Member(
            key,
            boroughs=frozenset({key % 4}),
            grade="abc"[key % 3],
            employer=key % 4,
            stays_in=stays.get(f"k{key}"),
        )
        for key in range(1, count + 1)
    ]


def conflict(*args: object) -> Conflict:
    with pytest.raises(Unsolvable) as no:
        group(*args)  # type: ignore[arg-type]
    return no.value.conflict


@st.composite
def problems(draw: st.DrawFn) -> tuple[list[Member], set[tuple[int, int]], int]:
    count = draw(st.integers(5, 18).filter(lambda count: len(possible_numbers(count)) > 0))
    number = draw(st.sampled_from(list(possible_numbers(count))))
    members = [
        Member(
            key,
            boroughs=frozenset(draw(st.sets(st.integers(1, 5), max_size=2))),
            grade=draw(st.sampled_from(["", "a", "b", "c"])),
            employer=draw(st.none() | st.integers(1, 6)),
            stays_in=draw(st.none() | st.none() | st.integers(0, number - 1)),
        )
        for key in range(1, count + 1)
    ]
    keys = st.integers(1, count)
    pairs = draw(st.sets(st.tuples(keys, keys).filter(lambda pair: pair[0] < pair[1]), max_size=8))
    return members, pairs, number


def solved(problem: tuple[list[Member], set[tuple[int, int]], int]) -> Grouping:
    try:
        return group(*problem)
    except Unsolvable:
        assume(False)
        raise


def placed(made: Grouping) -> dict[int, int]:
    return {key: place for place, keys in enumerate(made.sets) for key in keys}


def breaks(members: list[Member], apart: set[tuple[int, int]], where: dict[int, int]) -> bool:
    return any(where[one] == where[other] for one, other in apart) or any(
        member.stays_in not in {None, where[member.key]} for member in members
    )


@settings(max_examples=60, deadline=None)
@given(problems())
def test_no_rule_is_broken_and_no_single_swap_is_better(
    problem: tuple[list[Member], set[tuple[int, int]], int],
) -> None:
    members, apart, number = problem
    made = solved(problem)
    where = placed(made)
    assert sorted(where) == [member.key for member in members]
    assert len(made.sets) == number
    assert all(5 <= len(keys) <= 8 for keys in made.sets)
    assert not breaks(members, apart, where)
    assert made.fewest <= made.cost == cost_of(members, where)
    for one, other in combinations(where, 2):
        swapped = {**where, one: where[other], other: where[one]}
        assert breaks(members, apart, swapped) or cost_of(members, swapped) >= made.cost


@settings(max_examples=15, deadline=None)
@given(problems(), st.randoms())
def test_the_same_people_always_make_the_same_sets(
    problem: tuple[list[Member], set[tuple[int, int]], int], shuffle: object
) -> None:
    members, apart, number = problem
    made = solved(problem)
    mixed = list(members)
    shuffle.shuffle(mixed)  # type: ignore[attr-defined]
    assert group(mixed, apart, number) == made


@settings(max_examples=25, deadline=None)
@given(st.permutations(range(1, 12)), st.sampled_from([5, 7]), st.integers(0, 3))
def test_a_conflict_is_one_and_as_small_as_it_can_be(
    order: list[int], length: int, more: int
) -> None:
    """A ring of an odd number cannot be parted in two. With only the pairs it names sets are
    impossible still; with any of them lifted they are possible.
    """
    ring = zip(order[:length], [*order[1:length], order[0]], strict=True)
    beside = zip(order[length:], order[length + 1 : length + 1 + more], strict=False)
    apart = {(min(pair), max(pair)) for pair in [*ring, *beside]}
    members = people(12)
    found = conflict(members, apart, 2)
    assert found.why == Why.RULES
    pairs = set(found.apart)
    assert pairs <= apart
    assert len(pairs) == length
    assert conflict(members, pairs, 2).why == Why.RULES
    for pair in pairs:
        assert group(members, pairs - {pair}, 2)


def test_thirty_people_make_five_even_sets_of_six() -> None:
    members = people(30)
    made = group(members, set(), usual_number(30))
    assert [len(keys) for keys in made.sets] == [6] * 5
    assert made.is_best
    by_key = {member.key: member for member in members}
    sets = [[by_key[key] for key in keys] for keys in made.sets]
    for kind in ("borough", "grade", "employer"):
        pairs, fewest = sharing(sets, kind)
        assert pairs == fewest, kind


@pytest.mark.parametrize(
    ("count", "numbers", "usual"),
    [
        (0, [], 0),
        (4, [], 0),
        (5, [1], 1),
        (8, [1], 1),
        (9, [], 0),
        (10, [2], 2),
        (12, [2], 2),
        (16, [2, 3], 3),
        (30, [4, 5, 6], 5),
        (65, [9, 10, 11, 12, 13], 11),
    ],
)
def test_how_many_sets_people_can_make(count: int, numbers: list[int], usual: int) -> None:
    assert list(possible_numbers(count)) == numbers
    assert usual_number(count) == usual


def test_fewer_than_five_make_no_set() -> None:
    assert conflict(people(4), set(), 1).why == Why.TOO_FEW


@pytest.mark.parametrize(("count", "number"), [(9, 1), (9, 2), (30, 3), (30, 7)])
def test_a_number_that_does_not_fit_is_told(count: int, number: int) -> None:
    assert conflict(people(count), set(), number).why == Why.WRONG_NUMBER


def test_three_who_are_all_kept_apart_do_not_fit_in_two_sets() -> None:
    apart = {(1, 2), (1, 3), (2, 3), (4, 5)}
    found = conflict(people(12), apart, 2)
    assert found == Conflict(Why.ALL_APART, (1, 2, 3), ((1, 2), (1, 3), (2, 3)))


def test_a_ring_of_pairs_is_found_though_no_three_are_all_apart() -> None:
    ring = {(1, 2), (2, 3), (3, 4), (4, 5), (1, 5)}
    found = conflict(people(12), ring | {(7, 8)}, 2)
    assert found.why == Why.RULES
    assert set(found.apart) == ring
    assert not found.stay


def test_two_kept_apart_cannot_both_stay_in_one_set() -> None:
    found = conflict(people(12, k1=0, k2=0), {(1, 2)}, 2)
    assert found == Conflict(Why.STAY_TOGETHER, (1, 2), ((1, 2),), (1, 2))


def test_more_than_eight_cannot_stay_in_one_set() -> None:
    stays = {f"k{key}": 0 for key in range(1, 10)}
    assert conflict(people(14, **stays), set(), 2).why == Why.TOO_MANY_STAY


def test_so_many_stay_that_another_set_is_left_too_small() -> None:
    stays = {f"k{key}": 0 for key in range(1, 8)}
    found = conflict(people(11, **stays), set(), 2)
    assert found.why == Why.RULES
    assert len(found.stay) == 7
    assert not found.apart


def test_whoever_stays_stays() -> None:
    made = group(people(12, k1=1, k2=1, k3=0), {(1, 3)}, 2)
    assert {1, 2} <= made.sets[1]
    assert 3 in made.sets[0]


def test_a_search_cut_short_is_bettered_by_swaps(monkeypatch: pytest.MonkeyPatch) -> None:
    """And says that it did not prove to be the best."""
    members = people(12, k1=1)
    order = {member.key: member.key % 2 for member in members}
    monkeypatch.setattr(grouping, "solve", lambda *_: (order, 0))
    made = group(members, {(1, 2)}, 2)
    assert made.cost < cost_of(members, order)
    assert not made.is_best
    where = placed(made)
    assert (where[1], where[2]) == (1, 0)


def test_a_search_that_finds_nothing_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(grouping, "solve", lambda *_: None)
    assert conflict(people(12), set(), 2).why == Why.NOT_FOUND
