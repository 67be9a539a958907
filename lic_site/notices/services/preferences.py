"""What a person chooses about their messages: which they want, and how and when they come."""

from collections.abc import Iterable
from datetime import datetime, time

from django.db import transaction

from lic_site.accounts import audit
from lic_site.accounts.models import Person
from lic_site.common.errors import Refusal
from lic_site.notices.enums import Category
from lic_site.notices.models import DeliveryPreference, NoticePreference
from lic_site.notices.protocol import NoticeKind, kinds
from lic_site.notices.services import digests
from lic_site.notices.services.office import quiet_hours


class NotOptional(Refusal):
    """This message cannot be turned off: it is about something you need to do or know."""


class OnlyHalf(Refusal):
    """Say when your quiet hours begin and when they end."""


def optional_kinds() -> list[NoticeKind]:
    """The kinds a person may turn off, in the order of their titles."""
    optional = [
        kind
        for kind in kinds().values()
        if kind.category == Category.OPTIONAL and kind.name not in digests.NAMES
    ]
    return sorted(optional, key=lambda kind: kind.title)


def stopped_with(kind: str) -> list[str]:
    """Which kinds a link in this kind of message stops: this one, or all optional kinds if it is
    the news of the day. Raises NotOptional.
    """
    optional = [each.name for each in optional_kinds()]
    if kind == digests.DIGESTS[Category.OPTIONAL]:
        return optional
    if kind not in optional:
        raise NotOptional
    return [kind]


@transaction.atomic
def turn_off(*, person: Person, kind: str, by: Person | None, at: datetime) -> list[str]:
    """Send this person no more of an optional kind, or of any when it is the news of the day. Says
    which were on; doing so again changes nothing. Raises NotOptional.
    """
    names = stopped_with(kind)
    choices = NoticePreference.objects.filter(person=person, kind__in=names)
    before = set(choices.values_list("kind", flat=True))
    stopped = [name for name in names if name not in before]
    NoticePreference.objects.bulk_create(
        [NoticePreference(person=person, kind=name, turned_off_at=at) for name in stopped],
        ignore_conflicts=True,
    )
    if stopped:
        audit.record("notices.turned_off", by=by, at=at, subject=person)
    return stopped


@transaction.atomic
def turn_on(*, person: Person, names: Iterable[str], by: Person | None, at: datetime) -> int:
    """Send this person those optional kinds again. Says how many were off."""
    gone, _ = NoticePreference.objects.filter(person=person, kind__in=list(names)).delete()
    if gone:
        audit.record("notices.turned_on", by=by, at=at, subject=person)
    return gone


@transaction.atomic
def choose_pace(*, person: Person, once_a_day: bool, by: Person, at: datetime) -> bool:
    """Have what can wait singly or once a day. What already waited for the day's digest goes
    singly when it is given up. Says whether that changed anything.
    """
    choice, _ = DeliveryPreference.objects.get_or_create(person=person, defaults={"changed_at": at})
    changed = DeliveryPreference.objects.filter(pk=choice.pk, once_a_day=not once_a_day).update(
        once_a_day=once_a_day, changed_at=at
    )
    if changed:
        _told(person, by=by, at=at, field="once_a_day")
    if not once_a_day:
        digests.dissolve(person=person, at=at)
    return bool(changed)


@transaction.atomic
def choose_quiet_hours(
    *, person: Person, begins: time | None, ends: time | None, by: Person, at: datetime
) -> bool:
    """Have quiet hours of one's own; without times, the office's. Says whether that changed
    anything. Raises OnlyHalf, QuietAllDay, QuietTooLong.
    """
    if (begins is None) is not (ends is None):
        raise OnlyHalf
    if begins is not None and ends is not None:
        quiet_hours(begins, ends)
    choice, _ = DeliveryPreference.objects.get_or_create(person=person, defaults={"changed_at": at})
    if (choice.quiet_from, choice.quiet_until) == (begins, ends):
        return False
    choice.quiet_from, choice.quiet_until, choice.changed_at = begins, ends, at
    choice.save(update_fields=["quiet_from", "quiet_until", "changed_at"])
    _told(person, by=by, at=at, field="quiet_hours")
    return True


def _told(person: Person, *, by: Person, at: datetime, field: str) -> None:
    audit.record(
        "notices.preferences_changed", by=by, at=at, thing=person, subject=person, fields=[field]
    )
