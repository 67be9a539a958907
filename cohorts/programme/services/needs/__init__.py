"""What participants need: asked for, told, answered."""

from cohorts.programme.services.needs.answering import answer_need
from cohorts.programme.services.needs.asking import ask_after_joining, ask_needs, follow_needs
from cohorts.programme.services.needs.telling import finish_needs, tell_need
from cohorts.programme.services.needs.wanted import (
    gives_contact,
    kinds_wanted,
    needs_due_on,
    needs_wanted,
)

__all__ = [
    "answer_need",
    "ask_after_joining",
    "ask_needs",
    "finish_needs",
    "follow_needs",
    "gives_contact",
    "kinds_wanted",
    "needs_due_on",
    "needs_wanted",
    "tell_need",
]
