"""Who may do and see what. Deny by default; the only rooms that ask about roles are called
``policies``.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Protocol

from django.conf import settings
from django.db.models import Q
from django.utils import timezone
from django.utils.module_loading import import_string

from lic_site.accounts.models import Person


@dataclass(frozen=True)
class Holding:
    """One role a person holds on a day. ``scope`` is the id of what it is held for, None for
    all.
    """

    role: str
    scope: int | None = None


class RoleSource(Protocol):
    """What an app in ``ROLE_SOURCES`` offers: the derived roles of a person on a day."""

    def __call__(self, person: Person, on: date) -> Iterable[Holding]: ...


@cache
def _sources() -> list[RoleSource]:
    return [import_string(path) for path in settings.ROLE_SOURCES]


def holdings(person: Person | None, on: date | None = None) -> frozenset[Holding]:
    """Every role the person holds on the day (today in London if not given), granted and
    derived.
    """
    if person is None or person.erased_at:
        return frozenset()
    on = on or timezone.localdate()
    known: dict[date, frozenset[Holding]] = person.__dict__.setdefault("_holdings", {})
    if on not in known:
        grants = person.grants.filter(Q(starts_on__lte=on) & Q(ends_on__gte=on))
        held = {Holding(grant.role, grant.organisation_id) for grant in grants}
        for source in _sources():
            held.update(source(person, on))
        known[on] = frozenset(held)
    return known[on]


def holds(person: Person | None, *roles: str, on: date | None = None) -> bool:
    """Whether the person holds any of the roles, for whatever scope."""
    return any(holding.role in roles for holding in holdings(person, on))
