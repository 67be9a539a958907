"""What is asked of whom, and by when."""

from collections.abc import Iterable
from datetime import date, datetime, time, timedelta

from django.db.models import Min
from django.utils import timezone

from cohorts.programme.enums import OVER_STATES, EnrolmentState, NeedKind, SessionKind
from cohorts.programme.models import Cohort, Enrolment, Session

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
    return due_days([cohort])[cohort.pk]


def due_days(cohorts: Iterable[Cohort]) -> dict[int, date]:
    """``needs_due_on`` for many cohorts, by their ids: one query beside theirs."""
    known = list(cohorts)
    first_dates = Session.objects.for_all().filter(cohort__in=known)
    firsts = dict(first_dates.order_by().values_list("cohort").annotate(Min("starts_at")))

    def day(cohort: Cohort) -> date:
        if cohort.needs_by:
            return cohort.needs_by
        first = firsts.get(cohort.pk)
        begins = timezone.localdate(first) if first else cohort.starts_on
        return begins - BEFORE_FIRST_SESSION

    return {cohort.pk: day(cohort) for cohort in known}


def end_of(day: date) -> datetime:
    """11:59pm London time."""
    return timezone.make_aware(datetime.combine(day, time(23, 59)))
