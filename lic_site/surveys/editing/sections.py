"""Sections, each of which is a page, and what is said at the end."""

from collections.abc import Collection
from dataclasses import replace

from lic_site.surveys.definition import Condition, Definition, Section
from lic_site.surveys.editing.codes import code_from
from lic_site.surveys.editing.finding import must_not_be_used, section_at


def add_section(
    definition: Definition, *, title: str, intro: str = "", used: Collection[str] = ()
) -> Definition:
    """With one more page, the last. ``used``: section codes of published versions."""
    taken = {each.code for each in definition.sections} | set(used)
    code = code_from(title, taken, otherwise="page")
    added = Section(code=code, title=title, intro=intro)
    return replace(definition, sections=(*definition.sections, added))


def change_section(definition: Definition, code: str, *, title: str, intro: str) -> Definition:
    return _put(definition, section_at(definition, code), title=title, intro=intro)


def set_section_condition(definition: Definition, code: str, when: Condition | None) -> Definition:
    return _put(definition, section_at(definition, code), when=when)


def move_section(definition: Definition, code: str, by: int) -> Definition:
    """One page up (-1) or down (1); the first stays the first, the last the last."""
    index = section_at(definition, code)
    other = index + by
    if not 0 <= other < len(definition.sections):
        return definition
    sections = list(definition.sections)
    sections[index], sections[other] = sections[other], sections[index]
    return replace(definition, sections=tuple(sections))


def remove_section(definition: Definition, code: str) -> Definition:
    """Without the page and its questions. Raises CannotChange where another page depends on it."""
    section = definition.sections[section_at(definition, code)]
    must_not_be_used(
        definition,
        {each.code for each in section.questions},
        what="a question on this page",
        beside=lambda each: each.code == code,
    )
    kept = tuple(each for each in definition.sections if each.code != code)
    return replace(definition, sections=kept)


def set_closing(definition: Definition, words: str) -> Definition:
    return replace(definition, closing=words)


def _put(definition: Definition, index: int, **changes: object) -> Definition:
    sections = list(definition.sections)
    sections[index] = replace(sections[index], **changes)  # type: ignore[arg-type]
    return replace(definition, sections=tuple(sections))
