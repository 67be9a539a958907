"""Changes to what a questionnaire asks, on plain values: each gives a new definition.

A change that would leave something hanging is refused with a sentence; whatever else is wrong with
a draft is a fault, told by ``faults``, and stops its publication alone.
"""

from lic_site.surveys.editing.changing import (
    add_option,
    add_question,
    change_question,
    move_option,
    move_question,
    place_question,
    remove_option,
    remove_question,
    rename_option,
    set_question_condition,
)
from lic_site.surveys.editing.codes import code_from
from lic_site.surveys.editing.faults import Fault, faults
from lic_site.surveys.editing.finding import CannotChange
from lic_site.surveys.editing.sections import (
    add_section,
    change_section,
    move_section,
    remove_section,
    set_closing,
    set_section_condition,
)

__all__ = [
    "CannotChange",
    "Fault",
    "add_option",
    "add_question",
    "add_section",
    "change_question",
    "change_section",
    "code_from",
    "faults",
    "move_option",
    "move_question",
    "move_section",
    "place_question",
    "remove_option",
    "remove_question",
    "remove_section",
    "rename_option",
    "set_closing",
    "set_question_condition",
    "set_section_condition",
]
