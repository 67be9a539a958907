"""What a cohort that is over leaves: its dates, who came, who completed, their certificates."""

from collections.abc import Sequence
from datetime import datetime, time, timedelta

from cohorts.programme.enums import (
    CatchUp,
    EnrolmentReason,
    EnrolmentState,
    EnrolmentStep,
    Mark,
    SessionKind,
)
from cohorts.programme.forms.cohorts import london
from cohorts.programme.models import (
    Application,
    Attendance,
    Certificate,
    Cohort,
    Enrolment,
    EnrolmentEvent,
    Session,
)
from cohorts.programme.references import new_certificate_number

BATCH = 1_000
DATES = (
    (0, "Where we begin", SessionKind.WORKSHOP),
    (45, "Two days away together", SessionKind.RESIDENTIAL),
    (90, "Leading across services", SessionKind.WORKSHOP),
    (135, "Power and politics", SessionKind.WORKSHOP),
    (180, "Leading change", SessionKind.WORKSHOP),
    (265, "What we take with us", SessionKind.WORKSHOP),
)
"""Days after the start, what it was called, what it was."""
LEFT_EVERY, MISSED_EVERY = 12, 9


def fill(cohort: Cohort, taken: Sequence[Application]) -> None:
    """Everybody who took a place came to most dates; one in twelve left half way."""
    enrolments = _enrolments(cohort, taken)
    sessions = _sessions(cohort)
    Attendance.objects.bulk_create(
        [
            _mark(session, enrolment, number + place)
            for place, session in enumerate(sessions)
            for number, enrolment in enumerate(enrolments)
            if enrolment.ended_at is None or session.starts_at < enrolment.ended_at
        ],
        batch_size=BATCH,
    )
    names = {one.pk: one.applicant for one in taken}
    Certificate.objects.bulk_create(
        [
            Certificate(
                enrolment=enrolment,
                number=new_certificate_number(),
                name=names[enrolment.application_id].name,  # type: ignore[index]
                family_name=names[enrolment.application_id].family_name,  # type: ignore[index]
                issued_on=cohort.ends_on + timedelta(days=1),
            )
            for enrolment in enrolments
            if enrolment.state == EnrolmentState.COMPLETED
        ],
        batch_size=BATCH,
    )


def _enrolments(cohort: Cohort, taken: Sequence[Application]) -> list[Enrolment]:
    joined_at = cohort.applications_close_at + timedelta(days=30)
    left_at = london(cohort.starts_on + timedelta(days=100), time(12))
    over_at = cohort.completed_at or london(cohort.ends_on, time(17))
    enrolments = []
    for number, application in enumerate(taken):
        left = number % LEFT_EVERY == LEFT_EVERY - 1
        enrolments.append(
            Enrolment(
                cohort=cohort,
                person_id=application.applicant_id,
                application=application,
                state=EnrolmentState.WITHDRAWN if left else EnrolmentState.COMPLETED,
                reason=EnrolmentReason.WORKLOAD if left else "",
                enrolled_at=joined_at,
                committed_at=joined_at,
                needs_told_at=joined_at,
                ended_at=left_at if left else over_at,
                entry_job_title=application.job_title,
                entry_grade_band=application.grade_band,
                entry_organisation_id=application.organisation_id,
            )
        )
    made = Enrolment.objects.bulk_create(enrolments, batch_size=BATCH)
    EnrolmentEvent.objects.bulk_create(
        [event for enrolment in made for event in _history(enrolment)], batch_size=BATCH
    )
    return made


def _history(enrolment: Enrolment) -> list[EnrolmentEvent]:
    ending = EnrolmentStep(enrolment.state)
    steps = [(EnrolmentStep.JOINED, enrolment.enrolled_at), (ending, enrolment.ended_at)]
    return [
        EnrolmentEvent(
            enrolment=enrolment,
            step=step,
            reason=enrolment.reason if step == ending else "",
            at=at or enrolment.enrolled_at,
        )
        for step, at in steps
    ]


def _sessions(cohort: Cohort) -> list[Session]:
    return Session.objects.bulk_create(
        [
            Session(
                cohort=cohort,
                title=title,
                kind=kind,
                starts_at=_at(cohort, days, 9),
                ends_at=_at(cohort, days, 16),
                place="A room in the demonstration",
                register_taken_at=_at(cohort, days, 17),
                register_revision=1,
            )
            for days, title, kind in DATES
        ]
    )


def _at(cohort: Cohort, days: int, hour: int) -> datetime:
    return london(cohort.starts_on + timedelta(days=days), time(hour))


def _mark(session: Session, enrolment: Enrolment, number: int) -> Attendance:
    missed = number % MISSED_EVERY == 0
    caught_up = missed and number % 2 == 0
    return Attendance(
        session=session,
        enrolment=enrolment,
        mark=Mark.APOLOGIES if missed else Mark.PRESENT,
        marked_at=session.ends_at + timedelta(hours=1),
        catch_up=CatchUp.DONE if caught_up else "",
        catch_up_at=session.ends_at + timedelta(days=10) if caught_up else None,
    )
