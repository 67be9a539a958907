"""One page of a questionnaire as a form, for every kind of question."""

import pytest

from lic_site.surveys.definition import Option, Question
from lic_site.surveys.enums import Kind
from lic_site.surveys.forms.answering import AnswersForm

OPTIONS = (Option(code="a", words="A"), Option(code="b", words="B"))
QUESTIONS = [
    Question(
        code=kind.value,
        kind=kind,
        words=f"Words of {kind.value}",
        hint="A hint",
        options=OPTIONS,
        low_words="Low",
        high_words="High",
        other_words={"leads": f"For leads: {kind.value}"},
    )
    for kind in Kind
]
RIGHT = {
    "scale": ["a"],
    "score": ["10"],
    "single": ["b"],
    "multiple": ["b", "a"],
    "number": ["1,200"],
    "short": ["שלום 😢"],
    "long": ["One\r\ntwo"],
}


def page(**typed: list[str]) -> AnswersForm:
    return AnswersForm(QUESTIONS, RIGHT | typed, is_asked=False)


def test_what_was_typed_is_read_kind_by_kind() -> None:
    form = page()
    assert form.is_valid(), form.errors
    assert form.cleaned_data == {
        "q-scale": ("a",),
        "q-score": ("10",),
        "q-single": ("b",),
        "q-multiple": ("a", "b"),
        "q-number": ("1200",),
        "q-short": ("שלום 😢",),
        "q-long": ("One\ntwo",),
    }


def test_a_page_that_is_only_asked_shows_what_was_typed_and_judges_nothing() -> None:
    form = AnswersForm(QUESTIONS, RIGHT | {"number": ["many"]})
    text = form.render()
    assert not form.errors
    assert 'value="many"' in text
    assert 'dir="auto"' in text
    assert 'inputmode="decimal"' in text
    assert "You can enter up to 2000 characters" in text
    assert text.count("checked") == 5
    assert text.count("I would rather not answer") == 3
    assert ("Low" in text, "High" in text, "A hint" in text) == (True, True, True)


@pytest.mark.parametrize(
    ("code", "typed", "says"),
    [
        ("number", "nan", "in digits"),
        ("number", "many", "in digits"),
        ("scale", "zzz", "one of the answers"),
        ("short", "x" * 300, "has 300 characters and can have 200"),
    ],
)
def test_what_is_wrong_stands_beside_what_was_typed(code: str, typed: str, says: str) -> None:
    form = page(**{code: [typed]})
    assert says in str(form.errors[f"q-{code}"])
    if code != "scale":
        assert typed in form.render()


def test_an_audience_has_its_own_words_and_one_question_is_the_heading() -> None:
    form = AnswersForm(QUESTIONS[:1], {}, audience="leads")
    assert "<h1" in form.render()
    assert "For leads: scale" in form.render()


def test_long_words_say_who_sees_them() -> None:
    form = AnswersForm(QUESTIONS, {}, words_seen="One checker.")
    assert form.render().count("One checker.") == 1
