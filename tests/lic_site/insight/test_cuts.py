"""An observer who adds and subtracts everything that is shown gets to nobody under the floor."""

from collections import Counter
from itertools import chain, combinations, product

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lic_site.insight.suppression import (
    FLOOR,
    Policy,
    cuts,
    differs_enough,
    pairs_to_show,
    permitted_cuts,
    pool,
)

ANSWERS = ["a", "b", "c", ""]


def tables(width):
    key = st.tuples(*[st.sampled_from(ANSWERS)] * width)
    found = st.dictionaries(key, st.integers(1, 14), min_size=1, max_size=12)
    return found.filter(lambda cells: sum(cells.values()) >= FLOOR)


def unions(people, place, shown):
    """Every set of people that the groups of one cut and the whole put together."""
    groups = [frozenset(p for p in people if p[0][place] == name) for name in sorted(shown)]
    everybody = frozenset(people)
    for some in chain.from_iterable(combinations(groups, n) for n in range(len(groups) + 1)):
        together = frozenset().union(*some)
        yield together
        yield everybody - together


def people_of(cells):
    return [(cell, number) for cell, count in cells.items() for number in range(count)]


@settings(max_examples=80, deadline=None)
@given(tables(2))
def test_no_two_permitted_reports_differ_by_fewer_than_the_floor(cells):
    shown = permitted_cuts(cells)
    people = people_of(cells)
    reports = {r for place, groups in enumerate(shown) for r in unions(people, place, groups)}
    for one, other in combinations(reports, 2):
        assert len(one ^ other) == 0 or len(one ^ other) >= FLOOR


@settings(max_examples=40, deadline=None)
@given(tables(3))
def test_of_three_cuts_no_sum_or_difference_of_groups_stands_for_fewer(cells):
    shown = permitted_cuts(cells)
    people = people_of(cells)
    groups = [
        np.array([cell[place] == name for cell, _ in people], int)
        for place, names in enumerate(shown)
        for name in sorted(names)
    ]
    everybody = np.ones(len(people), int)
    for signs in product((-1, 0, 1), repeat=min(len(groups), 5)):
        mixed = sum((s * g for s, g in zip(signs, groups, strict=False)), 0 * everybody)
        for vector in (mixed, mixed + everybody, mixed - everybody):
            stands_for = int((vector != 0).sum())
            assert stands_for == 0 or stands_for >= FLOOR


@settings(max_examples=80, deadline=None)
@given(tables(2))
def test_nothing_under_the_floor_is_shown(cells):
    for place, names in enumerate(permitted_cuts(cells)):
        sizes = Counter()
        for cell, count in cells.items():
            sizes[cell[place]] += count
        assert "" not in names
        assert all(sizes[name] >= FLOOR for name in names)


def test_of_fewer_than_the_floor_nothing_is_shown():
    assert permitted_cuts({("a", "x"): 3, ("b", "y"): 1}) == [set(), set()]


def test_large_groups_are_all_shown_and_in_any_order_alike():
    cells = {("a", "x"): 20, ("a", "y"): 9, ("b", "x"): 7, ("b", "y"): 30}
    assert permitted_cuts(cells) == [{"a", "b"}, {"x", "y"}]
    assert permitted_cuts(dict(reversed(cells.items()))) == [{"a", "b"}, {"x", "y"}]


def test_a_small_group_takes_the_smallest_other_with_it():
    assert permitted_cuts({("a",): 20, ("b",): 3, ("c",): 9}) == [{"a"}]


def test_who_did_not_answer_counts_with_what_is_hidden():
    assert permitted_cuts({("a",): 20, ("b",): 9, ("",): 2}) == [{"a"}]
    assert permitted_cuts({("a",): 20, ("b",): 9, ("",): 5}) == [{"a", "b"}]


def test_a_second_cut_that_nearly_repeats_the_first_is_not_shown():
    cells = {("a", "x"): 20, ("a", "y"): 1, ("b", "y"): 20, ("b", "x"): 1}
    assert permitted_cuts(cells) == [{"a", "b"}, set()]


def test_a_cut_of_one_group_or_of_nobody_shows_nothing():
    assert permitted_cuts({("a",): 20}) == [set()]
    assert permitted_cuts({}) == []


def test_a_third_cut_that_betrays_a_cell_together_with_two_others_is_left_out():
    cells = Counter(dict.fromkeys(product("ab", "xy", "mn"), 8))
    assert permitted_cuts(cells) == [{"a", "b"}, {"x", "y"}, {"m", "n"}]
    # The three together, not any two of them, stand for the three people of one cell.
    betrayed = {("a", "x", "n"): 20, ("a", "y", "m"): 20, ("b", "x", "m"): 20, ("b", "y", "n"): 3}
    assert permitted_cuts(betrayed)[2] == set()


def test_too_many_small_cells_to_try_leave_the_third_cut_out(monkeypatch):
    monkeypatch.setattr(cuts, "MOST_SETS", 3)
    cells = dict.fromkeys(product("ab", "xy", "mn"), 4)
    assert permitted_cuts(cells)[2] == set()


def test_five_thousand_people_in_three_cuts_take_no_time():
    cells = {(f"a{n % 7}", f"b{n % 5}", f"c{n % 3}"): 40 + n for n in range(7 * 5 * 3)}
    assert [len(groups) for groups in permitted_cuts(cells)] == [7, 5, 3]


@given(st.integers(0, 60), st.integers(0, 60), st.integers(0, 60))
def test_pairs_differ_from_both_waves_by_nobody_or_by_the_floor(first, second, overlap):
    paired = min(first, second, overlap)
    shown = pairs_to_show(first, second, paired)
    ways = [
        m
        for m in range(FLOOR, paired + 1)
        if all(n - m == 0 or n - m >= FLOOR for n in (first, second))
    ]
    assert shown == (max(ways) if ways else None)


def test_one_who_answered_once_alone_costs_four_pairs_more():
    assert pairs_to_show(20, 20, 20) == 20
    assert pairs_to_show(20, 20, 19) == 15
    assert pairs_to_show(9, 9, 8) is None


def test_a_set_must_differ_from_every_sum_of_shown_groups():
    sizes = {"a": 20, "b": 20, "c": 3, "": 4}
    assert differs_enough({"a": 20, "b": 20, "c": 3, "": 4}, sizes, {"a", "b"})
    assert not differs_enough({"a": 20, "b": 1}, sizes, {"a", "b"})
    assert differs_enough({"a": 15, "b": 20}, sizes, {"a", "b"})


def test_small_waves_are_pooled_when_together_they_are_enough():
    assert pool({3: 2, 1: 3}) == [1, 3]
    assert pool({3: 2, 1: 2}) == []


def test_the_policy_says_what_may_be_shown():
    policy = Policy(rounding=5)
    assert [policy.count(n) for n in (4, 5, 7, 8, 12, 13)] == [None, 5, 5, 10, 10, 15]
    assert Policy().count(7) == 7
    assert policy.shows_comments(10)
    assert not policy.shows_comments(9)


@pytest.mark.parametrize(("n", "apart"), [(0, True), (1, False), (4, False), (5, True)])
def test_two_reports_lie_apart_by_nobody_or_by_the_floor(n, apart):
    assert Policy().apart(n) is apart
