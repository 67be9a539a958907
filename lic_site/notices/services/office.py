"""What the office chose for every message."""

from datetime import datetime, time
from typing import Any

from django.conf import settings
from django.db import transaction

from lic_site.accounts import audit
from lic_site.accounts.models import Person
from lic_site.common.errors import Refusal
from lic_site.notices import policies
from lic_site.notices.addresses import address_of
from lic_site.notices.models import DeliveryPreference, MessageSettings
from lic_site.notices.quiet import Endless, QuietHours, TooLong


class QuietAllDay(Refusal):
    """Quiet hours cannot begin and end at the same time. Choose another time for one of them."""

    field = "quiet_until"


class QuietTooLong(Refusal):
    """Quiet hours can last up to 18 hours, so that messages arrive on the day. Choose a shorter
    time.
    """

    field = "quiet_until"


class DigestInQuietHours(Refusal):
    """The time of the daily messages lies in quiet hours, so they would come the morning after.
    Choose a time outside them.
    """

    field = "digest_at"


class NobodyToReplyTo(Refusal):
    """Replies can reach only somebody who holds a staff role today and has a confirmed e-mail
    address. Choose somebody else, or give them the role first.
    """

    field = "reply_to"


def office() -> MessageSettings:
    """The office's choices; the ones the site comes with until it made any."""
    chosen = MessageSettings.objects.select_related("reply_to").filter(pk=1).first()
    return chosen or MessageSettings(pk=1)


def quiet_hours(begins: time, ends: time) -> QuietHours:
    """Raises QuietAllDay, QuietTooLong."""
    try:
        return QuietHours(begins, ends)
    except Endless:
        raise QuietAllDay from None
    except TooLong:
        raise QuietTooLong from None


def quiet_hours_of(person: Person, chosen: MessageSettings) -> QuietHours | None:
    """The person's own, else the office's; None while they are off for the whole site. Read the
    person with ``delivery_preference``.
    """
    if not settings.NOTICE_QUIET_HOURS:
        return None
    own = preference_of(person)
    if own is not None and own.quiet_from is not None and own.quiet_until is not None:
        return QuietHours(own.quiet_from, own.quiet_until)
    return QuietHours(chosen.quiet_from, chosen.quiet_until)


def preference_of(person: Person) -> DeliveryPreference | None:
    """How the person wants their messages, if they ever said."""
    return getattr(person, "delivery_preference", None)


def reply_address(person: Person | None) -> str:
    """Where a reply reaches this person; empty for somebody who may not get any, or has no
    confirmed address that works. Reads ``addresses`` with their ``trouble``.
    """
    if person is None or person.erased_at is not None or not policies.may_get_replies(person):
        return ""
    email = address_of(person, "essential")
    confirmed = {each.email for each in person.addresses.all() if each.verified_at}
    return email if email in confirmed else ""


@transaction.atomic
def change_settings(*, values: dict[str, Any], by: Person, at: datetime) -> list[str]:
    """Choose quiet hours, the time of the daily messages, how many messages of one rule are held,
    and whom replies reach. Says which of them changed.

    Raises QuietAllDay, QuietTooLong, DigestInQuietHours, NobodyToReplyTo.
    """
    hours = quiet_hours(values["quiet_from"], values["quiet_until"])
    if hours.has(values["digest_at"]):
        raise DigestInQuietHours
    if values["reply_to"] is not None and not reply_address(values["reply_to"]):
        raise NobodyToReplyTo
    before = office()
    changed = sorted(name for name, value in values.items() if getattr(before, name) != value)
    if changed:
        MessageSettings.objects.update_or_create(pk=1, defaults={**values, "changed_at": at})
        audit.record("notices.settings_changed", by=by, at=at, fields=changed)
    return changed
