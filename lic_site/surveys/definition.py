"""What a questionnaire asks, as plain values: sections, questions, options, conditions.

A version keeps its definition as JSON, written and read here alone. Questions, options and sections
are known by their codes, which never change, whatever their words become; a page is a section.
"""

from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass, field
from functools import cached_property
from typing import Any, Self

from lic_site.surveys.enums import Kind, Occasion, Test

LONGEST_SHORT = 200
LONGEST = 2_000
"""Characters of an answer in one's own words, where the question sets no other limit."""
HIGHEST_LIMIT = 5_000

type Answers = Mapping[str, tuple[str, ...]]
"""By a question's code: the codes of what was chosen, or one text. Not answered: not there."""


@dataclass(frozen=True, kw_only=True)
class Option:
    """One answer to choose. ``score`` counts towards a mean; None for 'does not apply'."""

    code: str
    words: str
    score: int | None = None


@dataclass(frozen=True, kw_only=True)
class Condition:
    """Asked only if an answer on an earlier page is so."""

    question: str
    test: Test
    values: tuple[str, ...] = ()
    """Codes of options for ``any_of`` and ``none_of``, one number for ``at_least`` and
    ``at_most``.
    """

    def holds(self, answers: Answers) -> bool:
        """A question that was not answered is none of anything, and nothing else."""
        given = answers.get(self.question, ())
        match self.test:
            case Test.ANSWERED:
                return bool(given)
            case Test.ANY_OF:
                return any(value in self.values for value in given)
            case Test.NONE_OF:
                return not any(value in self.values for value in given)
        number = as_number(given[0]) if given else None
        if number is None:
            return False
        limit = float(self.values[0])
        return number >= limit if self.test == Test.AT_LEAST else number <= limit


@dataclass(frozen=True, kw_only=True)
class Question:
    code: str
    kind: Kind
    words: str
    hint: str = ""
    required: bool = False
    options: tuple[Option, ...] = ()
    low_words: str = ""
    """What 0 means, for 0 to 10."""
    high_words: str = ""
    lowest: float | None = None
    highest: float | None = None
    max_length: int = 0
    """Characters; 0 for the usual limit of its kind."""
    when: Condition | None = None
    item: str = ""
    """What is measured, the same in each wave that asks it: waves are compared by it."""
    occasion: Occasion = Occasion.NOW
    is_cut: bool = False
    """Results may be shown by its answers. For a choice of one."""
    other_words: Mapping[str, str] = field(default_factory=dict)
    """Other words for an audience, by its name."""

    def words_for(self, audience: str) -> str:
        return self.other_words.get(audience) or self.words

    @property
    def longest(self) -> int:
        return self.max_length or (LONGEST_SHORT if self.kind == Kind.SHORT else LONGEST)

    def option(self, code: str) -> Option | None:
        return next((option for option in self.options if option.code == code), None)

    def score(self, value: str) -> float | None:
        """What one given value counts in a mean."""
        if self.kind == Kind.SCALE:
            option = self.option(value)
            return None if option is None or option.score is None else float(option.score)
        return as_number(value) if self.kind in {Kind.SCORE, Kind.NUMBER} else None


@dataclass(frozen=True, kw_only=True)
class Section:
    """One page."""

    code: str
    title: str
    intro: str = ""
    when: Condition | None = None
    questions: tuple[Question, ...] = ()

    def asked(self, answers: Answers) -> list[Question]:
        """The questions of this page that are asked, given the answers of earlier ones."""
        if self.when is not None and not self.when.holds(answers):
            return []
        return [each for each in self.questions if each.when is None or each.when.holds(answers)]


@dataclass(frozen=True, kw_only=True)
class Definition:
    sections: tuple[Section, ...] = ()
    closing: str = ""
    """What happens next, for whoever has answered."""

    @cached_property
    def by_code(self) -> dict[str, Question]:
        return {each.code: each for each in self.questions()}

    def questions(self) -> Iterator[Question]:
        for section in self.sections:
            yield from section.questions

    def pages(self, answers: Answers) -> list[tuple[Section, list[Question]]]:
        """The pages that whoever gave these answers goes through, each with its questions."""
        kept = self.kept(answers)
        laid = ((section, section.asked(kept)) for section in self.sections)
        return [(section, questions) for section, questions in laid if questions]

    def kept(self, answers: Answers) -> dict[str, tuple[str, ...]]:
        """The answers without those to questions that are not asked, now that earlier ones are
        what they are.
        """
        found: dict[str, tuple[str, ...]] = {}
        for section in self.sections:
            asked = section.asked(found)
            found |= {each.code: answers[each.code] for each in asked if answers.get(each.code)}
        return found

    def cuts(self) -> list[Question]:
        return [each for each in self.questions() if each.is_cut]

    def to_json(self) -> dict[str, Any]:
        """Without what is as usual, so that a version is easily read and compared."""
        lean: dict[str, Any] = _lean(asdict(self))
        return lean

    @classmethod
    def from_json(cls, stored: Mapping[str, Any]) -> Self:
        return cls(
            sections=tuple(_section(each) for each in stored.get("sections", ())),
            closing=stored.get("closing", ""),
        )


def as_number(text: str) -> float | None:
    try:
        return float(text)
    except ValueError:
        return None


def _section(stored: Mapping[str, Any]) -> Section:
    questions = tuple(_question(each) for each in stored.get("questions", ()))
    return Section(**{"title": "", **stored, "when": _condition(stored), "questions": questions})


def _question(stored: Mapping[str, Any]) -> Question:
    return Question(
        **{
            "words": "",
            **stored,
            "kind": Kind(stored["kind"]),
            "occasion": Occasion(stored.get("occasion", Occasion.NOW)),
            "options": tuple(Option(**{"words": "", **each}) for each in stored.get("options", ())),
            "when": _condition(stored),
        }
    )


def _condition(stored: Mapping[str, Any]) -> Condition | None:
    when = stored.get("when")
    if not when:
        return None
    return Condition(
        question=when["question"],
        test=Test(when["test"]),
        values=tuple(when.get("values", ())),
    )


def _lean(value: Any) -> Any:
    """Plain JSON, empty values left out."""
    if isinstance(value, dict):
        lean = {key: _lean(each) for key, each in value.items()}
        return {
            key: each
            for key, each in lean.items()
            if each is not False and each != [] and each not in (None, "") and each != {}
        }
    if isinstance(value, list | tuple):
        return [_lean(each) for each in value]
    return value
