"""Why the sets cannot be made, in a sentence that names the rule to relax."""

from collections.abc import Iterable

from cohorts.programme.grouping import Conflict, Why, possible_numbers
from cohorts.programme.grouping_solver import LARGEST, SMALLEST
from cohorts.programme.services.sets.facts import Facts

NAMED = 6
"""Rules named in one sentence; any more are counted."""


def explanation(conflict: Conflict, facts: Facts, number: int) -> str:
    """For Staff College, who sees everybody's name."""
    return _SENTENCES[conflict.why](conflict, facts, number)


def _too_few(_conflict: Conflict, facts: Facts, _number: int) -> str:
    count = len(facts.members)
    taking = "One person takes" if count == 1 else f"{count or 'No'} people take"
    return (
        f"{taking} part, and a learning set has at least {SMALLEST}. Wait until more have "
        "accepted, or make a smaller set by hand."
    )


def _too_many_stay(conflict: Conflict, _facts: Facts, _number: int) -> str:
    return (
        f"{len(conflict.stay)} people stay in one set, and a set has {LARGEST} at most. Let "
        "somebody of it move."
    )


def _stay_together(conflict: Conflict, facts: Facts, _number: int) -> str:
    managed = set(conflict.apart) & facts.managed
    why = "are in one line of management" if managed else "are kept apart"
    return (
        f"{_joined(facts.names(conflict.members))} both stay in one set, and they {why}. Let one "
        "of them move."
    )


def _all_apart(conflict: Conflict, facts: Facts, number: int) -> str:
    there = "is only one set" if number == 1 else f"are only {number} sets"
    names = facts.names(conflict.members)
    if len(names) == 2:
        said = f"{_joined(names)} are kept apart"
    else:
        said = f"{_joined(names)} are each kept apart from the others"
    return f"{said}, but there {there}. Make more sets, or lift one of these."


def _not_found(_conflict: Conflict, _facts: Facts, _number: int) -> str:
    return (
        "No way to make these sets was found in the time there is. Make more or fewer sets, let "
        "more people move, or lift a pair that is kept apart."
    )


def _wrong_number(_conflict: Conflict, facts: Facts, number: int) -> str:
    count = len(facts.members)
    possible = possible_numbers(count)
    if not possible:
        return (
            f"{count} people cannot be divided into sets of {SMALLEST} to {LARGEST}. Make the sets "
            "by hand, one of them smaller, or wait until one more person has accepted."
        )
    fits = f"{possible[0]}" if len(possible) == 1 else f"{possible[0]} to {possible[-1]}"
    return f"{count} people cannot make {number} sets of {SMALLEST} to {LARGEST}. Choose {fits}."


def _rules(conflict: Conflict, facts: Facts, number: int) -> str:
    said = []
    for pair in conflict.apart:
        one, other = facts.names(pair)
        said.append(f"{one} apart from {other}{_managed(pair in facts.managed)}")
    said += [f"{name} stays where they are" for name in facts.names(conflict.stay)]
    more = f"; and {len(said) - NAMED} more" if len(said) > NAMED else ""
    return (
        f"With {number} sets these rules cannot all be kept: {'; '.join(said[:NAMED])}{more}. "
        "Lift one of them, let somebody move, or change the number of sets."
    )


def _managed(is_managed: bool) -> str:  # noqa: FBT001
    return " (line manager)" if is_managed else ""


def _joined(names: Iterable[str]) -> str:
    *first, last = names
    return f"{', '.join(first)} and {last}" if first else last


_SENTENCES = {
    Why.TOO_FEW: _too_few,
    Why.WRONG_NUMBER: _wrong_number,
    Why.TOO_MANY_STAY: _too_many_stay,
    Why.STAY_TOGETHER: _stay_together,
    Why.ALL_APART: _all_apart,
    Why.RULES: _rules,
    Why.NOT_FOUND: _not_found,
}
