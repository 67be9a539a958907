"""How a place is taken and left, and what its history keeps of it.

Runs in the transaction of the calling verb, which has locked the cohort.
"""

from collections.abc import Collection
from datetime import datetime
from typing import Any

from cohorts.programme.enums import EnrolmentState, EnrolmentStep
from cohorts.programme.models import Application, Cohort, Enrolment, EnrolmentEvent, Session
from lic_site.accounts.models import Person
from lic_site.common.errors import Refusal

LEFT = frozenset({EnrolmentState.DEFERRED, EnrolmentState.WITHDRAWN})
"""A place in these states was left before its end."""


class TakesPartAlready(Refusal):
    """This person already has a place in that cohort. Choose another cohort."""


def take_place(
    cohort: Cohort,
    *,
    person: Person,
    step: EnrolmentStep,
    by: Person | None,
    at: datetime,
    application: Application | None = None,
    follows: Enrolment | None = None,
) -> Enrolment:
    """A new place for the person, with the post they join from: as they applied, else as their
    record says today. Raises TakesPartAlready.
    """
    if Enrolment.objects.active().filter(cohort=cohort, person=person).exists():
        raise TakesPartAlready
    post: Application | Person = application or person
    enrolment = Enrolment.objects.create(
        cohort=cohort,
        person=person,
        application=application,
        follows=follows,
        enrolled_at=at,
        committed_at=at if application else None,
        entry_job_title=post.job_title,
        entry_grade_band=post.grade_band,
        entry_organisation_id=post.organisation_id,
    )
    keep_step(enrolment, step, by=by, at=at)
    return enrolment


def change_place(
    enrolment: Enrolment,
    state: EnrolmentState,
    *,
    out_of: Collection[EnrolmentState],
    step: EnrolmentStep,
    by: Person | None,
    at: datetime,
    reason: str = "",
    note: str = "",
    deferred_to: Cohort | None = None,
) -> EnrolmentEvent | None:
    """Change the state where it is still one of ``out_of``; None if somebody was faster.

    One conditional update, so that of two changes only one wins. Whoever leaves lets go of the
    coaching they had booked.
    """
    changed = Enrolment.objects.filter(pk=enrolment.pk, state__in=out_of).update(
        state=state,
        reason=reason,
        deferred_to=deferred_to,
        ended_at=None if state == EnrolmentState.ACTIVE else at,
    )
    if not changed:
        return None
    enrolment.refresh_from_db()
    if state in LEFT:
        free_slots(enrolment, at)
    return keep_step(enrolment, step, by=by, at=at, reason=reason, note=note)


def keep_step(
    enrolment: Enrolment,
    step: EnrolmentStep,
    *,
    by: Person | None,
    at: datetime,
    **said: Any,
) -> EnrolmentEvent:
    """Write the history's next line. ``said``: its reason and its note, where there are any."""
    return EnrolmentEvent.objects.create(enrolment=enrolment, step=step, by=by, at=at, **said)


def free_slots(enrolment: Enrolment, at: datetime) -> int:
    """Give back the coaching booked after ``at``, for others to book; says how many."""
    booked = Session.objects.filter(participant=enrolment, is_slot=True, starts_at__gt=at)
    return booked.update(participant=None, booked_at=None)
