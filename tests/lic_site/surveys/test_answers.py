"""What was typed becomes what is kept, or a sentence says what to change."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lic_site.surveys.answers import Read, clean, plain, read
from lic_site.surveys.definition import Option, Question
from lic_site.surveys.enums import Kind

OPTIONS = (Option(code="a", words="A"), Option(code="b", words="B"))


def question(kind: Kind, **more: object) -> Question:
    return Question(code="q", kind=kind, words="How was it?", options=OPTIONS, **more)  # type: ignore[arg-type]


@pytest.mark.parametrize("kind", list(Kind))
def test_nothing_is_an_answer_only_where_one_need_not_answer(kind: Kind) -> None:
    for typed in ([], [""], ["  \r\n\t"], ["\x00\x07"]):
        assert read(question(kind), typed) == Read()
        problem = read(question(kind, required=True), typed).problem
        assert problem.endswith("‘How was it?’")
        assert problem.startswith(("Choose", "Write"))


def test_the_sentence_quotes_the_words_that_were_asked() -> None:
    assert "‘And you?’" in read(question(Kind.SHORT, required=True), [], words="And you?").problem


@pytest.mark.parametrize("kind", [Kind.SCALE, Kind.SINGLE])
def test_one_option_is_kept_and_an_unknown_one_is_not(kind: Kind) -> None:
    assert read(question(kind), ["a", "b"]) == Read(("b",))
    assert "Choose one of" in read(question(kind), ["zzz"]).problem


def test_several_are_kept_once_each_in_the_order_of_the_page() -> None:
    assert read(question(Kind.MULTIPLE), ["b", "a", "b"]) == Read(("a", "b"))
    assert "only among" in read(question(Kind.MULTIPLE), ["a", "zzz"]).problem


def test_a_score_is_a_whole_number_from_0_to_10() -> None:
    assert read(question(Kind.SCORE), ["10"]) == Read(("10",))
    for typed in ("11", "-1", "5.5", "٣", "x"):
        assert "from 0 to 10" in read(question(Kind.SCORE), [typed]).problem


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("12", "12"),
        (" 1,200 ", "1200"),
        ("3.50", "3.5"),
        ("-0", "0"),
        ("\N{MINUS SIGN}4", "-4"),
        ("007", "7"),
        ("100", "100"),
        ("0.000001", "0.000001"),
    ],
)
def test_a_number_is_kept_as_plain_digits(typed: str, kept: str) -> None:
    assert read(question(Kind.NUMBER), [typed]) == Read((kept,))


@pytest.mark.parametrize("typed", ["nan", "inf", "-inf", "1e5", "1,2", "twelve", "١٢", "9" * 30])
def test_what_is_no_plain_number_is_told_so(typed: str) -> None:
    assert "in digits" in read(question(Kind.NUMBER), [typed]).problem


def test_a_number_stays_within_its_bounds() -> None:
    asked = question(Kind.NUMBER, lowest=0.5, highest=40)
    assert "of 0.5 or more" in read(asked, ["0.4"]).problem
    assert "of 40 or less" in read(asked, ["40.01"]).problem
    assert [read(asked, [each]).values for each in ("0.5", "40")] == [("0.5",), ("40",)]


def test_words_keep_emoji_and_right_to_left_text_and_lose_control_characters() -> None:
    text = "שלום 👩🏾‍🏫\u200f\r\nΩ\x00\x1b\ud800 end "
    assert read(question(Kind.LONG), [text]) == Read(("שלום 👩🏾‍🏫\u200f\nΩ end",))
    assert read(question(Kind.SHORT), ["a\n b"]) == Read(("a b",))


def test_words_that_are_too_long_are_told_how_long_they_are() -> None:
    problem = read(question(Kind.LONG, max_length=100), ["x" * 50_000]).problem
    assert "has 50,000 characters and can have 100" in problem
    assert not read(question(Kind.LONG, max_length=100), ["é" * 100]).problem
    assert read(question(Kind.LONG, max_length=4), ["a\r\nb\n "]).values == ("a\nb",)


@given(st.text())
def test_cleaning_twice_is_cleaning_once(text: str) -> None:
    assert clean(clean(text)) == clean(text)


@given(st.decimals(allow_nan=False, allow_infinity=False, min_value=-(10**9), max_value=10**9))
def test_a_plain_number_is_the_same_number(number: object) -> None:
    assert float(plain(number)) == float(number)  # type: ignore[arg-type]
