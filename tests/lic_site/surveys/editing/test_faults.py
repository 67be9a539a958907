"""What stops a draft from being published, in words."""

from dataclasses import replace
from typing import Any

import pytest

from lic_site.surveys.definition import Condition, Definition, Option, Question, Section
from lic_site.surveys.editing import Fault, faults
from lic_site.surveys.enums import Kind, Occasion
from lic_site.surveys.enums import Test as Whether
from tests.factories.surveys import AGREE, ASKED

YES, NO = Option(code="yes", words="Yes"), Option(code="no", words="No")
CHOICE = Question(code="choice", kind=Kind.SINGLE, words="Which?", options=(YES, NO))


def asking(*questions: Question, **more: Any) -> Definition:
    return Definition(sections=(Section(code="a", title="A", questions=questions),), **more)


def said(definition: Definition) -> str:
    return " ".join(each.words for each in faults(definition))


def test_a_sound_draft_has_none() -> None:
    assert faults(ASKED) == []


def test_an_empty_draft_has_no_question() -> None:
    assert faults(Definition()) == [Fault("There is no question yet. Add one.")]


def test_a_page_has_a_heading_and_questions() -> None:
    empty = Section(code="b", title=" ")
    definition = replace(ASKED, sections=(*ASKED.sections, empty))
    found = faults(definition)
    assert {each.section for each in found} == {"b"}
    assert "no heading" in found[0].words
    assert "no questions" in found[1].words


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"words": " "}, "no words"),
        ({"words": "x" * 301}, "too long, at most 300"),
        ({"other_words": {"few": "x" * 301}}, "too long, at most 300"),
        ({"hint": "x" * 501}, "hint is too long"),
        ({"code": "x" * 41}, "40 characters"),
        ({"item": "x" * 41}, "40 characters"),
        ({"options": (YES,)}, "at least two answers"),
        ({"options": (YES, Option(code="b", words=""))}, "answer without words"),
        ({"options": (YES, Option(code="b", words="yes "))}, "two answers that are alike"),
        ({"options": (YES, Option(code="yes", words="Maybe"))}, "same code"),
        ({"options": (YES, Option(code="x" * 41, words="Maybe"))}, "code of an answer"),
        ({"options": (YES, Option(code="b", words="x" * 151))}, "answer is too long"),
        ({"kind": Kind.SCALE}, "at least two of its answers need a score"),
        ({"kind": Kind.SCALE, "options": (AGREE[0], replace(AGREE[1], score=1))}, "same score"),
        ({"kind": Kind.MULTIPLE, "is_cut": True}, "one answer is chosen"),
        ({"kind": Kind.SCORE, "options": (), "low_words": "x" * 151}, "words for 0 and 10"),
        ({"kind": Kind.NUMBER, "options": (), "lowest": 2, "highest": 1}, "above the highest"),
        ({"kind": Kind.LONG, "options": (), "max_length": 5_001}, "at most 5000 characters"),
    ],
)
def test_a_question_is_sound(change: dict[str, Any], words: str) -> None:
    [fault] = faults(asking(replace(CHOICE, **change)))
    assert words in fault.words
    assert fault.question == change.get("code", "choice")


@pytest.mark.parametrize("limits", [{}, {"lowest": 1}, {"highest": 1}, {"lowest": 1, "highest": 1}])
def test_limits_that_can_be_met_are_sound(limits: dict[str, float]) -> None:
    assert not faults(asking(Question(code="n", kind=Kind.NUMBER, words="How many?", **limits)))


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"title": "x" * 121}, "heading is too long"),
        ({"intro": "x" * 2_001}, "introduction is too long"),
        ({"code": "x" * 41}, "its code"),
    ],
)
def test_a_page_is_sound(change: dict[str, Any], words: str) -> None:
    section = replace(asking(CHOICE).sections[0], **change)
    assert words in said(Definition(sections=(section,)))


def test_the_words_at_the_end_have_a_limit() -> None:
    assert "too long" in said(asking(CHOICE, closing="x" * 2_001))


def test_results_are_shown_by_three_questions_at_most() -> None:
    cuts = [replace(CHOICE, code=f"cut{n}", is_cut=True) for n in range(4)]
    assert not faults(asking(*cuts[:3]))
    assert "three are the most" in said(asking(*cuts))


def test_codes_are_there_once() -> None:
    assert "Two questions are known by the code ‘choice’" in said(asking(CHOICE, CHOICE))
    [section] = asking(CHOICE).sections
    other = replace(section, questions=(replace(CHOICE, code="other"),))
    assert "Two pages are known" in said(Definition(sections=(section, other)))


def test_an_item_is_measured_once_for_each_time() -> None:
    now = replace(CHOICE, item="lead")
    then = replace(now, code="then", occasion=Occasion.THEN)
    assert not faults(asking(now, then))
    assert "‘lead’ is measured by 2 questions" in said(asking(now, replace(now, code="again")))


def depending(on: str, test: Whether, *values: str) -> Definition:
    """The last question of a third page depends on something."""
    when = Condition(question=on, test=test, values=values)
    last = Question(code="last", kind=Kind.LONG, words="And last?", when=when)
    section = Section(code="last", title="Last", questions=(last,))
    return replace(ASKED, sections=(*ASKED.sections, section))


@pytest.mark.parametrize(
    ("definition", "words"),
    [
        (depending("gone", Whether.ANSWERED), "no longer there. Choose another"),
        (depending("last", Whether.ANSWERED), "‘And last?’, which is on the same page"),
        (depending("where", Whether.ANY_OF), "say on which answers"),
        (
            depending("where", Whether.ANY_OF, "gone"),
            "to ‘How did you take part?’ that is",
        ),
        (depending("again", Whether.NONE_OF, "1"), "no answers to choose from"),
        (depending("where", Whether.AT_LEAST, "1"), "is not answered with one"),
        (depending("again", Whether.AT_LEAST), "say on which number"),
        (depending("again", Whether.AT_MOST, "inf"), "say on which number"),
        (depending("again", Whether.AT_MOST, "few"), "say on which number"),
    ],
)
def test_a_condition_can_be_met(definition: Definition, words: str) -> None:
    [fault] = faults(definition)
    assert fault.words.startswith("‘And last?’ depends on")
    assert words in fault.words


@pytest.mark.parametrize(
    "definition",
    [
        depending("where", Whether.ANY_OF, "room"),
        depending("useful", Whether.AT_LEAST, "4"),
        depending("again", Whether.AT_MOST, "6"),
        depending("change", Whether.ANSWERED),
    ],
)
def test_conditions_on_earlier_pages_are_sound(definition: Definition) -> None:
    assert faults(definition) == []


def test_at_least_wants_answers_that_are_known_by_their_score() -> None:
    useful = ASKED.by_code["useful"]
    worded = tuple(replace(each, code=f"a{each.code}") for each in useful.options)
    definition = depending("useful", Whether.AT_LEAST, "4")
    first = replace(definition.sections[0], questions=(replace(useful, options=worded),))
    definition = replace(definition, sections=(first, *definition.sections[2:]))
    assert "choose the answers one by one" in said(definition)


def test_a_circle_is_told_by_the_names_of_both() -> None:
    when = Condition(question="where", test=Whether.ANSWERED)
    first = replace(ASKED.sections[0], when=when)
    [fault] = faults(replace(ASKED, sections=(first, *ASKED.sections[1:])))
    assert fault.words.startswith("The page ‘The day’ depends on ‘How did you take part?’")
    assert "on a later page" in fault.words
    assert fault.section == "day"
