"""What a person chooses about optional messages."""

from datetime import datetime

from django.db import transaction

from lic_site.accounts import audit
from lic_site.accounts.models import Person
from lic_site.common.errors import Refusal
from lic_site.notices.enums import Category
from lic_site.notices.models import NoticePreference
from lic_site.notices.protocol import NoticeKind, kinds


class NotOptional(Refusal):
    """This message cannot be turned off: it is about something you need to do or know."""


def optional_kinds() -> list[NoticeKind]:
    """The kinds a person may turn off, in the order of their titles."""
    optional = [kind for kind in kinds().values() if kind.category == Category.OPTIONAL]
    return sorted(optional, key=lambda kind: kind.title)


@transaction.atomic
def turn_off(*, person: Person, kind: str, by: Person | None, at: datetime) -> None:
    """Send this person no more of an optional kind. Doing so again changes nothing. Raises
    NotOptional.
    """
    if kind not in {each.name for each in optional_kinds()}:
        raise NotOptional
    _, new = NoticePreference.objects.get_or_create(
        person=person, kind=kind, defaults={"turned_off_at": at}
    )
    if new:
        audit.record("notices.turned_off", by=by, at=at, subject=person)


@transaction.atomic
def turn_on(*, person: Person, kind: str, by: Person | None, at: datetime) -> None:
    """Send this person that optional kind again."""
    gone, _ = NoticePreference.objects.filter(person=person, kind=kind).delete()
    if gone:
        audit.record("notices.turned_on", by=by, at=at, subject=person)
