"""From what was typed for one question to what is kept, or a sentence that says what to change.

What was typed is never thrown away: a sentence stands beside it.
"""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from lic_site.surveys.definition import Question
from lic_site.surveys.enums import Kind

HIGHEST_SCORE = 10
_NUMBER = re.compile(r"[+-]?(?:[0-9]+|[0-9]{1,3}(?:,[0-9]{3})+)(?:\.[0-9]+)?")
_LONGEST_NUMBER = 24
"""Characters: what is longer counts nothing that a survey asks about."""
_LEFT_OUT = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff]")


@dataclass(frozen=True)
class Read:
    """``values`` are kept, none where nothing was answered; ``problem`` is a sentence."""

    values: tuple[str, ...] = ()
    problem: str = ""


def read(question: Question, typed: Sequence[str], *, words: str = "") -> Read:
    """What was typed, as it is kept. ``words``: what the question said, if not its usual words."""
    given = [each for each in map(clean, typed) if each.strip()]
    asked = (words or question.words).strip()
    if given:
        return _READERS[question.kind](question, given, asked)
    if question.required:
        return Read(problem=f"{_MISSING.get(question.kind, 'Choose an answer')}: ‘{asked}’")
    return Read()


def clean(text: str) -> str:
    """Line ends as ``\\n``; control characters and halves of characters are left out. Emoji and
    marks of direction stay.
    """
    return _LEFT_OUT.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))


def _chosen(question: Question, given: list[str], asked: str) -> Read:
    """One of its options: the last, should a page have sent several."""
    code = given[-1]
    if question.option(code) is None:
        return Read(problem=f"Choose one of the answers on this page: ‘{asked}’")
    return Read((code,))


def _several(question: Question, given: list[str], asked: str) -> Read:
    if any(question.option(code) is None for code in given):
        return Read(problem=f"Choose only among the answers on this page: ‘{asked}’")
    return Read(tuple(option.code for option in question.options if option.code in given))


def _score(question: Question, given: list[str], asked: str) -> Read:  # noqa: ARG001
    """0 to 10, whole."""
    code = given[-1].strip()
    if code not in SCORES:
        return Read(problem=f"Choose a number from 0 to 10: ‘{asked}’")
    return Read((code,))


def _number(question: Question, given: list[str], asked: str) -> Read:
    """Plain digits, as ``12``, ``-3.5`` or ``1,200``; kept without what adds nothing."""
    text = re.sub(r"\s", "", given[-1]).replace("\N{MINUS SIGN}", "-")
    if not _NUMBER.fullmatch(text) or len(text) > _LONGEST_NUMBER:
        return Read(problem=f"Write a number in digits, such as 12 or 3.5: ‘{asked}’")
    number = Decimal(text.replace(",", ""))
    low, high = question.lowest, question.highest
    if low is not None and number < Decimal(str(low)):
        return Read(problem=f"Write a number of {plain(low)} or more: ‘{asked}’")
    if high is not None and number > Decimal(str(high)):
        return Read(problem=f"Write a number of {plain(high)} or less: ‘{asked}’")
    return Read((plain(number),))


def plain(number: Decimal | float) -> str:
    """Digits alone, without zeros that add nothing and without an exponent."""
    exact = Decimal(str(number))
    return format(exact.normalize() if exact else Decimal(0), "f")


def _words(question: Question, given: list[str], asked: str) -> Read:
    text = given[-1].strip()
    if question.kind == Kind.SHORT:
        text = " ".join(text.split())
    if len(text) > question.longest:
        return Read(
            problem=(
                f"This has {len(text):,} characters and can have {question.longest:,}. Everything "
                f"you wrote is still here: shorten it, then go on: ‘{asked}’"
            )
        )
    return Read((text,))


SCORES = tuple(str(score) for score in range(HIGHEST_SCORE + 1))
_MISSING = {
    Kind.MULTIPLE: "Choose at least one answer",
    Kind.SCORE: "Choose a number from 0 to 10",
    Kind.NUMBER: "Write a number",
    Kind.SHORT: "Write an answer",
    Kind.LONG: "Write an answer",
}
_READERS: dict[Kind, Callable[[Question, list[str], str], Read]] = {
    Kind.SCALE: _chosen,
    Kind.SINGLE: _chosen,
    Kind.MULTIPLE: _several,
    Kind.SCORE: _score,
    Kind.NUMBER: _number,
    Kind.SHORT: _words,
    Kind.LONG: _words,
}
