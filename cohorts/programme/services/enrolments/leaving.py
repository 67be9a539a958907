"""Leaving a cohort: for now, for good, and coming back."""

from datetime import datetime

from django.db import transaction

from cohorts.programme.enums import (
    ApplicationState,
    CohortState,
    EnrolmentReason,
    EnrolmentState,
    EnrolmentStep,
)
from cohorts.programme.models import Cohort, Enrolment
from cohorts.programme.services.enrolments import errors
from cohorts.programme.services.enrolments.shared import (
    check_not_over,
    check_not_own,
    tell,
    went_on,
)
from cohorts.programme.services.moves import move
from cohorts.programme.services.places import free_places, lock_cohort, promote
from cohorts.programme.services.steps import TakesPartAlready, change_place
from lic_site.accounts.models import Person

GOING_ON_STATES = frozenset(
    {CohortState.OPEN, CohortState.SELECTING, CohortState.CONFIRMED, CohortState.RUNNING}
)
"""Cohorts in these states take people who come from an earlier one."""


@transaction.atomic
def defer(
    *,
    enrolment: Enrolment,
    reason: EnrolmentReason,
    by: Person,
    at: datetime,
    note: str = "",
    until: Cohort | None = None,
) -> Enrolment:
    """Stop taking part, to go on in a later cohort: ``until``, if that is known. The place goes to
    the next on the waiting list, as long as the cohort has not started.

    Raises NotTakingPart, CohortOver, WrongCohort.
    """
    cohort = lock_cohort(enrolment.cohort_id)
    check_not_over(cohort)
    if until is not None and (until == cohort or until.state not in GOING_ON_STATES):
        raise errors.WrongCohort
    event = change_place(
        enrolment,
        EnrolmentState.DEFERRED,
        out_of=[EnrolmentState.ACTIVE],
        step=EnrolmentStep.DEFERRED,
        by=by,
        at=at,
        reason=reason,
        note=note,
        deferred_to=until,
    )
    if event is None:
        raise errors.NotTakingPart
    tell("place_deferred", event, kind="deferred", by=by, at=at)
    promote(cohort_id=cohort.pk, at=at)
    return enrolment


@transaction.atomic
def withdraw_place(
    *,
    enrolment: Enrolment,
    reason: EnrolmentReason,
    by: Person,
    at: datetime,
    note: str = "",
) -> Enrolment:
    """Leave for good, out of the cohort or after deferring. The application stays accepted: that
    was its answer. Raises NotTakingPart, CohortOver, WentOn.
    """
    cohort = lock_cohort(enrolment.cohort_id)
    check_not_over(cohort)
    if went_on(enrolment):
        raise errors.WentOn
    event = change_place(
        enrolment,
        EnrolmentState.WITHDRAWN,
        out_of=[EnrolmentState.ACTIVE, EnrolmentState.DEFERRED],
        step=EnrolmentStep.WITHDRAWN,
        by=by,
        at=at,
        reason=reason,
        note=note,
    )
    if event is None:
        raise errors.NotTakingPart
    tell("place_withdrawn", event, kind="withdrawn_place", by=by, at=at)
    promote(cohort_id=cohort.pk, at=at)
    return enrolment


@transaction.atomic
def reinstate(*, enrolment: Enrolment, by: Person, at: datetime, note: str = "") -> Enrolment:
    """Undo a withdrawal or a deferral, while a place is free.

    Raises NothingToUndo, NoPlaceToReturnTo, WentOn, CohortOver, TakesPartAlready, OwnPlace.
    """
    cohort = lock_cohort(enrolment.cohort_id)
    check_not_own(enrolment, by)
    check_not_over(cohort)
    if went_on(enrolment):
        raise errors.WentOn
    if _is_there_again(enrolment):
        raise TakesPartAlready
    if free_places(cohort) < 1:
        raise errors.NoPlaceToReturnTo
    event = change_place(
        enrolment,
        EnrolmentState.ACTIVE,
        out_of=[EnrolmentState.DEFERRED, EnrolmentState.WITHDRAWN],
        step=EnrolmentStep.REINSTATED,
        by=by,
        at=at,
        note=note,
    )
    if event is None:
        raise errors.NothingToUndo
    if enrolment.application is not None:
        withdrawn = [ApplicationState.WITHDRAWN]
        move(enrolment.application, ApplicationState.ACCEPTED, out_of=withdrawn, by=by, at=at)
    tell("place_reinstated", event, kind="reinstated", by=by, at=at)
    return enrolment


def _is_there_again(enrolment: Enrolment) -> bool:
    others = Enrolment.objects.active().filter(
        cohort=enrolment.cohort_id, person=enrolment.person_id
    )
    return others.exclude(pk=enrolment.pk).exists()
