"""Open offers whose reminders are due, and a long past of answered ones."""

from datetime import UTC, datetime, timedelta

from django.db import connection
from django.utils import timezone

from cohorts.programme.enums import ApplicationState, OfferState
from cohorts.programme.models import Application, Cohort, Offer, Programme
from lic_site.accounts.models import ContactAddress, Person
from lic_site.common.dates import LONDON

KIND = "programme.offer_deadline_near"
DAYS = -2


def due_at() -> datetime:
    """When the reminders fell due: nine o'clock yesterday, in London."""
    yesterday = timezone.localtime(timezone=LONDON) - timedelta(days=1)
    return yesterday.replace(hour=9, minute=0, second=0, microsecond=0).astimezone(UTC)


def make_due(count: int) -> None:
    """So many people, each holding an offer that ends the day after tomorrow as seen from
    ``due_at``.
    """
    at = due_at() - timedelta(days=30)
    day = timezone.localdate()
    programme = Programme.objects.create(name="Bench", starts_on=day)
    cohort = Cohort.objects.create(
        programme=programme,
        name="Bench",
        slug="bench",
        summary="-",
        places=1,
        starts_on=day,
        ends_on=day,
        applications_open_at=at,
        applications_close_at=at + timedelta(days=1),
        decisions_by=day,
        created_at=at,
    )
    people = Person.objects.bulk_create(
        Person(given_name=f"Given{n}", family_name=f"Family{n}", created_at=at)
        for n in range(count)
    )
    ContactAddress.objects.bulk_create(
        ContactAddress(
            person=person, email=f"person{n}@example.org", is_primary=True, verified_at=at
        )
        for n, person in enumerate(people)
    )
    applications = Application.objects.bulk_create(
        Application(
            cohort=cohort,
            applicant=person,
            reference=f"B{n}",
            state=ApplicationState.OFFERED,
            started_at=at,
            submitted_at=at,
        )
        for n, person in enumerate(people)
    )
    expires_at = due_at() - timedelta(days=DAYS) + timedelta(hours=12)
    Offer.objects.bulk_create(
        Offer(application=application, made_at=at, expires_at=expires_at)
        for application in applications
    )


def make_past(count: int, *, first: int) -> None:
    """So many answered offers of earlier years, each with the reminder that was sent of it."""
    with connection.cursor() as cursor:
        cursor.execute(
            "insert into programme_offer (application_id, state, made_at, expires_at, answered_at)"
            " select (select min(id) from programme_application) + n %% (select count(*) from"
            " programme_application), %s, now() - interval '2 years', now() - interval '1 year'"
            " + n * interval '1 minute', now() from generate_series(%s, %s) n",
            [OfferState.ACCEPTED, first, first + count - 1],
        )
        cursor.execute(
            "insert into notices_notice (key, kind, recipient_id, anchor_id, state, reason, due_at,"
            " attempts, doubts, not_before, last_error, provider_id, created_at, finished_at)"
            " select 'past:' || n, %s, (select min(id) from accounts_person) + n %% (select"
            " count(*) from accounts_person), n, 'sent', '', now() - interval '1 year', 1, 0,"
            " now() - interval '1 year', '', '', now() - interval '1 year', now()"
            " from generate_series(%s, %s) n",
            [KIND, first, first + count - 1],
        )
        _settle(cursor)


def forget_past(*, first: int) -> None:
    """Take away those numbered from ``first``."""
    with connection.cursor() as cursor:
        cursor.execute(
            "delete from notices_notice where key like 'past:%%' and substr(key, 6)::int >= %s",
            [first],
        )
        cursor.execute(
            "delete from programme_offer where id in (select id from programme_offer"
            " where state = %s order by id offset %s)",
            [OfferState.ACCEPTED, first],
        )
        _settle(cursor)


def _settle(cursor: object) -> None:
    """Leave neither dead rows nor stale statistics to whatever is measured next."""
    for table in ("notices_notice", "programme_offer"):
        cursor.execute(f"vacuum analyze {table}")  # type: ignore[attr-defined]
