"""A person's private calendar address, and the dates that stand behind it."""

from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction
from django.db.models import F
from django.urls import reverse

from lic_site.accounts import audit
from lic_site.accounts.models import Person
from lic_site.common import tokens
from lic_site.common.errors import Refusal
from lic_site.notices.dates import sources
from lic_site.notices.ics import Entry
from lic_site.notices.models import CalendarFeed

PURPOSE = "calendar"
BACK, AHEAD = timedelta(days=60), timedelta(days=731)


class TurnedOff(Refusal):
    """Your calendar address is turned off. Turn it on, and you have a new one."""


@transaction.atomic
def turn_on(*, person: Person, by: Person, at: datetime) -> CalendarFeed:
    """Give the person an address. Doing so again changes nothing."""
    feed, new = CalendarFeed.objects.get_or_create(person=person, defaults={"made_at": at})
    off = CalendarFeed.objects.filter(pk=feed.pk, is_on=False)
    if off.update(is_on=True, made_at=at) or new:
        audit.record("notices.calendar_turned_on", by=by, at=at, thing=feed, subject=person)
    feed.refresh_from_db()
    return feed


@transaction.atomic
def turn_off(*, person: Person, by: Person, at: datetime) -> None:
    """End the person's address: it opens nothing, also once another one is turned on."""
    if feed := _end_address(person, is_on=False):
        audit.record("notices.calendar_turned_off", by=by, at=at, thing=feed, subject=person)


@transaction.atomic
def renew(*, person: Person, by: Person, at: datetime) -> CalendarFeed:
    """Another address in place of the one the person has. Raises TurnedOff."""
    feed = _end_address(person, made_at=at)
    if feed is None:
        raise TurnedOff
    audit.record("notices.calendar_renewed", by=by, at=at, thing=feed, subject=person)
    return feed


def _end_address(person: Person, **change: object) -> CalendarFeed | None:
    mine = CalendarFeed.objects.filter(person=person)
    if not mine.filter(is_on=True).update(version=F("version") + 1, **change):
        return None
    return mine.get()


def address(feed: CalendarFeed) -> str:
    """Whoever holds it reads the dates. For its owner's own page alone: it stands in no message."""
    token = tokens.make(PURPOSE, feed.pk, feed.version)
    return settings.SITE_URL + reverse("notices:calendar_feed", args=[token])


def opened_by(token: str) -> Person | None:
    """Whose dates the token opens: nobody's where it is forged, ended or turned off, where the
    person is erased or may no longer sign in.
    """
    found = tokens.read(PURPOSE, token)
    if found is None:
        return None
    feed = (
        CalendarFeed.objects.select_related("person__organisation")
        .filter(pk=found[0], version=found[1], is_on=True)
        .filter(person__erased_at=None, person__user__is_active=True)
        .first()
    )
    return feed.person if feed else None


def dates_of(person: Person, *, at: datetime) -> list[Entry]:
    """What the person has in front of them and lately had, the earliest first, each once."""
    found: dict[str, Entry] = {}
    for source in sources():
        for entry in source(person, since=at - BACK, until=at + AHEAD):
            found.setdefault(entry.uid, entry)
    return sorted(found.values(), key=lambda entry: (entry.starts_at, entry.uid))
