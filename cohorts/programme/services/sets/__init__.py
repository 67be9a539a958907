"""Learning sets: who is in which, who is kept apart, and what their members are told."""

from cohorts.programme.services.sets.changing import (
    add_set,
    change_set,
    keep_apart,
    lift_apart,
    move_member,
    remove_set,
)
from cohorts.programme.services.sets.introducing import introduce
from cohorts.programme.services.sets.making import make_sets
from cohorts.programme.services.sets.naming import name_sets

__all__ = [
    "add_set",
    "change_set",
    "introduce",
    "keep_apart",
    "lift_apart",
    "make_sets",
    "move_member",
    "name_sets",
    "remove_set",
]
