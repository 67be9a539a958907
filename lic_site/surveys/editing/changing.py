"""Questions and their options."""

from collections.abc import Collection, Iterable
from dataclasses import replace

from lic_site.surveys.definition import Condition, Definition, Option, Question
from lic_site.surveys.editing.codes import code_from
from lic_site.surveys.editing.finding import (
    CannotChange,
    must_not_be_used,
    question_at,
    section_at,
)
from lic_site.surveys.enums import Kind


def add_question(
    definition: Definition, section: str, question: Question, *, used: Collection[str] = ()
) -> Definition:
    """With the question at the end of the section. A code that is empty, the question's or an
    option's, is made of its words. ``used``: question codes of published versions.
    """
    index = section_at(definition, section)
    taken = set(definition.by_code) | set(used)
    code = question.code or code_from(question.words, taken)
    if code in definition.by_code:
        raise CannotChange("There is a question of this code already.")
    added = replace(question, code=code, options=coded(question, question.options))
    return _put(definition, index, (*definition.sections[index].questions, added))


def change_question(
    definition: Definition, question: Question, *, used: Collection[str] = ()
) -> Definition:
    """With the question as given in the place of the one with its code. Options without a code are
    new. ``used``: its option codes in published versions. Raises CannotChange where a condition
    depends on an option that is gone, or the kind is another.
    """
    index, place = question_at(definition, question.code)
    old = definition.sections[index].questions[place]
    if old.kind != question.kind:
        raise CannotChange("A question stays of its kind: remove it, and add one of the other.")
    changed = replace(question, options=coded(old, question.options, used=used), when=old.when)
    gone = {each.code for each in old.options} - {each.code for each in changed.options}
    for option in old.options:
        if option.code in gone:
            must_not_be_used(
                definition,
                [old.code],
                what=f"the answer ‘{option.words}’ here",
                options=[option.code],
            )
    questions = list(definition.sections[index].questions)
    questions[place] = changed
    return _put(definition, index, questions)


def coded(
    question: Question, options: Iterable[Option], *, used: Collection[str] = ()
) -> tuple[Option, ...]:
    """The options, each with a code: a scale's is its score, so that 'at least 4' can be asked
    of it.
    """
    options = list(options)
    taken = {each.code for each in (*question.options, *options) if each.code} | set(used)
    made: list[Option] = []
    for each in options:
        code = each.code
        if not code:
            is_scored = question.kind == Kind.SCALE and each.score is not None
            code = code_from(
                str(each.score) if is_scored else each.words, taken, otherwise="answer"
            )
            taken.add(code)
        made.append(replace(each, code=code))
    return tuple(made)


def set_question_condition(definition: Definition, code: str, when: Condition | None) -> Definition:
    index, place = question_at(definition, code)
    questions = list(definition.sections[index].questions)
    questions[place] = replace(questions[place], when=when)
    return _put(definition, index, questions)


def move_question(definition: Definition, code: str, by: int) -> Definition:
    """One place up (-1) or down (1) on its page; the first stays the first, the last the last."""
    index, place = question_at(definition, code)
    questions = list(definition.sections[index].questions)
    other = place + by
    if not 0 <= other < len(questions):
        return definition
    questions[place], questions[other] = questions[other], questions[place]
    return _put(definition, index, questions)


def place_question(definition: Definition, code: str, section: str) -> Definition:
    """To the end of another page, or of its own."""
    index, place = question_at(definition, code)
    question = definition.sections[index].questions[place]
    section_at(definition, section)
    without = _put(definition, index, _without(definition, index, code))
    target = section_at(without, section)
    return _put(without, target, (*without.sections[target].questions, question))


def remove_question(definition: Definition, code: str) -> Definition:
    """Raises CannotChange where a condition depends on it."""
    index, _ = question_at(definition, code)
    must_not_be_used(definition, [code], what="this question")
    return _put(definition, index, _without(definition, index, code))


def add_option(
    definition: Definition,
    code: str,
    *,
    words: str,
    score: int | None = None,
    used: Collection[str] = (),
) -> Definition:
    question = _question(definition, code)
    added = Option(code="", words=words, score=score)
    options = (*question.options, added)
    return change_question(definition, replace(question, options=options), used=used)


def rename_option(
    definition: Definition,
    code: str,
    option: str,
    words: str,
    *,
    means_the_same: bool = True,
    used: Collection[str] = (),
) -> Definition:
    """Other words for an option. If it means something else now it gets a new code, and is counted
    apart from what was answered before.
    """
    question = _question(definition, code)
    kept = option if means_the_same else ""
    options = tuple(
        replace(each, code=kept, words=words) if each.code == option else each
        for each in question.options
    )
    return change_question(definition, replace(question, options=options), used=used)


def remove_option(definition: Definition, code: str, option: str) -> Definition:
    question = _question(definition, code)
    options = tuple(each for each in question.options if each.code != option)
    return change_question(definition, replace(question, options=options))


def move_option(definition: Definition, code: str, option: str, by: int) -> Definition:
    """One place up (-1) or down (1); the first stays the first, the last the last."""
    question = _question(definition, code)
    options = list(question.options)
    place = next((n for n, each in enumerate(options) if each.code == option), None)
    if place is None or not 0 <= place + by < len(options):
        return definition
    options[place], options[place + by] = options[place + by], options[place]
    return change_question(definition, replace(question, options=tuple(options)))


def _question(definition: Definition, code: str) -> Question:
    index, place = question_at(definition, code)
    return definition.sections[index].questions[place]


def _without(definition: Definition, index: int, code: str) -> list[Question]:
    return [each for each in definition.sections[index].questions if each.code != code]


def _put(definition: Definition, index: int, questions: Iterable[Question]) -> Definition:
    sections = list(definition.sections)
    sections[index] = replace(sections[index], questions=tuple(questions))
    return replace(definition, sections=tuple(sections))
