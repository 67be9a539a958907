"""An observer takes everything that was released of a question, adds and subtracts it, and gets to
nobody under the floor.
"""

from collections import Counter
from itertools import combinations, product
from random import Random
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from lic_site.insight.suppression import FLOOR, USUAL
from lic_site.surveys.figures.matching import Item, Side, paired_figures
from lic_site.surveys.figures.shaping import bands, question_figures
from tests.factories.survey_results import choice, scale
from tests.lic_site.surveys.figures.test_matching import Counted

ASKED = scale("q", "?", item="q")
CUTS = [choice("c0", "Where", "A", "B", "C"), choice("c1", "Who", "X", "Y")]

type Person = tuple[tuple[str, str], str]
people = st.lists(
    st.tuples(
        st.tuples(st.sampled_from(["a", "b", "c", ""]), st.sampled_from(["x", "y", ""])),
        st.sampled_from("12345"),
    ),
    max_size=60,
)


def released(given: list[Person]) -> tuple[dict[str, Any], Counter[tuple[tuple[str, ...], str]]]:
    values: Counter[tuple[tuple[str, ...], str]] = Counter(given)
    cells: Counter[tuple[str, ...]] = Counter(cell for cell, _ in given)
    return question_figures(ASKED, values, cells, CUTS), values


@settings(max_examples=80, deadline=None)
@given(people)
def test_no_sum_or_difference_of_what_was_released_is_of_fewer_than_the_floor(
    given: list[Person],
) -> None:
    figures, _ = released(given)
    if figures.get("hidden"):
        assert len(given) < FLOOR
        assert "counts" not in figures
        return
    everybody = frozenset(range(len(given)))
    reports = {everybody, frozenset[int]()}
    for cut in figures["cuts"]:
        groups = []
        for group in cut["groups"]:
            inside = [n for n, (cell, _) in enumerate(given) if cell[cut["place"]] == group["code"]]
            assert group["n"] == len(inside) == sum(group["counts"])
            groups.append(frozenset(inside))
        for taken in product((True, False), repeat=len(groups)):
            some = [group for group, is_taken in zip(groups, taken, strict=True) if is_taken]
            union = frozenset[int]().union(*some)
            reports |= {union, everybody - union}
    for one, other in combinations(reports, 2):
        assert len(one ^ other) >= FLOOR


@settings(max_examples=80, deadline=None)
@given(people, people, st.integers(0, 40), st.integers(0, 999))
def test_pairs_beside_both_waves_and_all_their_groups_are_of_nobody_under_the_floor(
    first: list[Person], second: list[Person], both: int, seed: int
) -> None:
    before, values_before = released(first)
    now, values_now = released(second)
    if before.get("hidden") or now.get("hidden"):
        return
    m = min(both, len(first), len(second))
    joint = Counter(
        ((was[1], "", here[1]), here[0], was[0])
        for was, here in zip(first[:m], second[:m], strict=True)
    )
    sides = {
        "pre": Side(ASKED, before, Counted(values_before), is_first=True),
        "now": Side(ASKED, now, Counted(values_now), is_first=False),
    }
    found = paired_figures(Item(now=ASKED, pre=ASKED), sides, joint, Random(seed), USUAL)
    if found is not None:
        assert FLOOR <= found["n"] <= m
        for whole in (len(first), len(second)):
            assert whole - found["n"] == 0 or whole - found["n"] >= FLOOR
        for change in found["changes"]:
            assert change["up"] + change["same"] + change["down"] == found["n"]


@given(st.dictionaries(st.floats(0, 60), st.integers(1, 9), min_size=1))
def test_no_band_of_numbers_holds_fewer_than_the_floor_and_none_is_lost(
    scores: dict[float, int],
) -> None:
    found = bands(scores, USUAL)
    inside = [
        sum(n for value, n in scores.items() if low <= int(value) <= high) for low, high in found
    ]
    assert sum(inside) == sum(scores.values())
    assert len(found) <= 8
    if sum(inside) >= FLOOR:
        assert min(inside) >= FLOOR
