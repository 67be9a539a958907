"""Everything held on one person: laid out for their page, and packed for them to take away."""

import io
import json
import zipfile
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Q, QuerySet
from django.template.loader import render_to_string
from django.utils import timezone

from lic_site.accounts.enums import DerivedRole, Role
from lic_site.accounts.models import AuditEvent, Person
from lic_site.accounts.policies import holdings
from lic_site.common.personal_data import declarations
from lic_site.common.templatetags.site import when


@dataclass(frozen=True)
class Section:
    """One kind of record: what it is, how long it is kept, and each row as facts in words."""

    title: str
    kept_for: str
    rows: list[list[dict[str, str]]]


@dataclass(frozen=True)
class Look:
    """Something done with, or seen of, a person's records. ``who`` is a role, never a name."""

    at: datetime
    what: str
    who: str


def sections(person: Person) -> list[Section]:
    """Everything each app holds about the person, in words."""
    return [
        Section(
            held.title,
            held.kept_for,
            [
                [{"key": key, "value": in_words(value)} for key, value in row.items()]
                for row in held.rows(person)
            ],
        )
        for declaration in declarations()
        for held in declaration.held
    ]


def in_words(value: object) -> str:
    """A stored value as a person reads it."""
    if isinstance(value, bool):
        return "Yes" if value else "No"
    if value is None or value == "":
        return "Not given"
    if isinstance(value, (list, tuple)):
        return ", ".join(in_words(item) for item in value)
    return when(value) if isinstance(value, (datetime, date)) else str(value)


def looks(person: Person, events: Iterable[AuditEvent]) -> list[Look]:
    """The events in words, each with the role of whoever acted at the time."""
    events = list(events)
    ids = {event.actor_id for event in events if event.actor_id}
    actors = Person.objects.prefetch_related("grants").in_bulk(ids - {person.pk})
    return [
        Look(
            event.at,
            event.verb.partition(".")[2].replace("_", " ").capitalize(),
            _who(person, event, actors),
        )
        for event in events
    ]


def events_about(person: Person) -> QuerySet[AuditEvent]:
    """What was done with the person's records, those brought together with them included."""
    whole = Person.objects.filter(Q(pk=person.pk) | Q(merged_into=person)).order_by()
    return AuditEvent.objects.filter(subject_id__in=whole.values("pk"))


def events_for_staff(person: Person) -> QuerySet[AuditEvent]:
    """What staff see of that: who the person is and what they may do. Not that they began an
    application, asked for something in confidence, or told something for equality monitoring.
    """
    own = events_about(person).filter(verb__startswith="accounts.")
    return own.exclude(verb__startswith="accounts.equality_")


def archive(person: Person, *, at: datetime) -> bytes:
    """A zip with the same content twice: for reading (HTML) and for machines (JSON)."""
    held, seen = sections(person), looks(person, events_about(person))
    data = {
        "made_at": at.isoformat(),
        "records": [
            {
                "title": section.title,
                "kept_for": section.kept_for,
                "rows": [{fact["key"]: fact["value"] for fact in row} for row in section.rows],
            }
            for section in held
        ],
        "what_was_done": [
            {"at": look.at.isoformat(), "what": look.what, "who": look.who} for look in seen
        ],
    }
    page = render_to_string("accounts/archive.html", {"sections": held, "looks": seen, "at": at})
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as file:
        file.writestr("your-records.json", json.dumps(data, indent=2, ensure_ascii=False))
        file.writestr("your-records.html", page)
    return packed.getvalue()


_ROLES = dict(Role.choices) | dict(DerivedRole.choices)


def _who(person: Person, event: AuditEvent, actors: dict[int, Person]) -> str:
    if event.actor_id is None:
        return "The site itself"
    if event.actor_id == person.pk:
        return "You"
    actor = actors.get(event.actor_id)
    roles = _roles(actor, timezone.localdate(event.at)) if actor else set()
    return ", ".join(sorted(_ROLES[role] for role in roles)) or "Somebody who was allowed to"


def _roles(actor: Person, on: date) -> set[str]:
    """The granted ones, which are fetched; of somebody without any, those that follow."""
    if actor.erased_at:
        return set()
    granted = {grant.role for grant in actor.grants.all() if grant.holds(on)}
    return granted or {held.role for held in holdings(actor, on) if held.role in _SEES_OTHERS}


_SEES_OTHERS = {
    DerivedRole.READER,
    DerivedRole.FACILITATOR,
    DerivedRole.LINE_MANAGER,
    DerivedRole.CONCERN_CONTACT,
}
