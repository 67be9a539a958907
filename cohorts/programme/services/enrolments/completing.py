"""Completing a cohort, and putting right a completion that was a mistake."""

from collections.abc import Collection, Mapping
from datetime import datetime

from django.db import transaction

from cohorts.programme.enums import CohortState, EnrolmentState, EnrolmentStep
from cohorts.programme.models import Certificate, Cohort, Enrolment
from cohorts.programme.services.certificates import issue_certificates, withdraw_certificate
from cohorts.programme.services.enrolments import errors
from cohorts.programme.services.enrolments.shared import check_not_own, tell
from cohorts.programme.services.places import free_places, lock_cohort
from cohorts.programme.services.register import standing_of
from cohorts.programme.services.steps import change_place
from lic_site.accounts.models import Person


@transaction.atomic
def complete_places(
    *,
    cohort: Cohort,
    enrolments: Collection[Enrolment],
    by: Person,
    at: datetime,
    reasons: Mapping[int, str] | None = None,
) -> list[Enrolment]:
    """These participants complete the cohort, all or none; each gets their certificate and is
    told. Whoever attended less than the cohort asks for completes only with a reason, kept for
    Staff College, under the id of their place in ``reasons``.

    Raises NotUnderWay, NotTakingPart, BelowAttendance, OwnPlace.
    """
    cohort = lock_cohort(cohort.pk)
    if cohort.state != CohortState.RUNNING:
        raise errors.NotUnderWay
    said = {pk: words.strip() for pk, words in (reasons or {}).items() if words.strip()}
    wanted = [each.pk for each in enrolments]
    places = list(
        Enrolment.objects.active()
        .filter(cohort=cohort, pk__in=wanted)
        .select_related("person")
        .order_by("pk")
    )
    if len(places) != len(set(wanted)):
        raise errors.NotTakingPart
    for place in places:
        check_not_own(place, by)
    standings = standing_of(places, at=at)
    short = [pk for pk, standing in standings.items() if not standing.is_enough and pk not in said]
    if short:
        raise errors.BelowAttendance(len(short))
    events = [
        change_place(
            place,
            EnrolmentState.COMPLETED,
            out_of=[EnrolmentState.ACTIVE],
            step=EnrolmentStep.COMPLETED,
            by=by,
            at=at,
            note=said.get(place.pk, "") if not standings[place.pk].is_enough else "",
        )
        for place in places
    ]
    issue_certificates(enrolments=places, by=by, at=at, tells=False)
    for event in filter(None, events):
        tell("place_completed", event, kind="completed", by=by, at=at)
    return places


@transaction.atomic
def undo_completion(*, enrolment: Enrolment, by: Person, at: datetime, note: str = "") -> Enrolment:
    """The person takes part again, and their certificate is withdrawn, until they complete.

    Raises NotUnderWay, NotCompletedYet, NoPlaceToReturnTo, OwnPlace.
    """
    cohort = lock_cohort(enrolment.cohort_id)
    check_not_own(enrolment, by)
    if cohort.state != CohortState.RUNNING:
        raise errors.NotUnderWay
    if free_places(cohort) < 1:
        raise errors.NoPlaceToReturnTo
    event = change_place(
        enrolment,
        EnrolmentState.ACTIVE,
        out_of=[EnrolmentState.COMPLETED],
        step=EnrolmentStep.UNDONE,
        by=by,
        at=at,
        note=note,
    )
    if event is None:
        raise errors.NotCompletedYet
    if Certificate.objects.filter(enrolment=enrolment, withdrawn_at=None).exists():
        withdraw_certificate(enrolment=enrolment, by=by, at=at)
    tell("completion_undone", event, kind="completion_undone", by=by, at=at)
    return enrolment
