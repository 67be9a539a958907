"""What upper floors tell of the things people are asked about: a session, a cohort, a pairing.

Settings list the implementations in ``SURVEY_SUBJECTS``. Only a subject knows who took part in it,
who may read its results, and what happens when its date moves.
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import Protocol

from django.conf import settings
from django.db.models import QuerySet
from django.utils.module_loading import import_string

from lic_site.accounts.models import Person


@dataclass(frozen=True)
class About:
    """One thing that is asked about."""

    pk: int
    words: str
    """What whoever is asked calls it: 'Finding your voice, 9 March 2027'."""
    group: int | None = None
    """What waves about it belong to, so that they can be laid side by side: a cohort's id."""
    group_words: str = ""
    href: str = ""
    """Its page for staff."""


@dataclass(frozen=True)
class Anchored:
    """That a thing has this moment (UTC) for an anchor."""

    pk: int
    at: datetime


class Subject(Protocol):
    """One sort of thing that people are asked about."""

    name: str
    """Letters alone, such as ``session``."""
    title: str
    """What staff call one: 'A session'."""
    anchors: Mapping[str, str]
    """What days may be counted from, by name: ``{"ends": "it ends"}``."""
    audiences: Mapping[str, str]
    """Who may be asked, by name: ``{"attended": "Everybody who came"}``."""

    def find(self, pks: Collection[int]) -> Mapping[int, About]:
        """Those that still exist and take place, in one query or two."""
        ...

    def choices(self) -> Iterable[About]:
        """Those for which staff may plan a survey by hand, what is near in time first."""
        ...

    def anchored(self, anchor: str, after: datetime, until: datetime) -> Iterable[Anchored]:
        """The things whose anchor lies in (after, until]."""
        ...

    def anchor(self, pk: int, anchor: str) -> datetime | None:
        """Where one thing's anchor lies now; None when it has gone or takes place no more."""
        ...

    def audience(self, pk: int, name: str) -> QuerySet[Person]:
        """Who is to be asked, as things stand when a wave opens."""
        ...

    def read_by(self, person: Person) -> Collection[int]:
        """The things of which this person may read results that were shared: those they took part
        in, or led.
        """
        ...

    def companions(self, pk: int, person: Person) -> Mapping[str, Person]:
        """With whom the person may share an answer of their own, by what each is to them:
        ``{"Your line manager": …}``.
        """
        ...


SAYS = ("name", "title", "anchors", "audiences")
ANSWERS = ("find", "choices", "anchored", "anchor", "audience", "read_by", "companions")


@cache
def subjects() -> dict[str, Subject]:
    """Every sort of thing by its name."""
    return {each.name: each for path in settings.SURVEY_SUBJECTS for each in import_string(path)}
