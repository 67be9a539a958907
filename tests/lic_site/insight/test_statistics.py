"""Known answers, and what must hold of any."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lic_site.insight import statistics as s

counts = st.dictionaries(st.integers(0, 10), st.integers(1, 40), min_size=1)


def test_a_mean_has_students_interval():
    found = s.mean({1: 1, 2: 1, 3: 1, 4: 1, 5: 1})
    assert (found.n, found.value) == (5, 3)
    assert (found.low, found.high) == pytest.approx((1.0368, 4.9632), abs=1e-4)


def test_the_mean_of_a_single_answer_has_no_interval():
    assert s.mean({4: 1}) == s.Interval(1, 4)


def test_of_nobody_there_is_no_figure():
    for of in (s.mean, s.median, s.net_score, s.change):
        with pytest.raises(ValueError, match="Nobody"):
            of({})
    with pytest.raises(ValueError, match="nobody"):
        s.share(0, 0)


def test_the_median_is_the_middle_or_between_the_middle_two():
    assert s.median({1: 2, 5: 1}) == 1
    assert s.median({1: 2, 4: 2}) == 2.5
    assert s._at({1: 1}, 0) == 1
    with pytest.raises(IndexError):
        s._at({1: 1}, 1)


def test_a_share_has_wilsons_interval():
    found = s.share(10, 20)
    assert (found.low, found.high) == pytest.approx((0.2993, 0.7007), abs=1e-4)
    assert s.share(0, 5).low == 0
    assert s.share(5, 5).high == 1


def test_a_half_rounds_up():
    assert s.half_up(2.5) == Decimal(3)
    assert s.half_up(3.45, 1) == Decimal("3.5")
    assert s.half_up(-2.5) == Decimal(-3)


def test_change_counts_who_moved_and_gives_lakens_effect():
    found = s.change({1: 3, 0: 1, -1: 1})
    assert (found.n, found.up, found.same, found.down) == (5, 3, 1, 1)
    assert found.difference.value == pytest.approx(0.4)
    assert found.effect == pytest.approx(0.4 / 0.8944, abs=1e-3)
    assert found.could_be_chance
    assert found.strength == "small"


def test_words_do_not_call_a_clear_change_chance():
    assert not s.change({1: 20, 2: 20}).could_be_chance
    assert s.change({1: 1}).could_be_chance
    assert s.change({1: 9}).effect is None
    names = [s.Change(9, s.Interval(9, 0, -1, 1), e, 0, 9, 0).strength for e in (0.1, -0.3, 0.5, 2)]
    assert names == ["slight", "small", "medium", "large"]


def test_the_net_score_is_nines_and_tens_less_nought_to_six():
    assert s.net_score({10: 2, 9: 1, 8: 1, 6: 1, 0: 1}) == pytest.approx(100 / 6)


@given(counts)
def test_a_mean_lies_within_its_interval_and_the_median_among_the_values(given_counts):
    found = s.mean(given_counts)
    assert found.low is None or found.low <= found.value + 1e-9 <= found.high + 2e-9
    assert min(given_counts) <= s.median(given_counts) <= max(given_counts)
    assert -100 <= s.net_score(given_counts) <= 100
