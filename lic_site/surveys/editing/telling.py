"""A condition by the words of what it looks at."""

from dataclasses import dataclass

from lic_site.surveys.definition import Condition, Definition
from lic_site.surveys.enums import Test


@dataclass(frozen=True)
class Told:
    asked: str
    """The words of the question."""
    test: Test
    values: tuple[str, ...]
    """The words of answers, or a number."""


def tell(when: Condition, definition: Definition) -> Told | None:
    """None if the question is no longer there."""
    asked = definition.by_code.get(when.question)
    if asked is None:
        return None
    words = {each.code: each.words for each in asked.options}
    is_number = when.test in {Test.AT_LEAST, Test.AT_MOST}
    values = when.values if is_number else tuple(words.get(each, each) for each in when.values)
    return Told(asked.words, when.test, values)
