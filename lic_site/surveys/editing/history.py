"""What was published once: codes that no other thing may get, and words that people answered."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from lic_site.surveys.definition import Definition


@dataclass(frozen=True)
class Used:
    """Over all published versions."""

    sections: frozenset[str] = frozenset()
    questions: frozenset[str] = frozenset()
    options: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    """By question: the words that each option had last, by its code."""

    def options_of(self, question: str) -> Mapping[str, str]:
        return self.options.get(question, {})


def used_in(definitions: Iterable[Definition]) -> Used:
    """``definitions``: the oldest first."""
    sections: set[str] = set()
    questions: set[str] = set()
    options: dict[str, dict[str, str]] = {}
    for definition in definitions:
        sections |= {each.code for each in definition.sections}
        for question in definition.questions():
            questions.add(question.code)
            words = {each.code: each.words for each in question.options}
            options.setdefault(question.code, {}).update(words)
    return Used(frozenset(sections), frozenset(questions), options)
