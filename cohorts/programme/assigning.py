"""Who reads what, on plain values: two readers an application, hard rules never broken, loads even.

The same applications and readers always give the same answer.
"""

import re
import unicodedata
from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from cohorts.programme.selection import READINGS_WANTED


class Bar(StrEnum):
    """Why a reader may not read an application. A template says each in words."""

    APPLICANT = "applicant"
    COLLEAGUE = "colleague"
    LINE_MANAGER = "line_manager"
    EXCLUDED = "excluded"
    MAYBE_EXCLUDED = "maybe_excluded"
    STEPPED_ASIDE = "stepped_aside"


@dataclass(frozen=True)
class Reader:
    key: int
    employer: int | None = None
    name: str = ""
    emails: frozenset[str] = frozenset()
    """Folded to lower case."""
    load: int = 0
    """Applications they already have."""


@dataclass(frozen=True)
class ToRead:
    key: int
    employers: frozenset[int] = frozenset()
    managers: frozenset[int] = frozenset()
    """Readers who manage the applicant, are managed by them, or were asked for support."""
    excluded: tuple[tuple[str, str], ...] = ()
    """(name, e-mail) of those who must not read it."""
    readers: frozenset[int] = frozenset()
    """Who has it already."""
    recused: frozenset[int] = frozenset()

    @property
    def wanted(self) -> int:
        return max(0, READINGS_WANTED - len(self.readers))


@dataclass(frozen=True)
class Assignment:
    pairs: list[tuple[int, int]]
    """(application, reader), by application."""
    short: Mapping[int, Counter[Bar]] = field(default_factory=dict)
    """Applications that could not get two readers: how many readers each reason keeps away."""


def name_words(name: str) -> frozenset[str]:
    """The words of a name without case, accents, order or punctuation."""
    letters = unicodedata.normalize("NFKD", name.casefold())
    plain = "".join(letter for letter in letters if not unicodedata.combining(letter))
    return frozenset(re.findall(r"[^\W\d_]+", plain))


def excludes(excluded: Iterable[tuple[str, str]], reader: Reader) -> Bar | None:
    """Whether the applicant named this reader: for certain by e-mail or whole name, or perhaps,
    by a part of the name.
    """
    words = name_words(reader.name)
    perhaps = None
    for name, email in excluded:
        named = name_words(name)
        if email.strip().casefold() in reader.emails or (named and named == words):
            return Bar.EXCLUDED
        if named & words:
            perhaps = Bar.MAYBE_EXCLUDED
    return perhaps


def bar(application: ToRead, reader: Reader, applicants: Collection[int]) -> Bar | None:
    """The first reason why this reader may not read this application, or None."""
    if reader.key in applicants:
        return Bar.APPLICANT
    if reader.employer is not None and reader.employer in application.employers:
        return Bar.COLLEAGUE
    if reader.key in application.managers:
        return Bar.LINE_MANAGER
    if reader.key in application.recused:
        return Bar.STEPPED_ASIDE
    return excludes(application.excluded, reader)


def assign(
    applications: Collection[ToRead], readers: Collection[Reader], applicants: Collection[int]
) -> Assignment:
    """Give each application the readers it still wants, the least laden first.

    ``applicants``: everyone who applied in this cohort; they read nothing in it. Applications with
    the fewest possible readers are served first; then readings move from the most laden to the
    least where the rules allow.
    """
    bars = {
        application.key: {reader.key: bar(application, reader, applicants) for reader in readers}
        for application in applications
    }
    may = {
        application.key: {
            key
            for key, why in bars[application.key].items()
            if why is None and key not in application.readers
        }
        for application in applications
    }
    loads = {reader.key: reader.load for reader in readers}
    given: dict[int, set[int]] = {application.key: set() for application in applications}
    for application in sorted(applications, key=lambda each: (len(may[each.key]), each.key)):
        for _ in range(min(application.wanted, len(may[application.key]))):
            free = may[application.key] - given[application.key]
            reader = min(free, key=lambda key: (loads[key], key))
            given[application.key].add(reader)
            loads[reader] += 1
    _level(given, may, loads)
    return Assignment(
        pairs=sorted((key, reader) for key, chosen in given.items() for reader in chosen),
        short={
            application.key: Counter(filter(None, bars[application.key].values()))
            for application in applications
            if len(given[application.key]) < application.wanted
        },
    )


def _level(given: dict[int, set[int]], may: Mapping[int, set[int]], loads: dict[int, int]) -> None:
    """Move single readings to somebody who has at least two fewer, until there is none to move.

    Each move lowers the sum of squared loads, so it ends.
    """
    moved = True
    while moved:
        moved = False
        for key in sorted(given):
            for reader in sorted(given[key], key=lambda one: (-loads[one], one)):
                others = may[key] - given[key]
                if not others:
                    break
                lighter = min(others, key=lambda one: (loads[one], one))
                if loads[reader] - loads[lighter] >= 2:
                    given[key].remove(reader)
                    given[key].add(lighter)
                    loads[reader] -= 1
                    loads[lighter] += 1
                    moved = True
                    break
