"""Cohorts that run: sets, sessions, the register, needs, certificates."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

import factory
from factory.django import DjangoModelFactory

from cohorts.programme.enums import CohortState, EnrolmentState, Mark, NeedKind, SessionKind
from cohorts.programme.models import (
    Attendance,
    Certificate,
    Cohort,
    Enrolment,
    LearningSet,
    Material,
    Need,
    Session,
    SessionFacilitator,
)
from cohorts.programme.references import new_certificate_number
from lic_site.accounts.models import Person
from tests.factories.people import PersonFactory
from tests.factories.programme import CohortFactory, EnrolmentFactory, SessionFactory
from tests.support.people import NOW

DAY = timedelta(days=1)


class LearningSetFactory(DjangoModelFactory[LearningSet]):
    """Named: its members were told."""

    cohort = factory.SubFactory(CohortFactory)
    name = factory.Sequence(lambda n: f"Set {n}")
    named_at = NOW - 20 * DAY

    class Meta:
        model = LearningSet


class MaterialFactory(DjangoModelFactory[Material]):
    """A shared link."""

    title = "Reading for the day"
    link = "https://example.org/reading"
    added_at = NOW
    shared_at = NOW

    class Meta:
        model = Material


class NeedFactory(DjangoModelFactory[Need]):
    kind = NeedKind.ACCESS
    text = "A seat near the door."
    told_at = NOW

    class Meta:
        model = Need


class AttendanceFactory(DjangoModelFactory[Attendance]):
    mark = Mark.PRESENT
    marked_at = NOW

    class Meta:
        model = Attendance


class CertificateFactory(DjangoModelFactory[Certificate]):
    enrolment = factory.SubFactory(
        EnrolmentFactory, state=EnrolmentState.COMPLETED, ended_at=NOW - DAY
    )
    number = factory.LazyFunction(new_certificate_number)
    name = factory.LazyAttribute(lambda made: made.enrolment.person.name)
    family_name = factory.LazyAttribute(lambda made: made.enrolment.person.family_name)
    issued_on = date(2026, 11, 20)

    class Meta:
        model = Certificate


def a_running_cohort(*, at: datetime = NOW, members: int = 0, **values: Any) -> Cohort:
    """Under way for thirty days, with so many active participants and nothing else."""
    started = at.date() - 30 * DAY
    cohort: Cohort = CohortFactory(
        state=CohortState.RUNNING,
        starts_on=started,
        ends_on=started + 250 * DAY,
        applications_open_at=at - 120 * DAY,
        applications_close_at=at - 90 * DAY,
        decisions_by=started - 30 * DAY,
        **values,
    )
    for _number in range(members):
        EnrolmentFactory(cohort=cohort, enrolled_at=at - 60 * DAY)
    return cohort


def a_session(
    cohort: Cohort, *, days: int, at: datetime = NOW, leads: Person | None = None, **values: Any
) -> Session:
    """So many days from ``at`` (the past, if negative), from 10am to 4pm."""
    morning = datetime.combine(at.date() + days * DAY, datetime.min.time(), tzinfo=UTC)
    morning += timedelta(hours=10)
    session: Session = SessionFactory(
        cohort=cohort, starts_at=morning, ends_at=morning + timedelta(hours=6), **values
    )
    if leads is not None:
        SessionFacilitator.objects.create(session=session, person=leads, added_at=at)
    return session


def a_slot(cohort: Cohort, *, days: int, at: datetime = NOW, **values: Any) -> Session:
    """An hour of coaching that nobody has booked, unless ``participant`` is given."""
    if values.get("participant"):
        values.setdefault("booked_at", at)
    return a_session(
        cohort,
        days=days,
        at=at,
        kind=SessionKind.COACHING,
        is_slot=True,
        title="Coaching",
        **values,
    )


def in_set(learning_set: LearningSet, person: Person | None = None) -> Enrolment:
    """An active participant who is in the set."""
    made: Enrolment = EnrolmentFactory(
        cohort=learning_set.cohort,
        person=person or PersonFactory(),
        learning_set=learning_set,
        enrolled_at=NOW - 60 * DAY,
    )
    return made
