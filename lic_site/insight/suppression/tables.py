"""Disclosure control for counts of people in one set of groups with a total.

The rule is the usual one of official statistics (Government Statistical Service, 'Disclosure
control for tables produced from administrative sources'): a count under the floor is hidden;
so that it cannot be worked out from the total, more are hidden, the smallest first, until at least
two are hidden and together they hold at least the floor. Both kinds carry the same mark. A zero is
hidden like any small count: that nobody belongs to a group also tells something of everybody.
"""

from collections.abc import Mapping, Set
from dataclasses import dataclass

from lic_site.insight.suppression.policy import FLOOR


@dataclass(frozen=True)
class Cell:
    """One group's count; None where it is hidden."""

    label: str
    count: int | None


@dataclass(frozen=True)
class Table:
    """Groups in the order given, and their total; None where even that is hidden."""

    cells: tuple[Cell, ...]
    total: int | None

    @property
    def is_hidden(self) -> bool:
        """Whether nothing at all can be shown."""
        return self.total is None


def suppress(counts: Mapping[str, int], *, floor: int = FLOOR) -> Table:
    """The counts that can be shown, given that their total is shown too."""
    return _table(counts, _hidden(counts, set(), [counts], floor), floor)


def suppress_nested(
    outer: Mapping[str, int], inner: Mapping[str, int], *, floor: int = FLOOR
) -> tuple[Table, Table]:
    """Two tables of which one counts some of the other's people, such as those who applied and
    those who took part.

    Whatever can be taken from the one by subtracting the other (those who applied and did not take
    part) keeps the same rule. Both have the same groups.
    """
    rest = {label: count - inner[label] for label, count in outer.items()}
    shown_outer = _hidden(outer, set(), [outer], floor)
    if not any(rest.values()):
        return _table(outer, shown_outer, floor), _table(inner, shown_outer, floor)
    hidden = _hidden(inner, shown_outer, [inner, rest], floor)
    if sum(rest.values()) < floor:
        hidden = set(inner)
    return _table(outer, shown_outer, floor), _table(inner, hidden, floor)


def _hidden(
    counts: Mapping[str, int],
    already: Set[str],
    views: list[Mapping[str, int]],
    floor: int,
) -> set[str]:
    """Which groups to hide so that every view of them keeps the rule."""
    hidden = set(already) | {
        label for label in counts if any(view[label] < floor for view in views)
    }
    smallest_first = sorted(counts, key=lambda label: counts[label], reverse=True)
    while smallest_first and hidden and not _holds(hidden, views, floor):
        hidden.add(smallest_first.pop())
    return hidden


def _holds(hidden: Set[str], views: list[Mapping[str, int]], floor: int) -> bool:
    return len(hidden) > 1 and all(sum(view[label] for label in hidden) >= floor for view in views)


def _table(counts: Mapping[str, int], hidden: Set[str], floor: int) -> Table:
    total = sum(counts.values())
    all_hidden = hidden >= set(counts)
    cells = tuple(
        Cell(label, None if label in hidden else count) for label, count in counts.items()
    )
    return Table(cells, None if all_hidden or total < floor else total)
