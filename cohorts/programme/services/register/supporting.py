"""Who may need support, and that somebody asked how it goes."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from cohorts.programme.models import Enrolment, SupportContact
from cohorts.programme.services.register.standings import standing_of
from cohorts.programme.standing import Reason, Standing
from lic_site.accounts import audit
from lic_site.accounts.models import Person


@dataclass(frozen=True)
class MayNeedSupport:
    """Somebody of Staff College should ask this participant how it goes."""

    enrolment: Enrolment
    standing: Standing
    new: tuple[Reason, ...]
    """What came up since somebody last asked."""
    last_contact: SupportContact | None


def may_need_support(enrolments: Iterable[Enrolment], *, at: datetime) -> list[MayNeedSupport]:
    """Those of the participants who have a reason that came up since somebody last asked: the most
    reasons first, then the newest. Five queries.
    """
    return sorted(_found(enrolments, at), key=_urgency, reverse=True)


def _found(enrolments: Iterable[Enrolment], at: datetime) -> Iterator[MayNeedSupport]:
    places = list(enrolments)
    last: dict[int, SupportContact] = {}
    for contact in SupportContact.objects.filter(enrolment__in=places).order_by("at", "pk"):
        last[contact.enrolment_id] = contact
    standings = standing_of(places, at=at)
    for place in places:
        contact_made = last.get(place.pk)
        standing = standings[place.pk]
        new = standing.new_reasons(contact_made.at if contact_made else None)
        if new:
            yield MayNeedSupport(place, standing, new, contact_made)


def _urgency(row: MayNeedSupport) -> tuple[int, datetime, int]:
    return len(row.new), row.new[0].since, -row.enrolment.pk


@transaction.atomic
def record_contact(
    *, enrolment: Enrolment, note: str = "", by: Person, at: datetime
) -> SupportContact:
    """Somebody asked how it goes, and what came of it. The person comes off the list until
    something new happens.
    """
    contact = SupportContact.objects.create(enrolment=enrolment, note=note.strip(), by=by, at=at)
    audit.record(
        "programme.support_contact_recorded",
        by=by,
        at=at,
        thing=enrolment,
        subject=enrolment.person,
        fields=["note"] if note.strip() else [],
    )
    return contact
