"""What stands where in a definition, and what depends on what."""

from collections.abc import Callable, Collection, Iterator

from lic_site.common.errors import Refusal
from lic_site.surveys.definition import Condition, Definition, Question, Section


class CannotChange(Refusal, ValueError):
    """This cannot be changed so."""


def section_at(definition: Definition, code: str) -> int:
    """Where the section stands. Raises CannotChange."""
    for index, section in enumerate(definition.sections):
        if section.code == code:
            return index
    raise CannotChange("This page is no longer there: somebody took it out. Look at the draft.")


def question_at(definition: Definition, code: str) -> tuple[int, int]:
    """Where the question stands: its section, its place in it. Raises CannotChange."""
    for index, section in enumerate(definition.sections):
        for place, question in enumerate(section.questions):
            if question.code == code:
                return index, place
    raise CannotChange("This question is no longer there: somebody took it out. Look at the draft.")


def conditions(definition: Definition) -> Iterator[tuple[Section, Question | None, Condition]]:
    """Every condition: its section, and its question if it is not the section's own."""
    for section in definition.sections:
        if section.when is not None:
            yield section, None, section.when
        for question in section.questions:
            if question.when is not None:
                yield section, question, question.when


def must_not_be_used(
    definition: Definition,
    codes: Collection[str],
    *,
    what: str,
    options: Collection[str] | None = None,
    beside: Callable[[Section], bool] = lambda _: False,
) -> None:
    """Raise CannotChange if a condition uses one of the questions, or of the ``options`` where they
    are given. Conditions of sections for which ``beside`` holds go too, so they do not count.
    """
    for section, question, condition in conditions(definition):
        if condition.question not in codes or beside(section):
            continue
        if options is not None and not set(options) & set(condition.values):
            continue
        name = f"the page ‘{section.title}’" if question is None else f"‘{question.words}’"
        raise CannotChange(
            f"Whether {name} is asked depends on {what}. Change that condition first."
        )
