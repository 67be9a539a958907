"""What each app tells of the personal data it holds.

An app's ``privacy.py`` has one ``PERSONAL_DATA = PersonalData(...)``, listed in
``settings.PERSONAL_DATA``.
'Your data', erasure and the retention schedule are drawn from these declarations. Every model of
ours is named in one of them, held or impersonal. Persons are ``accounts.Person``; this floor does
not know them.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import Any

from django.apps import apps
from django.conf import settings
from django.db.models import Model, QuerySet
from django.utils.module_loading import import_string

type Row = Mapping[str, object]


def keep(_at: datetime) -> int:
    """The retention of rows that are kept until the person is erased."""
    return 0


def bring_together(_kept: Any, _duplicate: Any) -> None:
    """The merging of rows of which a person may have any number."""


@dataclass(frozen=True, kw_only=True)
class Held:
    """One model that holds personal data."""

    model: str
    """``app_label.Model``."""
    title: str
    """What the person reads above these rows on 'your data': 'Your applications'."""
    fields: tuple[str, ...]
    """The names of the fields that hold personal data, the key to the person included."""
    of: Callable[[Any], QuerySet[Any]]
    """The rows about this person."""
    erase: Callable[[Any, datetime], None]
    """Take the person out of these rows (delete, or pseudonymise where totals must stay true).
    Idempotent: it is applied again after a restore. Runs inside the erasing transaction.
    """
    kept_for: str
    """How long it is kept, as a sentence for the person."""
    retain: Callable[[datetime], int] = keep
    """Delete or pseudonymise what is past its time at this moment; returns how many rows."""
    merge: Callable[[Any, Any], None] = bring_together
    """Two records of one person, the one to keep and its duplicate, are about to become one: drop
    the duplicate's rows where a person may have only one and the other record has it.
    """
    export: Callable[[Any], Iterable[Row]] | None = None
    """The rows as label → value for the person's own download; by default ``fields`` of ``of``.
    A private note of somebody else's, or a reader's score, is left out here.
    """

    def rows(self, person: Any) -> list[Row]:
        """What the person's page and download show."""
        if self.export is not None:
            return list(self.export(person))
        return [labelled(row, self.fields) for row in self.of(person)]


@dataclass(frozen=True)
class PersonalData:
    """One app's declaration."""

    held: tuple[Held, ...] = ()
    impersonal: tuple[str, ...] = ()
    """``app_label.Model`` of each model of the app that says nothing about anybody."""


def labelled(row: Model, fields: Iterable[str]) -> Row:
    """The named fields of a record under the names that people read, choices in words."""
    values: dict[str, object] = {}
    for name in fields:
        label = str(getattr(row._meta.get_field(name), "verbose_name", name)).capitalize()
        display = getattr(row, f"get_{name}_display", None)
        values[label] = display() if display else getattr(row, name)
    return values


@cache
def declarations() -> tuple[PersonalData, ...]:
    """Every app's declaration, in the order of ``settings.PERSONAL_DATA``."""
    return tuple(import_string(path) for path in settings.PERSONAL_DATA)


def undeclared(ours: tuple[str, ...] = ("lic_site.", "cohorts.", "cms")) -> set[str]:
    """Labels of our models that no app declares: the repository's test wants none."""
    named = {
        label.lower()
        for declaration in declarations()
        for label in (*(held.model for held in declaration.held), *declaration.impersonal)
    }
    return {
        model._meta.label
        for model in apps.get_models()
        if model.__module__.startswith(ours) and model._meta.label_lower not in named
    }
