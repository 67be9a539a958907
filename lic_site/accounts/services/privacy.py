"""Erasure and retention, for every app at once, from what each declares."""

from datetime import datetime, timedelta

from allauth.usersessions.models import UserSession
from django.contrib.sessions.models import Session
from django.db import transaction
from django.utils import timezone

from lic_site.accounts import audit
from lic_site.accounts.models import Person, RetentionRun
from lic_site.common import ledger
from lic_site.common.dates import LONDON
from lic_site.common.personal_data import declarations

RETENTION_HOUR = 3
"""In London: the schedule runs once a day, at the first tick after this hour."""


@transaction.atomic
def erase_person(*, person: Person, by: Person | None, at: datetime) -> None:
    """Take the person out of every record of the site. What stays holds numbers, not people.

    ``by`` is the person themselves, or None when it is retention or a restore that asks. Safe to
    repeat. The ledger is written first: a backup that is restored is erased again.
    """
    ledger.write(person.pk, at=at)
    user = person.user
    devices = UserSession.objects.filter(user=user) if user else UserSession.objects.none()
    sessions = list(devices.values_list("session_key", flat=True))
    for declaration in declarations():
        for held in declaration.held:
            held.erase(person, at)
    Session.objects.filter(session_key__in=sessions).delete()
    if user is not None:
        user.delete()
    Person.objects.filter(pk=person.pk).update(
        given_name="Erased",
        family_name="",
        job_title="",
        grade_band="",
        organisation=None,
        user=None,
        erased_at=at,
    )
    audit.record("accounts.person_erased", by=by, at=at, subject=person)
    for duplicate in person.merged_from.filter(erased_at=None):
        erase_person(person=duplicate, by=by, at=at)


def reapply_erasures(*, since: datetime, at: datetime) -> int:
    """After a restore of the state of ``since``: erase again whoever was erased from then on.
    Returns how many.
    """
    erased = [entry.person_id for entry in ledger.read(since=since)]
    people = list(Person.objects.filter(pk__in=erased, erased_at=None))
    for person in people:
        erase_person(person=person, by=None, at=at)
    return len(people)


def run_retention(*, at: datetime) -> int | None:
    """Take away what is past its time, in every app: once a day, at night, however often asked.

    Returns how many rows, or None when it is not time or has been done.
    """
    local = at.astimezone(LONDON)
    if local.hour < RETENTION_HOUR:
        return None
    claimed, is_mine = RetentionRun.objects.get_or_create(on=local.date())
    died = claimed.finished_at is None and not is_mine
    if not is_mine and not died:
        return None
    rows = sum(held.retain(at) for each in declarations() for held in each.held)
    RetentionRun.objects.filter(pk=claimed.pk).update(rows=rows, finished_at=timezone.now())
    return rows


def silent_since(moment: datetime, *, with_account: bool) -> list[Person]:
    """People of whom nothing has been heard or written since the moment."""
    people = Person.objects.filter(
        erased_at=None, merged_into=None, created_at__lt=moment, user__isnull=not with_account
    )
    if with_account:
        people = people.exclude(user__last_login__gte=moment)
    events = audit.since(moment)
    return list(people.exclude(pk__in=events))


SIX_YEARS = timedelta(days=6 * 365 + 2)
TWO_YEARS = timedelta(days=2 * 365)
