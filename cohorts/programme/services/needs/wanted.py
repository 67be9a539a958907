"""What is asked of whom, and by when."""

from datetime import date, datetime, time, timedelta

from django.utils import timezone

from cohorts.programme.enums import OVER_STATES, EnrolmentState, NeedKind, SessionKind
from cohorts.programme.models import Cohort, Enrolment

BEFORE_FIRST_SESSION = timedelta(days=21)
"""By when needs are wanted, before the first date, unless the cohort says a day."""


def needs_wanted(enrolment: Enrolment) -> bool:
    """Whether the participant has still to say what they need. Wants ``cohort`` joined."""
    return (
        enrolment.state == EnrolmentState.ACTIVE
        and enrolment.needs_told_at is None
        and enrolment.cohort.state not in OVER_STATES
    )


def gives_contact(cohort: Cohort) -> bool:
    """Whether the cohort spends nights away, so that an emergency contact is asked for."""
    return cohort.sessions.live().filter(kind=SessionKind.RESIDENTIAL).exists()


def kinds_wanted(cohort: Cohort) -> list[NeedKind]:
    asked = [NeedKind.DIET, NeedKind.ACCESS]
    return [*asked, NeedKind.CONTACT] if gives_contact(cohort) else asked


def needs_due_on(cohort: Cohort) -> date:
    """The cohort's own day, else three weeks before its first date."""
    if cohort.needs_by:
        return cohort.needs_by
    first = cohort.sessions.for_all().order_by("starts_at").first()
    begins = timezone.localdate(first.starts_at) if first else cohort.starts_on
    return begins - BEFORE_FIRST_SESSION


def end_of(day: date) -> datetime:
    """11:59pm London time."""
    return timezone.make_aware(datetime.combine(day, time(23, 59)))
