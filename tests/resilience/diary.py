"""Dates that move while messages about them are under way: ``python -m tests.resilience.diary
'people 5' 'session 2027-03-09T10:00+00:00'`` does the one, then the other.

``people N`` starts a cohort of N. ``session WHEN`` plans a session of it at that moment, ``move
DAYS`` moves the latest so many days later, ``cancel`` cancels it. ``rule DAYS TIME MARK`` makes
the rule of so many days send at that time of day in London, planned up to the mark; ``plan FROM
TO`` is the clock planning every forty minutes between the two, whatever the time is.
"""

import sys
from collections.abc import Callable
from datetime import datetime, time, timedelta
from typing import Any

import django

django.setup()

from django.utils import timezone  # noqa: E402

from cohorts.programme.models import Cohort, Enrolment, Session  # noqa: E402
from cohorts.programme.services.sessions import planning  # noqa: E402
from lic_site.accounts.models import ContactAddress, Person  # noqa: E402
from lic_site.notices import services  # noqa: E402
from lic_site.notices.models import ReminderRule  # noqa: E402
from tests.factories.running import a_running_cohort  # noqa: E402

SOON = "programme.session_soon"
STEP = timedelta(minutes=40)
LASTS = timedelta(hours=2)


def people(count: str) -> None:
    now = timezone.now()
    cohort = a_running_cohort(at=now)
    made = Person.objects.bulk_create(
        Person(given_name=f"Given{n}", family_name="Family", created_at=now)
        for n in range(int(count))
    )
    ContactAddress.objects.bulk_create(
        ContactAddress(person=person, email=f"person{person.pk}@example.org", is_primary=True)
        for person in made
    )
    Enrolment.objects.bulk_create(
        Enrolment(cohort=cohort, person=person, enrolled_at=now) for person in made
    )


def session(when: str) -> None:
    starts_at = datetime.fromisoformat(when)
    Session.objects.create(
        cohort=Cohort.objects.get(), title="A day", starts_at=starts_at, ends_at=starts_at + LASTS
    )


def move(days: str) -> None:
    latest = Session.objects.latest("pk")
    starts_at = latest.starts_at + timedelta(days=int(days))
    planning.move_session(
        session=latest,
        starts_at=starts_at,
        ends_at=starts_at + LASTS,
        place="Elsewhere",
        link="",
        by=Person.objects.earliest("pk"),
        at=timezone.now(),
    )


def cancel() -> None:
    latest = Session.objects.latest("pk")
    by = Person.objects.earliest("pk")
    planning.cancel_session(session=latest, because="Trains", by=by, at=timezone.now())


def rule(days: str, at_time: str, mark: str) -> None:
    ReminderRule.objects.update_or_create(
        kind=SOON,
        key=f"{int(days):+d}d",
        defaults={
            "offset_days": int(days),
            "at_time": time.fromisoformat(at_time),
            "planned_until": datetime.fromisoformat(mark),
        },
    )


def plan(first: str, last: str) -> None:
    at, until = datetime.fromisoformat(first), datetime.fromisoformat(last)
    while at <= until:
        services.plan(at=at)
        at += STEP


VERBS: dict[str, Callable[..., Any]] = {
    "people": people,
    "session": session,
    "move": move,
    "cancel": cancel,
    "rule": rule,
    "plan": plan,
}

if __name__ == "__main__":
    for said in sys.argv[1:]:
        verb, *words = said.split()
        VERBS[verb](*words)
