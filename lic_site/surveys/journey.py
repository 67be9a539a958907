"""The way through a questionnaire: which page comes next, what is right, what was said so far."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from lic_site.surveys.answers import read
from lic_site.surveys.definition import Definition, Question, Section
from lic_site.surveys.enums import WORDS

START, CHECK = "start", "check"
_PAGE = "page-"
SECONDS, SECONDS_OF_WORDS = 8, 40
"""What one question takes, roughly: to choose, and to write."""


class Typed(Protocol):
    """What a page sent."""

    def __contains__(self, name: object, /) -> bool: ...

    def getlist(self, name: str, /) -> list[str]: ...


def field_name(question: Question) -> str:
    """Of its field on the page: never a name that the page itself uses."""
    return f"q-{question.code}"


def page_name(section: Section) -> str:
    return f"{_PAGE}{section.code}"


@dataclass(frozen=True)
class Said:
    """One question and what was answered, in words."""

    asked: str
    words: Sequence[str]


@dataclass
class Journey:
    """``typed`` is by the question's code, and changed by ``keep``."""

    definition: Definition
    typed: dict[str, list[str]]
    audience: str = ""

    @property
    def answers(self) -> dict[str, tuple[str, ...]]:
        """Everything rightly answered, asked or not."""
        found = {
            question.code: read(question, self.typed[question.code]).values
            for question in self.definition.questions()
            if question.code in self.typed
        }
        return {code: values for code, values in found.items() if values}

    def pages(self) -> dict[str, tuple[Section, list[Question]]]:
        """By their names, those that whoever answered so goes through."""
        laid = self.definition.pages(self.answers)
        return {page_name(section): (section, asked) for section, asked in laid}

    def keep(self, page: str, sent: Typed) -> None:
        """Take what a page sent. A question that was on it and has no answer now has none."""
        asked = {each.code for _, questions in self.pages().values() for each in questions}
        for section in self.definition.sections:
            if page_name(section) != page:
                continue
            for question in section.questions:
                name = field_name(question)
                if question.code in asked or name in sent:
                    self.typed[question.code] = sent.getlist(name)

    def is_right(self, page: str) -> bool:
        """Every question on it was come to, and can be kept."""
        _, questions = self.pages()[page]
        return all(
            each.code in self.typed and not read(each, self.typed[each.code]).problem
            for each in questions
        )

    def first_open(self) -> str:
        """The first page that is not right, or the last page of all."""
        return next((page for page in self.pages() if not self.is_right(page)), CHECK)

    def after(self, page: str) -> str:
        names = [START, *self.pages(), CHECK]
        return names[names.index(page) + 1] if page in names[:-1] else self.first_open()

    def before(self, page: str) -> str:
        names = [START, *self.pages(), CHECK]
        return names[max(0, names.index(page) - 1)] if page in names else START

    def is_new(self, page: str) -> bool:
        """Something on this page was not asked yet."""
        _, questions = self.pages()[page]
        return any(each.code not in self.typed for each in questions)

    def said(self, page: str) -> list[Said]:
        """What was answered on a page, in words, as it was typed."""
        _, questions = self.pages()[page]
        return [
            Said(each.words_for(self.audience), in_words(each, self.typed.get(each.code, ())))
            for each in questions
        ]

    def everything(self) -> list[Said]:
        """What was typed, asked or not, right or wrong."""
        return [
            Said(each.words_for(self.audience), in_words(each, self.typed[each.code]))
            for each in self.definition.questions()
            if any(self.typed.get(each.code, ()))
        ]


def in_words(question: Question, values: Sequence[str]) -> list[str]:
    """The words of what was chosen, or what was written."""
    chosen = {value: question.option(value) for value in values if value.strip()}
    return [option.words if option else value for value, option in chosen.items()]


def minutes(definition: Definition) -> int:
    """About how long it takes, at least one."""
    kinds = [question.kind for question in definition.questions()]
    seconds = sum(SECONDS_OF_WORDS if kind in WORDS else SECONDS for kind in kinds)
    return max(1, round(seconds / 60))
