"""Going on in another cohort: at once, or after deferring."""

from datetime import datetime

from django.db import transaction

from cohorts.programme.enums import (
    DECIDABLE_STATES,
    ApplicationState,
    EnrolmentReason,
    EnrolmentState,
    EnrolmentStep,
)
from cohorts.programme.models import Application, Cohort, Enrolment
from cohorts.programme.services.enrolments import errors
from cohorts.programme.services.enrolments.leaving import GOING_ON_STATES
from cohorts.programme.services.enrolments.shared import (
    check_not_over,
    check_not_own,
    lock_cohorts,
    tell,
    went_on,
)
from cohorts.programme.services.places import free_places, promote
from cohorts.programme.services.steps import change_place, take_place
from lic_site.accounts.models import Person

WAITING_FOR_AN_ANSWER = DECIDABLE_STATES | {ApplicationState.OFFERED}


@transaction.atomic
def transfer(
    *,
    enrolment: Enrolment,
    to: Cohort,
    by: Person,
    at: datetime,
    reason: EnrolmentReason = EnrolmentReason.NOT_SAID,
    note: str = "",
) -> Enrolment:
    """Move the person to another cohort at once; the place they leave goes to the next on the
    waiting list. Gives the new place. Where there is no room nothing changes.

    Raises NotTakingPart, CohortOver, OwnPlace, and what ``_take_place_in`` raises.
    """
    held = lock_cohorts(enrolment.cohort_id, to.pk)
    check_not_own(enrolment, by)
    check_not_over(held[enrolment.cohort_id])
    event = change_place(
        enrolment,
        EnrolmentState.DEFERRED,
        out_of=[EnrolmentState.ACTIVE],
        step=EnrolmentStep.TRANSFERRED,
        by=by,
        at=at,
        reason=reason,
        note=note,
        deferred_to=to,
    )
    if event is None:
        raise errors.NotTakingPart
    place = _take_place_in(held[to.pk], follows=enrolment, by=by, at=at)
    tell("place_transferred", event, kind="transferred", by=by, at=at)
    promote(cohort_id=enrolment.cohort_id, at=at)
    return place


@transaction.atomic
def resume(*, enrolment: Enrolment, to: Cohort, by: Person, at: datetime) -> Enrolment:
    """Give somebody who deferred a place in a later cohort: a new one, which follows the old.

    Raises NotDeferred, WentOn, OwnPlace, and what ``_take_place_in`` raises.
    """
    held = lock_cohorts(enrolment.cohort_id, to.pk)
    check_not_own(enrolment, by)
    enrolment.refresh_from_db()
    if enrolment.state != EnrolmentState.DEFERRED:
        raise errors.NotDeferred
    if went_on(enrolment):
        raise errors.WentOn
    place = _take_place_in(held[to.pk], follows=enrolment, by=by, at=at)
    Enrolment.objects.filter(pk=enrolment.pk).update(deferred_to=to)
    tell("place_resumed", place.events.get(), kind="resumed", by=by, at=at)
    return place


def _take_place_in(cohort: Cohort, *, follows: Enrolment, by: Person, at: datetime) -> Enrolment:
    """A place in a locked cohort for somebody who comes from another.

    Raises WrongCohort, AppliedThere, NoPlaceThere, TakesPartAlready.
    """
    if cohort.pk == follows.cohort_id or cohort.state not in GOING_ON_STATES:
        raise errors.WrongCohort
    applied = Application.objects.filter(cohort=cohort, applicant=follows.person_id)
    if applied.filter(state__in=WAITING_FOR_AN_ANSWER).exists():
        raise errors.AppliedThere
    if free_places(cohort) < 1:
        raise errors.NoPlaceThere
    return take_place(
        cohort,
        person=follows.person,
        step=EnrolmentStep.RESUMED,
        by=by,
        at=at,
        follows=follows,
    )
