"""Pictures say what the values say: lengths add up, the middle is the middle."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lic_site.insight.charts import (
    NARROW,
    WIDE,
    Reach,
    Row,
    Spot,
    columns,
    diverging,
    dots,
    plain,
    rate,
    reach,
    trend,
)
from lic_site.insight.charts.bars import percent, roles
from lic_site.insight.charts.dots import ticks
from lic_site.insight.charts.marks import short

widths = st.sampled_from([WIDE, NARROW])


@st.composite
def row_sets(draw):
    answers = draw(st.integers(2, 7))
    rows = []
    for _ in range(draw(st.integers(1, 4))):
        counts = draw(st.lists(st.integers(0, 30), min_size=answers + 1, max_size=answers + 1))
        n = sum(counts)
        shares = [count / n if n else 0.0 for count in counts]
        rows.append(Row("Everybody", f"n = {n}", shares[:-1], shares[-1]))
    return rows


@given(row_sets(), widths)
def test_a_diverging_bar_has_the_lengths_of_its_shares_and_stays_inside(rows, width):
    chart = diverging(rows, width=width)
    for bar in chart.bars:
        assert -1e-6 <= bar.x <= bar.x + bar.width <= width + 1e-6
        assert bar.y + bar.height <= chart.height
    tops = sorted({bar.y for bar in chart.bars})
    units = set()
    for top, row in zip(tops, [r for r in rows if sum(r.shares) + r.apart], strict=True):
        lengths = sum(bar.width for bar in chart.bars if bar.y == top)
        units.add(round(lengths / (sum(row.shares) + row.apart), 6))
    assert len(units) <= 1


@given(row_sets(), widths)
def test_the_neutral_answer_of_every_row_is_centred_on_one_line(rows, width):
    chart = diverging(rows, width=width)
    (middle,) = chart.lines
    for bar in chart.bars:
        if bar.role == "neutral":
            assert bar.x + bar.width / 2 == pytest.approx(middle.x1)
        if bar.role.startswith("against"):
            assert bar.x + bar.width <= middle.x1 + 1e-6
        if bar.role.startswith("for"):
            assert bar.x >= middle.x1 - 1e-6


def test_a_symmetric_distribution_is_drawn_symmetrically():
    chart = diverging([Row("All", "n = 10", [0.1, 0.2, 0.4, 0.2, 0.1])], width=WIDE)
    assert chart.lines[0].x1 == pytest.approx(WIDE / 2)
    assert [round(bar.width) for bar in chart.bars] == [56, 112, 224, 112, 56]
    assert [label.text for label in chart.labels[2:]] == ["10%", "20%", "40%", "20%", "10%"]


def test_pictures_of_one_reach_have_one_middle_and_one_scale():
    low, high = Row("Low", "", [0.7, 0.2, 0.1]), Row("High", "", [0.0, 0.1, 0.9])
    far = reach([low, high])
    first, second = (diverging([row], width=400, to=far) for row in (low, high))
    assert first.lines[0].x1 == pytest.approx(second.lines[0].x1)
    assert first.bars[0].width / 0.7 == pytest.approx(second.bars[0].width / 0.1)
    assert reach([]) == Reach(0, 0, 0)


def test_does_not_apply_stands_apart_at_the_right():
    chart = diverging([Row("All", "n = 10", [0.5, 0.3], apart=0.2)], width=WIDE)
    *scale, apart = chart.bars
    assert apart.role == "apart"
    assert apart.x + apart.width == pytest.approx(WIDE)
    assert apart.x - (scale[-1].x + scale[-1].width) == pytest.approx(14)


def test_the_furthest_answers_are_the_strongest():
    assert roles(5) == ["against-3", "against-2", "neutral", "for-2", "for-3"]
    assert roles(2) == ["against-3", "for-3"]
    assert roles(7)[:4] == ["against-3", "against-2", "against-1", "neutral"]


@given(st.lists(st.integers(0, 90), min_size=1, max_size=11), widths)
def test_columns_are_as_high_as_their_counts(counts, width):
    chart = columns([(str(n), count) for n, count in enumerate(counts)], width=width)
    heights = [bar.height for bar in chart.bars]
    drawn = [count for count in counts if count]
    assert heights == pytest.approx([150 * count / max(counts) for count in drawn])
    assert all(bar.x >= 0 and bar.x + bar.width <= width for bar in chart.bars)


def test_plain_bars_are_shares_of_the_width():
    chart = plain([("Talks", "3", 0.75), ("People", "1", 0.25)], width=WIDE)
    assert [bar.width for bar in chart.bars if bar.role == "share"] == [420, 140]
    assert chart.bars[-1].y + chart.bars[-1].height <= chart.height
    assert rate(3, 4, width=100).bars[1].width == 75
    assert rate(0, 0, width=100).bars[1].width == 0


def test_long_words_are_cut_so_that_they_do_not_run_into_the_number():
    assert short("abc", 100) == "abc"
    assert short("a very long answer indeed", 80).endswith("…")
    assert [percent(each) for each in (0.005, 0.285, 1)] == [1, 29, 100]


@given(st.lists(st.floats(1, 5), min_size=1, max_size=6), widths)
def test_dots_lie_on_one_axis_in_the_order_of_their_values(values, width):
    spots = [Spot("Wave", "3.1", value, value - 0.5, value + 0.5) for value in values]
    chart = dots(spots, 1, 5, width=width)
    xs = [dot.x for dot in chart.dots]
    assert sorted(range(len(xs)), key=lambda n: (xs[n], n)) == sorted(
        range(len(xs)), key=lambda n: (xs[n], n)
    )
    for one, other in zip(chart.dots, spots, strict=True):
        assert one.x == pytest.approx(16 + (width - 32) * (other.value - 1) / 4)
    marks = [line for line in chart.lines if line.role.startswith("interval")]
    assert all(0 <= line.x1 <= line.x2 <= width for line in marks)


@given(st.lists(st.floats(1, 5), min_size=1, max_size=6), widths)
def test_a_trend_rises_where_values_rise_and_stays_inside(values, width):
    spots = [Spot("Stage", "3.1", value, value - 0.2, value + 0.2) for value in values]
    chart = trend(spots, 1, 5, width=width)
    assert [dot.x for dot in chart.dots] == sorted(dot.x for dot in chart.dots)
    for dot, value in zip(chart.dots, values, strict=True):
        assert dot.y == pytest.approx(202 - 180 * (value - 1) / 4)
    assert sum(line.role == "trend" for line in chart.lines) == len(values) - 1


def test_a_mean_without_an_interval_is_a_dot_alone():
    for chart in (
        dots([Spot("a", "3", 3)], 3, 3, width=WIDE),
        trend([Spot("a", "3", 3)], 1, 5, width=WIDE),
    ):
        assert len(chart.dots) == 1
        assert not [line for line in chart.lines if line.role.startswith("interval")]


@pytest.mark.parametrize(
    ("least", "most", "steps"), [(1, 5, 1), (0, 10, 1), (0, 40, 5), (0, 200, 20), (3, 3, 1)]
)
def test_ticks_are_round_numbers_and_few(least, most, steps):
    found = ticks(least, most)
    assert len(found) <= 11
    assert all(b - a == steps for a, b in pairwise(found))
