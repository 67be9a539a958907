"""Pairs stand beside whole waves and beside every group that is shown of them."""

from collections import Counter
from dataclasses import dataclass, field
from random import Random

import pytest

from lic_site.insight.suppression import USUAL
from lic_site.surveys.figures.matching import Item, Side, _score, paired_figures
from tests.factories.survey_results import scale

ASKED = scale("q", "?", item="q")


@dataclass
class Counted:
    values: Counter[tuple[tuple[str, ...], str]] = field(default_factory=Counter)


def side(values: dict[tuple[str, str], int], *groups: str, first: bool) -> Side:
    cut = {"place": 0, "groups": [{"code": code} for code in groups]}
    released = {"mean": {"n": sum(values.values())}, "cuts": [cut]}
    counted = Counted(Counter({((cell,), value): n for (cell, value), n in values.items()}))
    return Side(ASKED, released, counted, is_first=first)


def pairs(here: Side, there: Side, joint: dict[tuple[str, str], int]) -> int | None:
    """How many are shown, when so many said '2' before and '4' now, by cell now and then."""
    found = paired_figures(
        Item(now=ASKED, pre=ASKED),
        {"pre": there, "now": here},
        Counter({(("2", "", "4"), (now,), (then,)): n for (now, then), n in joint.items()}),
        Random(1),
        USUAL,
    )
    return found and found["n"]


def test_everybody_who_answered_twice_is_paired_where_all_did() -> None:
    whole = side({("a", "4"): 9, ("b", "4"): 9}, "a", "b", first=False)
    before = side({("a", "2"): 9, ("b", "2"): 9}, "a", "b", first=True)
    assert pairs(whole, before, {("a", "a"): 9, ("b", "b"): 9}) == 18


def test_pairs_that_nearly_are_a_shown_group_are_left_out_until_they_are_not() -> None:
    whole = side({("a", "4"): 10, ("b", "4"): 9}, "a", "b", first=False)
    before = side({("a", "2"): 10, ("b", "2"): 9}, first=True)
    # Eleven in all: everybody of one group, one of the other.
    assert pairs(whole, before, {("a", "a"): 10, ("b", "b"): 1}) == 7


def test_an_answer_that_counts_nothing_is_not_paired() -> None:
    whole = side({("a", "4"): 9, ("a", "0"): 2}, "a", first=False)
    before = side({("a", "2"): 9}, first=True)
    whole.released["mean"]["n"] = 9
    joint = Counter({(("2", "", "4"), ("a",), ("a",)): 9, (("2", "", "0"), ("a",), ("a",)): 2})
    found = paired_figures(
        Item(now=ASKED, pre=ASKED), {"pre": before, "now": whole}, joint, Random(1), USUAL
    )
    assert found is not None
    assert found["n"] == 9
    assert found["changes"][0]["effect"] is None


def test_only_answers_that_count_have_a_score() -> None:
    with pytest.raises(ValueError, match="count"):
        _score(side({}, first=False), "0")
