"""Why a draft cannot be published yet."""

import math
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from lic_site.surveys.definition import (
    HIGHEST_LIMIT,
    Condition,
    Definition,
    Question,
    Section,
    as_number,
)
from lic_site.surveys.editing.codes import LONGEST_CODE
from lic_site.surveys.enums import CHOICES, SCORED, WORDS, Kind, Test

LONGEST_TITLE = 120
LONGEST_INTRO = 2_000
LONGEST_QUESTION = 300
LONGEST_HINT = 500
LONGEST_OPTION = 150
LONGEST_ITEM = 40
MOST_CUTS = 3
CHOSEN = frozenset({Test.ANY_OF, Test.NONE_OF})


@dataclass(frozen=True)
class Fault:
    """What is wrong, in a sentence, and with which section or question; with neither, the whole."""

    words: str
    section: str = ""
    question: str = ""


def faults(definition: Definition) -> list[Fault]:
    """In the order of the pages; none if it can be published."""
    found = [Fault(words) for words in _of_all(definition)]
    place = {
        question.code: number
        for number, section in enumerate(definition.sections)
        for question in section.questions
    }
    for number, section in enumerate(definition.sections):
        found += [Fault(words, section=section.code) for words in _of_section(section)]
        if section.when is not None:
            name = f"The page ‘{section.title}’"
            told = _of_condition(definition, place, section.when, name, number)
            found += [Fault(words, section=section.code) for words in told]
        for question in section.questions:
            words_of = [*_of_question(question)]
            if question.when is not None:
                name = f"‘{question.words}’"
                words_of += _of_condition(definition, place, question.when, name, number)
            found += [Fault(words, question=question.code) for words in words_of]
    return found


def _of_all(definition: Definition) -> Iterator[str]:
    questions = list(definition.questions())
    if not questions:
        yield "There is no question yet. Add one."
    if len(definition.cuts()) > MOST_CUTS:
        yield (
            f"Results are shown by {len(definition.cuts())} questions: three are the most, or "
            "groups become too small to show."
        )
    if len(definition.closing) > LONGEST_INTRO:
        yield f"What is said at the end is too long: at most {LONGEST_INTRO} characters."
    for code, times in Counter(each.code for each in questions).items():
        if times > 1:
            yield f"Two questions are known by the code ‘{code}’: remove one and add it anew."
    for code, times in Counter(each.code for each in definition.sections).items():
        if times > 1:
            yield f"Two pages are known by the code ‘{code}’: remove one and add it anew."
    measured = Counter((each.item, each.occasion) for each in questions if each.item)
    for (item, occasion), times in measured.items():
        if times > 1:
            yield (
                f"‘{item}’ is measured by {times} questions for the same time "
                f"(‘{occasion.label.lower()}’): give each its own."
            )


def _of_section(section: Section) -> Iterator[str]:
    if not section.title.strip():
        yield "A page has no heading. Give it one."
    name = f"The page ‘{section.title}’"
    if not section.questions:
        yield f"{name} has no questions. Add one, or remove the page."
    if len(section.title) > LONGEST_TITLE:
        yield f"{name}: its heading is too long, at most {LONGEST_TITLE} characters."
    if len(section.intro) > LONGEST_INTRO:
        yield f"{name}: its introduction is too long, at most {LONGEST_INTRO} characters."
    if not 0 < len(section.code) <= LONGEST_CODE:
        yield f"{name}: its code must have 1 to {LONGEST_CODE} characters."


def _of_question(question: Question) -> Iterator[str]:
    if not question.words.strip():
        yield "A question has no words. Write what it asks."
    name = f"‘{question.words}’"
    if max(len(question.words), *map(len, question.other_words.values()), 0) > LONGEST_QUESTION:
        yield f"{name} is too long, at most {LONGEST_QUESTION} characters."
    if len(question.hint) > LONGEST_HINT:
        yield f"{name}: its hint is too long, at most {LONGEST_HINT} characters."
    if not 0 < len(question.code) <= LONGEST_CODE or len(question.item) > LONGEST_ITEM:
        yield f"{name}: its code and what it measures may have {LONGEST_CODE} characters each."
    if max(len(question.low_words), len(question.high_words)) > LONGEST_OPTION:
        yield f"{name}: the words for 0 and 10 may have {LONGEST_OPTION} characters each."
    if question.is_cut and question.kind != Kind.SINGLE:
        yield f"{name}: results can be shown only by a question of which one answer is chosen."
    if question.kind in CHOICES:
        yield from _of_options(question, name)
    if question.kind == Kind.NUMBER and _is_upside_down(question):
        yield f"{name}: the lowest number is above the highest. Change one of them."
    if question.kind in WORDS and not 0 <= question.max_length <= HIGHEST_LIMIT:
        yield f"{name}: an answer may have at most {HIGHEST_LIMIT} characters."


def _is_upside_down(question: Question) -> bool:
    lowest, highest = question.lowest, question.highest
    return lowest is not None and highest is not None and lowest > highest


def _of_options(question: Question, name: str) -> Iterator[str]:
    options = question.options
    if len(options) < 2:
        yield f"{name} needs at least two answers to choose from."
    if not all(each.words.strip() for each in options):
        yield f"{name} has an answer without words. Write them, or remove it."
    if len({each.words.strip().casefold() for each in options}) < len(options):
        yield f"{name} has two answers that are alike. Change or remove one."
    if len({each.code for each in options}) < len(options):
        yield f"{name} has two answers with the same code. Remove one and add it anew."
    if not all(0 < len(each.code) <= LONGEST_CODE for each in options):
        yield f"{name}: the code of an answer must have 1 to {LONGEST_CODE} characters."
    if any(len(each.words) > LONGEST_OPTION for each in options):
        yield f"{name}: an answer is too long, at most {LONGEST_OPTION} characters."
    if question.kind == Kind.SCALE:
        scores = [each.score for each in options if each.score is not None]
        if len(scores) < 2:
            yield f"{name} is a scale, so at least two of its answers need a score."
        if len(set(scores)) < len(scores):
            yield f"{name} has two answers with the same score. Give each its own."


def _of_condition(
    definition: Definition, place: dict[str, int], condition: Condition, name: str, page: int
) -> Iterator[str]:
    """``page`` is where the condition stands, ``place`` where each question does."""
    asked = definition.by_code.get(condition.question)
    if asked is None:
        yield f"{name} depends on a question that is no longer there. Choose another."
        return
    if place[asked.code] >= page:
        where = "on the same page" if place[asked.code] == page else "on a later page"
        yield (
            f"{name} depends on ‘{asked.words}’, which is {where}. It can only depend on an "
            "earlier page: move one of them."
        )
    if condition.test in CHOSEN:
        yield from _of_chosen(asked, condition, name)
    elif condition.test != Test.ANSWERED:
        yield from _of_number(asked, condition, name)


def _of_chosen(asked: Question, condition: Condition, name: str) -> Iterator[str]:
    if asked.kind not in CHOICES:
        yield f"{name} depends on a choice, and ‘{asked.words}’ has no answers to choose from."
    elif not condition.values:
        yield f"{name} depends on ‘{asked.words}’: say on which answers."
    elif not all(asked.option(value) for value in condition.values):
        yield f"{name} depends on an answer to ‘{asked.words}’ that is no longer there."


def _of_number(asked: Question, condition: Condition, name: str) -> Iterator[str]:
    if asked.kind not in SCORED:
        yield f"{name} depends on a number, and ‘{asked.words}’ is not answered with one."
    elif asked.kind == Kind.SCALE and any(
        each.score is not None and as_number(each.code) != each.score for each in asked.options
    ):
        yield (
            f"{name} depends on a number, and the answers to ‘{asked.words}’ are not known by "
            "theirs: choose the answers one by one instead."
        )
    limit = as_number(condition.values[0]) if condition.values else None
    if limit is None or not math.isfinite(limit):
        yield f"{name} depends on ‘{asked.words}’: say on which number."
