"""The life of a place: left for now or for good, moved, gone on with, brought back, completed."""

from cohorts.programme.services.enrolments.completing import complete_places, undo_completion
from cohorts.programme.services.enrolments.going_on import resume, transfer
from cohorts.programme.services.enrolments.leaving import (
    GOING_ON_STATES,
    defer,
    reinstate,
    withdraw_place,
)

__all__ = [
    "GOING_ON_STATES",
    "complete_places",
    "defer",
    "reinstate",
    "resume",
    "transfer",
    "undo_completion",
    "withdraw_place",
]
