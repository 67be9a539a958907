"""A definition as JSON and back, conditions, pages, and what of somebody's answers is kept."""

from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from lic_site.surveys.definition import (
    LONGEST,
    LONGEST_SHORT,
    Condition,
    Definition,
    Option,
    Question,
    Section,
    as_number,
)
from lic_site.surveys.enums import Kind, Occasion
from lic_site.surveys.enums import Test as Whether
from tests.factories.surveys import AGREE, ASKED

WORDS = st.text(max_size=20)
CODES = st.text("abc_", min_size=1, max_size=5)
NUMBERS = st.none() | st.floats(allow_nan=False, allow_infinity=False)
CONDITIONS = st.none() | st.builds(
    Condition,
    question=CODES,
    test=st.sampled_from(Whether),
    values=st.lists(CODES, max_size=3).map(tuple),
)
OPTIONS = st.builds(Option, code=CODES, words=WORDS, score=st.none() | st.integers(0, 9))
QUESTIONS = st.builds(
    Question,
    code=CODES,
    kind=st.sampled_from(Kind),
    words=WORDS,
    hint=WORDS,
    required=st.booleans(),
    options=st.lists(OPTIONS, max_size=3).map(tuple),
    low_words=WORDS,
    high_words=WORDS,
    lowest=NUMBERS,
    highest=NUMBERS,
    max_length=st.integers(0, 100),
    when=CONDITIONS,
    item=WORDS,
    occasion=st.sampled_from(Occasion),
    is_cut=st.booleans(),
    other_words=st.dictionaries(CODES, CODES, max_size=2),
)
SECTIONS = st.builds(
    Section,
    code=CODES,
    title=WORDS,
    intro=WORDS,
    when=CONDITIONS,
    questions=st.lists(QUESTIONS, max_size=3).map(tuple),
)
DEFINITIONS = st.builds(
    Definition, sections=st.lists(SECTIONS, max_size=3).map(tuple), closing=WORDS
)


@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(DEFINITIONS)
def test_it_reads_back_what_it_wrote(definition: Definition) -> None:
    assert Definition.from_json(definition.to_json()) == definition


def test_what_is_as_usual_is_not_written() -> None:
    [section] = Definition(sections=(Section(code="a", title="A"),)).to_json()["sections"]
    assert section == {"code": "a", "title": "A"}
    assert Definition().to_json() == {}


def test_a_score_of_nought_and_a_limit_of_nought_are_written() -> None:
    question = Question(
        code="q",
        kind=Kind.SCALE,
        words="Q",
        options=(Option(code="0", words="None", score=0),),
        lowest=0,
    )
    definition = Definition(sections=(Section(code="a", title="A", questions=(question,)),))
    assert Definition.from_json(definition.to_json()) == definition


@pytest.mark.parametrize(
    ("test", "values", "answer", "holds"),
    [
        (Whether.ANSWERED, (), ("a",), True),
        (Whether.ANSWERED, (), (), False),
        (Whether.ANY_OF, ("a", "b"), ("b", "c"), True),
        (Whether.ANY_OF, ("a",), ("c",), False),
        (Whether.ANY_OF, ("a",), (), False),
        (Whether.NONE_OF, ("a",), ("c",), True),
        (Whether.NONE_OF, ("a",), ("c", "a"), False),
        (Whether.NONE_OF, ("a",), (), True),
        (Whether.AT_LEAST, ("4",), ("4",), True),
        (Whether.AT_LEAST, ("4",), ("3.5",), False),
        (Whether.AT_MOST, ("4",), ("4",), True),
        (Whether.AT_MOST, ("4",), ("5",), False),
        (Whether.AT_LEAST, ("4",), (), False),
        (Whether.AT_MOST, ("4",), ("na",), False),
    ],
)
def test_a_condition_holds(
    test: Whether, values: tuple[str, ...], answer: tuple[str, ...], holds: bool
) -> None:
    given = {"q": answer} if answer else {}
    assert Condition(question="q", test=test, values=values).holds(given) is holds


def test_whoever_is_content_is_not_asked_what_to_change() -> None:
    pages = ASKED.pages({"useful": ("5",)})
    assert [[each.code for each in questions] for _, questions in pages] == [
        ["useful", "again"],
        ["where", "what"],
    ]
    unhappy = ASKED.pages({"useful": ("2",)})
    assert [each.code for each in unhappy[1][1]] == ["where", "what", "change"]


def chain() -> Definition:
    """Each page is asked only if the one before was answered."""

    def page(code: str, when: str) -> Section:
        condition = Condition(question=when, test=Whether.ANSWERED) if when else None
        question = Question(code=code, kind=Kind.SHORT, words=code)
        return Section(code=code, title=code, when=condition, questions=(question,))

    return Definition(sections=(page("one", ""), page("two", "one"), page("three", "two")))


def test_an_answer_that_is_not_asked_for_any_more_takes_those_below_it_along() -> None:
    answers = {"one": (), "two": ("x",), "three": ("y",)}
    assert chain().kept(answers) == {}
    assert [section.code for section, _ in chain().pages(answers)] == ["one"]
    assert chain().kept({**answers, "one": ("a",)}) == {
        "one": ("a",),
        "two": ("x",),
        "three": ("y",),
    }


def test_answers_to_questions_that_do_not_exist_are_not_kept() -> None:
    assert ASKED.kept({"useful": ("5",), "nonsense": ("1",)}) == {"useful": ("5",)}


def test_questions_by_code_and_by_what_results_are_cut() -> None:
    assert list(ASKED.by_code) == ["useful", "again", "where", "what", "change"]
    assert [each.code for each in ASKED.cuts()] == ["where"]


@pytest.mark.parametrize(
    ("kind", "value", "score"),
    [
        (Kind.SCALE, "4", 4.0),
        (Kind.SCALE, "na", None),
        (Kind.SCALE, "gone", None),
        (Kind.SCORE, "7", 7.0),
        (Kind.NUMBER, "2.5", 2.5),
        (Kind.NUMBER, "many", None),
        (Kind.SINGLE, "4", None),
    ],
)
def test_what_an_answer_counts(kind: Kind, value: str, score: float | None) -> None:
    options = (*AGREE, Option(code="na", words="Does not apply"))
    assert Question(code="q", kind=kind, words="Q", options=options).score(value) == score


@pytest.mark.parametrize(
    ("more", "longest"),
    [
        ({"kind": Kind.SHORT}, LONGEST_SHORT),
        ({"kind": Kind.LONG}, LONGEST),
        ({"kind": Kind.LONG, "max_length": 50}, 50),
    ],
)
def test_how_long_an_answer_may_be(more: dict[str, Any], longest: int) -> None:
    assert Question(code="q", words="Q", **more).longest == longest


def test_an_audience_may_have_its_own_words() -> None:
    question = Question(code="q", kind=Kind.LONG, words="All", other_words={"few": "Few"})
    assert (question.words_for("few"), question.words_for("many")) == ("Few", "All")


def test_what_is_no_number_is_none() -> None:
    assert (as_number("3"), as_number("three")) == (3.0, None)
