"""What an app tells of each kind of spreadsheet it takes in."""

import hashlib
import json
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import Any, Protocol

from django.conf import settings
from django.utils.module_loading import import_string

from lic_site.common.enums import Outcome
from lic_site.common.spreadsheets import Column, Row


@dataclass(frozen=True)
class Finding:
    """Something to say of one cell: which row, under which title, and a sentence."""

    row: int
    column: str
    words: str


@dataclass(frozen=True)
class Plan:
    """What bringing a sheet in would do, worked out without writing."""

    outcomes: Mapping[int, Outcome]
    """By the row's number."""
    problems: Sequence[Finding] = ()
    changes: Sequence[Finding] = ()
    """What differs between the sheet and the records that it finds."""
    work: Any = None
    """What ``write`` needs; of no concern to anybody else."""

    @property
    def counts(self) -> dict[str, int]:
        """Rows by outcome."""
        found = Counter(self.outcomes.values())
        return {outcome.value: found[outcome] for outcome in Outcome}

    def fingerprint(self) -> str:
        """Equal for two plans that a person would read alike."""
        said = [
            sorted((number, outcome.value) for number, outcome in self.outcomes.items()),
            [(one.row, one.column, one.words) for one in self.problems],
            [(one.row, one.column, one.words) for one in self.changes],
        ]
        return hashlib.sha256(json.dumps(said).encode()).hexdigest()


@dataclass(frozen=True)
class Written:
    """What was brought in: one sentence, and the page where it can be seen."""

    message: str
    path: str


class Importer(Protocol):
    """One kind of spreadsheet. ``plan`` reads and never writes; ``write`` does exactly what the
    plan says, through verbs, and sends nothing to anybody.
    """

    name: str
    """In addresses: ``people``."""
    title: str
    """What staff call it: 'People'."""
    about: str
    """One sentence: what is in such a sheet."""
    columns: tuple[Column, ...]
    can_update: bool
    """Whether what is already known can be brought up to the sheet, where somebody asks for it."""

    def plan(self, rows: Sequence[Row], *, at: datetime) -> Plan:
        """What these rows would do: a few queries for a thousand of them."""
        ...

    def write(self, plan: Plan, *, is_update: bool, by: Any, at: datetime) -> Written:
        """Bring a plan without problems in, inside the caller's transaction. Raises a Refusal, or
        IntegrityError where somebody else was quicker.
        """
        ...


@cache
def importers() -> dict[str, Importer]:
    """Every importer by its name, in the order of ``settings.IMPORTERS``."""
    found = [import_string(path) for path in settings.IMPORTERS]
    return {importer.name: importer for importer in found}
