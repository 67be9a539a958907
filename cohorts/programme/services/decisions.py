"""Deciding on many applications at once: all of them, or none."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime

from django.db import transaction

from cohorts.programme.enums import DECIDABLE_STATES, ApplicationState
from cohorts.programme.models import Application, Cohort, Offer
from cohorts.programme.services.errors import (
    AlreadyDecided,
    FeedbackMissing,
    NoPlaceLeft,
    NotChoosing,
    NotReadByTwo,
    OwnApplication,
    PlacesStillFree,
)
from cohorts.programme.services.moves import move
from cohorts.programme.services.places import (
    CHOOSING_STATES,
    check_choosing,
    free_places,
    hold_place,
    lock_cohort,
    next_waiting_position,
)
from cohorts.programme.services.reading import close_readings
from cohorts.programme.words import how_many
from lic_site.accounts import audit
from lic_site.accounts.models import Person
from lic_site.notices.services import send


@transaction.atomic
def offer_places(
    *,
    cohort: Cohort,
    applications: Sequence[Application],
    by: Person,
    at: datetime,
    reason: str,
    unread_accepted: bool = False,
) -> list[Offer]:
    """Offer each of them a place. Raises NoPlaceLeft, NotReadByTwo, AlreadyDecided, NotChoosing,
    CohortStarted, OwnApplication.
    """
    cohort = lock_cohort(cohort.pk)
    check_choosing(cohort, at)
    free = free_places(cohort)
    if len(applications) > free:
        raise NoPlaceLeft(_too_many(len(applications), free))
    _check_read(applications, accepted=unread_accepted)
    offers = []
    for application in applications:
        offers.append(hold_place(cohort, application_id=application.pk, by=by, at=at))
        _keep_reason(application, reason)
    return offers


@transaction.atomic
def waitlist(
    *,
    cohort: Cohort,
    applications: Sequence[Application],
    by: Person,
    at: datetime,
    reason: str,
    unread_accepted: bool = False,
) -> None:
    """Put them at the end of the waiting list, in the given order. Raises PlacesStillFree,
    NotReadByTwo, AlreadyDecided, NotChoosing, CohortStarted, OwnApplication.
    """
    cohort = lock_cohort(cohort.pk)
    check_choosing(cohort, at)
    free = free_places(cohort)
    if free > 0:
        raise PlacesStillFree(
            f"{how_many(free, 'place')} {'is' if free == 1 else 'are'} still free. Offer "
            f"{'it' if free == 1 else 'them'} first: people wait only when every place is taken."
        )
    _check_read(applications, accepted=unread_accepted)
    position = next_waiting_position(cohort)
    for place, application in enumerate(applications, start=position):
        _decide(
            cohort,
            application,
            ApplicationState.WAITLISTED,
            by=by,
            at=at,
            reason=reason,
            waitlist_position=place,
        )
        send("programme.waitlisted", to=application.applicant, about=application, at=at)


@transaction.atomic
def not_offer(
    *,
    cohort: Cohort,
    feedback: Mapping[Application, str],
    by: Person,
    at: datetime,
    reason: str,
    unread_accepted: bool = False,
) -> None:
    """Tell each of them that they are not offered a place this time, with what they can take from
    it. Raises FeedbackMissing, NotReadByTwo, AlreadyDecided, NotChoosing,
    OwnApplication.
    """
    cohort = lock_cohort(cohort.pk)
    if cohort.state not in CHOOSING_STATES:
        raise NotChoosing
    without = [each.reference for each, words in feedback.items() if not words.strip()]
    if without:
        raise FeedbackMissing(f"Write feedback for {', '.join(without)}, or for everybody below.")
    _check_read(feedback, accepted=unread_accepted)
    for application, words in feedback.items():
        _decide(
            cohort,
            application,
            ApplicationState.REJECTED,
            by=by,
            at=at,
            reason=reason,
            feedback=words.strip(),
            waitlist_position=None,
        )
        send("programme.not_offered", to=application.applicant, about=application, at=at)


def short_of_readings(applications: Iterable[Application]) -> int:
    """How many of them two people have not read yet."""
    keys = [application.pk for application in applications]
    return Application.objects.filter(pk__in=keys).short_of_readings().count()


def _check_read(applications: Iterable[Application], *, accepted: bool) -> None:
    if not accepted and short_of_readings(applications):
        raise NotReadByTwo


def _decide(
    cohort: Cohort,
    application: Application,
    state: ApplicationState,
    *,
    by: Person,
    at: datetime,
    reason: str,
    **values: str | int | None,
) -> None:
    if application.applicant_id == by.pk:
        raise OwnApplication
    out_of = DECIDABLE_STATES - {state}
    moved = application.cohort_id == cohort.pk and move(
        application,
        state,
        out_of=out_of,
        by=by,
        at=at,
        decided_at=at,
        decided_by=by,
        decision_reason=reason,
        **values,
    )
    if not moved:
        raise AlreadyDecided(
            f"{application.reference} was decided on a moment ago. Nothing was changed: look at "
            "the list again, then decide."
        )
    close_readings(application)
    audit.record(
        f"programme.application_{state.value}",
        by=by,
        at=at,
        thing=application,
        subject=application.applicant,
        fields=["state", *values],
    )


def _keep_reason(application: Application, reason: str) -> None:
    Application.objects.filter(pk=application.pk).update(decision_reason=reason)


def _too_many(wanted: int, free: int) -> str:
    if free < 1:
        return str(NoPlaceLeft())
    return (
        f"You chose {how_many(wanted, 'person', 'people')} and "
        f"{how_many(free, 'place')} {'is' if free == 1 else 'are'} free. "
        "Choose fewer, or add places."
    )
