"""Turning optional messages off, and on again, with nothing but the link in one of them."""

from datetime import datetime, timedelta

from django.core import signing

from lic_site.accounts.models import Person
from lic_site.common import tokens
from lic_site.common.errors import Refusal
from lic_site.notices.models import NoticePreference
from lic_site.notices.services import preferences

UNDO_FOR = timedelta(days=7)
_SALT = "notices.undo"


class TooLateToUndo(Refusal):
    """This can be undone for seven days. Sign in and open ‘Your messages’ to have them back."""


def holder(kind: str, token: str) -> Person | None:
    """Whose messages of the kind the link stops: whoever their record has become part of since.
    None for a link that we did not make, or of somebody who was erased.
    """
    opened = tokens.read(f"unsubscribe:{kind}", token)
    person = Person.objects.filter(pk=opened[0]).first() if opened else None
    while person is not None and person.merged_into is not None:
        person = person.merged_into
    return person if person is not None and person.erased_at is None else None


def stopped(*, person: Person, kind: str, at: datetime) -> tuple[bool, str]:
    """Whether all that the link stops is off, and what to hand back to ``undo``: nothing when it
    can be undone no more. Raises NotOptional.
    """
    names = preferences.stopped_with(kind)
    off = dict(
        NoticePreference.objects.filter(person=person, kind__in=names).values_list(
            "kind", "turned_off_at"
        )
    )
    if not off or len(off) < len(names):
        return False, ""
    last = max(off.values())
    if at - last > UNDO_FOR:
        return True, ""
    together = sorted(name for name, turned_off_at in off.items() if turned_off_at == last)
    return True, signing.dumps([person.pk, together, last.isoformat()], salt=_SALT)


def undo(*, person: Person, token: str, at: datetime) -> None:
    """Send again what was turned off together. Raises TooLateToUndo, also for a token that we did
    not make for this person.
    """
    try:
        pk, names, turned_off_at = signing.loads(token, salt=_SALT)
    except signing.BadSignature:
        raise TooLateToUndo from None
    if pk != person.pk or at - datetime.fromisoformat(turned_off_at) > UNDO_FOR:
        raise TooLateToUndo
    preferences.turn_on(person=person, names=names, by=person, at=at)
