"""Verbs about many people at once: a few queries for a thousand of them, and each written down."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone

from lic_site.accounts import audit
from lic_site.accounts.models import (
    ContactAddress,
    ManagerRelation,
    Organisation,
    Person,
    RoleGrant,
)
from lic_site.accounts.services.people import change_employer
from lic_site.accounts.services.roles import OwnManager

BATCH = 1_000


@dataclass(frozen=True, kw_only=True)
class NewPerson:
    """Somebody to add. ``emails`` in small letters, the main one first, none of them anybody's."""

    given_name: str
    family_name: str
    emails: tuple[str, ...]
    job_title: str = ""
    grade_band: str = ""
    organisation: Organisation | None = None


@dataclass(frozen=True, kw_only=True)
class Managed:
    """Who manages whom; ``named_as`` is all that the person is shown."""

    person: Person
    manager: Person
    named_as: str


@transaction.atomic
def add_people(*, people: Sequence[NewPerson], by: Person | None, at: datetime) -> list[Person]:
    """Add people without accounts, in their order. Raises IntegrityError where an address became
    somebody's a moment ago.
    """
    added = Person.objects.bulk_create(
        [
            Person(
                given_name=each.given_name,
                family_name=each.family_name,
                job_title=each.job_title,
                grade_band=each.grade_band,
                organisation=each.organisation,
                created_at=at,
            )
            for each in people
        ],
        batch_size=BATCH,
    )
    ContactAddress.objects.bulk_create(
        [
            ContactAddress(person=person, email=email, is_primary=number == 0)
            for person, each in zip(added, people, strict=True)
            for number, email in enumerate(each.emails)
        ],
        batch_size=BATCH,
    )
    about = [(person, person) for person in added]
    audit.record_each("accounts.person_added", by=by, at=at, about=about)
    return added


@transaction.atomic
def change_people(
    *, changes: Mapping[Person, Mapping[str, Any]], by: Person | None, at: datetime
) -> None:
    """Correct job titles and grades, and employers: what somebody held for their earlier employer
    ends.
    """
    changed: defaultdict[tuple[str, ...], list[Person]] = defaultdict(list)
    held = _scoped(changes, at)
    for person, values in changes.items():
        details = {name: value for name, value in values.items() if name != "organisation"}
        moves = "organisation" in values
        if moves and person.pk in held:
            change_employer(person=person, organisation=values["organisation"], by=by, at=at)
        elif moves:
            details["organisation"] = values["organisation"]
        for name, value in details.items():
            setattr(person, name, value)
        if details:
            changed[tuple(sorted(details))].append(person)
    for names, people in changed.items():
        Person.objects.bulk_update(people, names, batch_size=BATCH)
        about = [(person, person) for person in people]
        verb = "accounts.details_changed"
        audit.record_each(verb, by=by, at=at, about=about, fields=names)


def _scoped(people: Mapping[Person, Any], at: datetime) -> set[int]:
    """Who of them holds a role for an organisation."""
    live = RoleGrant.objects.live(timezone.localdate(at)).exclude(organisation=None)
    return set(live.values_list("person_id", flat=True)) & {person.pk for person in people}


@transaction.atomic
def name_managers(*, managed: Sequence[Managed], by: Person | None, at: datetime) -> None:
    """From today each is managed by whom the list says; whoever was before is so no longer.

    Raises OwnManager.
    """
    if any(one.person.pk == one.manager.pk for one in managed):
        raise OwnManager
    today = timezone.localdate(at)
    current = _current([one.person.pk for one in managed])
    new = [
        one
        for one in managed
        if one.manager.pk not in {each.manager_id for each in current[one.person.pk]}
    ]
    ended = [relation for one in new for relation in current[one.person.pk]]
    for relation in ended:
        relation.ends_on = today
    ManagerRelation.objects.bulk_update(ended, ["ends_on"], batch_size=BATCH)
    about = [(relation, relation.person) for relation in ended]
    audit.record_each("accounts.management_ended", by=by, at=at, about=about)
    made = ManagerRelation.objects.bulk_create(
        [
            ManagerRelation(
                person=one.person, manager=one.manager, named_as=one.named_as, starts_on=today
            )
            for one in new
        ],
        batch_size=BATCH,
    )
    named = [(relation, relation.person) for relation in made]
    audit.record_each("accounts.manager_named", by=by, at=at, about=named)


def _current(people: Sequence[int]) -> defaultdict[int, list[ManagerRelation]]:
    """Each one's live relations, the people locked in one order."""
    found: defaultdict[int, list[ManagerRelation]] = defaultdict(list)
    for start in range(0, len(people), BATCH):
        some = people[start : start + BATCH]
        list(Person.objects.select_for_update().filter(pk__in=some).order_by("pk").values("pk"))
        rows = ManagerRelation.objects.filter(person__in=some, ends_on=None)
        for relation in rows.select_related("person"):
            found[relation.person_id].append(relation)
    return found
