"""Who may do and see what. Deny by default; the only rooms that ask about roles are called
``policies``.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Any, Protocol

from django.conf import settings
from django.db.models import Model, Q, QuerySet
from django.utils import timezone
from django.utils.module_loading import import_string

from lic_site.accounts.enums import DerivedRole, Role
from lic_site.accounts.models import (
    Borough,
    ContactAddress,
    ManagerRelation,
    Organisation,
    Person,
    RoleGrant,
    SubRegion,
)


@dataclass(frozen=True)
class Holding:
    """One role a person holds on a day. ``scope`` is the id of what it is held for, None for
    all.
    """

    role: str
    scope: int | None = None


type Roles = QuerySet[Any, tuple[str, int | None]]
"""Rows of a role and its scope, as a ``Holding`` has them."""


class RoleSource(Protocol):
    """What an app in ``ROLE_SOURCES`` offers: the derived roles of a person on a day, as rows that
    are read together with those of the other apps.
    """

    def __call__(self, person: Person, on: date) -> Iterable[Roles]: ...


@cache
def _sources() -> list[RoleSource]:
    return [import_string(path) for path in settings.ROLE_SOURCES]


def holdings(person: Person | None, on: date | None = None) -> frozenset[Holding]:
    """Every role the person holds on the day (today in London if not given), granted and
    derived. One query; what was asked before, of this very object, is not asked again.
    """
    if person is None or person.erased_at:
        return frozenset()
    day = on or timezone.localdate()
    known: dict[date, frozenset[Holding]] = person.__dict__.setdefault("_holdings", {})
    if day not in known:
        known[day] = frozenset(Holding(role, scope) for role, scope in _roles(person, day))
    return known[day]


def holds(person: Person | None, *roles: str, on: date | None = None) -> bool:
    """Whether the person holds any of the roles, for whatever scope."""
    return any(held.role in roles for held in holdings(person, on))


def _roles(person: Person, on: date) -> Roles:
    granted = person.grants.live(on).order_by().values_list("role", "organisation_id")
    derived = (rows.order_by() for source in _sources() for rows in source(person, on))
    return granted.union(*derived).order_by()


PEOPLE_STAFF = (Role.COLLEGE_ADMIN, Role.PROGRAMME_LEAD)
EDITORIAL = (Role.EDITOR, *PEOPLE_STAFF)
FIGURES = (Role.PROGRAMME_LEAD, Role.ANALYST)


def _is_own(person: Person, thing: Model) -> bool:
    owner = thing.pk if isinstance(thing, Person) else getattr(thing, "person_id", None)
    return owner == person.pk


_RULES: dict[str, Callable[[Person, Any], bool]] = {
    "search_people": lambda person, _: holds(person, *PEOPLE_STAFF),
    "see_person": lambda person, thing: _is_own(person, thing) or holds(person, *PEOPLE_STAFF),
    "change_details": _is_own,
    "grant_role": lambda person, thing: (
        holds(person, *PEOPLE_STAFF) and (thing is None or not _is_own(person, thing))
    ),
    "end_grant": lambda person, thing: holds(person, *PEOPLE_STAFF) and not _is_own(person, thing),
    "merge_people": lambda person, _: holds(person, *PEOPLE_STAFF),
    "record_manager": lambda person, _: holds(person, *PEOPLE_STAFF),
    "answer_equality": _is_own,
    "see_equality_figures": lambda person, _: holds(person, *FIGURES),
    "use_editor": lambda person, _: holds(person, *EDITORIAL),
}


def can(person: Person | None, verb: str, thing: Any = None) -> bool:
    """Whether the person may do this in ``accounts``, to this thing where one is meant."""
    rule = _RULES.get(verb)
    return bool(rule and person and not person.erased_at and rule(person, thing))


def visible[Rows: QuerySet[Any]](person: Person | None, queryset: Rows) -> Rows:
    """Those of the rows that the person may see, one by one. Figures are another matter."""
    model: type[Model] = queryset.model
    if model in {SubRegion, Borough, Organisation}:
        return queryset
    if person is None or person.erased_at or model not in _OWN:
        return queryset.none()
    if model is Person:
        queryset = queryset.filter(erased_at=None, merged_into=None)
    if model in _OPEN_TO_STAFF and holds(person, *PEOPLE_STAFF):
        return queryset
    return queryset.filter(_OWN[model](person))


_OWN: dict[type[Model], Callable[[Person], Q]] = {
    Person: lambda person: Q(pk=person.pk),
    ContactAddress: lambda person: Q(person=person),
    RoleGrant: lambda person: Q(person=person),
    ManagerRelation: lambda person: Q(person=person) | Q(manager=person),
}
_OPEN_TO_STAFF = {Person, RoleGrant, ManagerRelation}


def needs_second_factor(person: Person | None) -> bool:
    """Whether the person sees other people's records: granted roles, readers of applications and of
    concerns, and facilitators, to whom a register gives the names of those who take part.
    """
    derived = (DerivedRole.READER, DerivedRole.FACILITATOR, DerivedRole.CONCERN_CONTACT)
    return holds(person, *Role, *derived)


WHO_SEES = {
    "details": "You, and the Staff College admins and programme lead who run the programme.",
    "employer": "You, and the Staff College admins and programme lead who run the programme.",
    "addresses": "Only you. Staff can write to you without seeing where it goes.",
    "equality": (
        "Only you. Nobody who reads or decides about applications can see it. Staff see counts "
        "for the whole programme, never fewer than five people together."
    ),
    "manager": (
        "You, your line manager, and the Staff College admins and programme lead who run the "
        "programme."
    ),
    "record": "Only you.",
}
"""One sentence for beside each answer: what the rules above come to, in words for the person."""
