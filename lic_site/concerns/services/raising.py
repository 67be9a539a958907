"""Raise a concern."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from lic_site.accounts.models import Person
from lic_site.concerns import codes, deadlines, enums
from lic_site.concerns.models import Concern, Contact, Exclusion
from lic_site.concerns.services.errors import (
    NotSignedIn,
    OwnReader,
    ReaderConcerned,
    ReaderGone,
)
from lic_site.concerns.services.shared import note_act, tell_raiser, tell_reader, today, write


@dataclass(frozen=True, kw_only=True)
class Told:
    """What somebody tells, in their own words."""

    about: str
    words: str
    happened_when: str = ""
    happened_where: str = ""
    who: str = ""
    hoped_for: str = ""
    reach: str = ""
    regarding: str = ""


@transaction.atomic
def raise_concern(
    *,
    told: Told,
    reader: Contact,
    concerned: Collection[Person],
    known: str,
    tell_by_mail: bool = False,
    code: str,
    nonce: str,
    by: Person | None,
    at: datetime,
) -> Concern:
    """Keep a concern and hand it to the reader whom the raiser chose. The same ``nonce`` twice is
    one concern.

    Unless ``known`` says that the raiser wants to be on record, ``by`` is forgotten: no row holds
    them, no event is recorded, and the reader is told with the next round. ``code`` is then the
    only way back; its digest alone is kept. Raises ReaderGone, ReaderConcerned, OwnReader,
    NotSignedIn.
    """
    raiser = by if known in enums.ON_RECORD else None
    if known in enums.ON_RECORD and raiser is None:
        raise NotSignedIn
    on = today(at)
    sent_once = codes.digest(nonce)
    if (sent := sent_before(sent_once)) is not None:
        return sent
    if not Contact.objects.live(on).filter(pk=reader.pk).exists():
        raise ReaderGone
    if reader.person_id in {person.pk for person in concerned}:
        raise ReaderConcerned
    if raiser is not None and reader.person_id == raiser.pk:
        raise OwnReader
    concern, is_new = Concern.objects.get_or_create(
        sent_once=sent_once,
        defaults={
            "about": enums.About(told.about),
            "known": enums.Known(known),
            "raiser": raiser,
            "tell_by_mail": tell_by_mail and raiser is not None,
            "reach": told.reach,
            "regarding": told.regarding,
            "happened_when": told.happened_when,
            "happened_where": told.happened_where,
            "who": told.who,
            "hoped_for": told.hoped_for,
            "reader": reader.person,
            "first_reader": reader.person,
            "sealed_code": None if raiser else codes.digest(code),
            "received_on": on,
            "acknowledge_by": deadlines.after(on, deadlines.ACKNOWLEDGE_WITHIN),
            "answer_by": deadlines.after(on, deadlines.ANSWER_WITHIN),
            "reader_told": raiser is not None,
        },
    )
    if is_new:
        write(concern, enums.Entry.SAID, on=on, text=told.words)
        Exclusion.objects.bulk_create(
            Exclusion(concern=concern, person=person) for person in concerned
        )
        tell_reader(concern, key="new", at=at)
    if is_new and raiser is not None:
        note_act("concern_raised", concern, by=raiser, at=at)
        tell_raiser("received", concern, key="", at=at)
    return concern


def sent_before(sent_once: str) -> Concern | None:
    """The concern that these very pages sent already."""
    return Concern.objects.filter(sent_once=sent_once).first()
