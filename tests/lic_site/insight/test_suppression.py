"""No count under the floor can be read or worked out, by an observer who has every total."""

from hypothesis import given
from hypothesis import strategies as st

from lic_site.insight.suppression import FLOOR, Table, suppress, suppress_nested

counts = st.lists(st.integers(0, 40), min_size=2, max_size=7).map(
    lambda values: {f"group {n}": value for n, value in enumerate(values)}
)


def shown(table: Table):
    return [cell.count for cell in table.cells], table.total


def bounds(counts, table, upper=None):
    """For each hidden group, the least and the most that it can be, given all that is shown."""
    hidden = [cell.label for cell in table.cells if cell.count is None]
    if table.total is None:
        return {label: (0, sum(counts.values()) + FLOOR) for label in hidden}
    left = table.total - sum(cell.count for cell in table.cells if cell.count is not None)
    most = upper or {}
    room = {label: min(most.get(label, left), left) for label in hidden}
    return {
        label: (max(0, left - sum(room[o] for o in hidden if o != label)), room[label])
        for label in hidden
    }


def test_large_counts_are_shown_as_they_are():
    assert shown(suppress({"a": 10, "b": 5})) == ([10, 5], 15)


def test_a_small_count_takes_the_next_smallest_with_it():
    assert shown(suppress({"a": 30, "b": 3, "c": 12})) == ([30, None, None], 45)


def test_two_small_counts_that_together_reach_the_floor_need_no_third():
    assert shown(suppress({"a": 30, "b": 3, "c": 4})) == ([30, None, None], 37)


def test_two_small_counts_that_stay_under_it_do():
    assert shown(suppress({"a": 30, "b": 1, "c": 2, "d": 9})) == ([30, None, None, None], 42)


def test_a_zero_is_hidden_like_any_small_count():
    assert shown(suppress({"a": 30, "b": 0, "c": 12})) == ([30, None, None], 42)


def test_when_everything_would_be_hidden_so_is_the_total():
    table = suppress({"a": 3, "b": 2})
    assert shown(table) == ([None, None], None)
    assert table.is_hidden
    assert suppress({"a": 0, "b": 0}).is_hidden


def test_equal_tables_are_shown_alike():
    outer, inner = suppress_nested({"a": 10, "b": 8}, {"a": 10, "b": 8})
    assert shown(outer) == shown(inner) == ([10, 8], 18)


def test_subtracting_one_table_from_the_other_tells_of_nobody():
    outer, inner = suppress_nested({"a": 20, "b": 16, "c": 9}, {"a": 10, "b": 14, "c": 9})
    assert shown(outer) == ([20, 16, 9], 45)
    assert shown(inner) == ([None, None, None], None)
    outer, inner = suppress_nested({"a": 20, "b": 16, "c": 30}, {"a": 10, "b": 14, "c": 20})
    assert shown(inner) == ([None, None, 20], 44)


def test_when_only_one_or_two_did_not_go_on_the_second_table_is_hidden_whole():
    _, inner = suppress_nested({"a": 20, "b": 16}, {"a": 18, "b": 15})
    assert inner.is_hidden


@given(counts)
def test_nothing_small_is_shown_and_nothing_hidden_can_be_worked_out(counts):
    table = suppress(counts)
    for cell in table.cells:
        assert cell.count is None or cell.count == counts[cell.label] >= FLOOR
    for least, most in bounds(counts, table).values():
        assert most - least >= FLOOR


@given(counts, st.data())
def test_neither_table_nor_their_difference_tells_of_fewer_than_the_floor(outer, data):
    inner = {label: data.draw(st.integers(0, count)) for label, count in outer.items()}
    first, second = suppress_nested(outer, inner)
    known = {cell.label: cell.count for cell in first.cells if cell.count is not None}
    for least, most in bounds(inner, second, known).values():
        assert most - least >= FLOOR
    for a, b in zip(first.cells, second.cells, strict=True):
        if a.count is not None and b.count is not None:
            assert a.count - b.count == 0 == sum(outer.values()) - sum(inner.values()) or (
                a.count - b.count >= FLOOR
            )
