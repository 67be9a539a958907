"""Asking participants what they need."""

from datetime import datetime, timedelta

from django.db import transaction

from cohorts.programme.models import Cohort, Enrolment
from cohorts.programme.services.needs.errors import ToldAlready
from cohorts.programme.services.needs.wanted import needs_due_on, needs_wanted
from lic_site.accounts import audit
from lic_site.accounts.models import Person
from lic_site.notices.services import follow, send

AFTER_JOINING = timedelta(days=1)
"""Whoever tells us at once, from the page that confirms the place, is not written to."""


def ask_after_joining(*, enrolment: Enrolment, to: Person, at: datetime) -> None:
    """A day after somebody took their place. Runs in the transaction of that verb."""
    send("programme.needs_asked", to=to, about=enrolment, at=at, due_at=at + AFTER_JOINING)


def follow_needs(*, cohort: Cohort, at: datetime) -> None:
    """The day by which needs are wanted may have moved: reminders not yet sent follow. Runs in
    the transaction of the verb that moved it.
    """
    follow(
        "programme.needs_asked",
        about=Enrolment.objects.filter(cohort=cohort),
        revision=needs_due_on(cohort).toordinal(),
        at=at,
    )


@transaction.atomic
def ask_needs(*, enrolment: Enrolment, by: Person, at: datetime) -> None:
    """Remind somebody who has not told us: once a day at most. Raises ToldAlready."""
    enrolment = Enrolment.objects.select_related("cohort", "person").get(pk=enrolment.pk)
    if not needs_wanted(enrolment):
        raise ToldAlready
    audit.record("programme.needs_asked", by=by, at=at, thing=enrolment, subject=enrolment.person)
    send(
        "programme.needs_asked",
        to=enrolment.person,
        about=enrolment,
        at=at,
        key=f"by-hand:{at:%Y-%m-%d}",
    )
