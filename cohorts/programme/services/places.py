"""A cohort's places: how many there are, who holds them, who is next.

Whatever takes or frees a place locks the cohort as its first statement, so that places are never
exceeded however many act at once. On SQLite the transaction itself (``BEGIN IMMEDIATE``) is the
lock.
"""

from datetime import datetime, time, timedelta

from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from cohorts.programme.enums import (
    DECIDABLE_STATES,
    ApplicationState,
    CohortState,
    EnrolmentReason,
    EnrolmentState,
    EnrolmentStep,
    OfferState,
)
from cohorts.programme.models import Application, Cohort, Enrolment, Offer
from cohorts.programme.services.errors import (
    AlreadyDecided,
    CohortStarted,
    NoPlaceLeft,
    NotChoosing,
    OwnApplication,
)
from cohorts.programme.services.moves import move
from cohorts.programme.services.reading import close_readings
from cohorts.programme.services.steps import change_place
from lic_site.accounts import audit
from lic_site.accounts.models import Person
from lic_site.notices.services import send

CHOOSING_STATES = (CohortState.SELECTING, CohortState.CONFIRMED)


def lock_cohort(cohort_id: int) -> Cohort:
    """The cohort, held until the transaction ends. Call it before reading anything else."""
    return Cohort.objects.select_for_update().get(pk=cohort_id)


def free_places(cohort: Cohort) -> int:
    """Places neither taken nor on offer. True only while the cohort is locked."""
    taken = Enrolment.objects.filter(cohort=cohort, state=EnrolmentState.ACTIVE).count()
    on_offer = Offer.objects.filter(application__cohort=cohort, state=OfferState.OPEN).count()
    return cohort.places - taken - on_offer


def expiry(cohort: Cohort, at: datetime) -> datetime:
    """When an offer made now lapses: at 11:59pm London time, so many days on, and in any case
    before the cohort starts.
    """
    day = timezone.localdate(at) + timedelta(days=cohort.offer_days)
    day = min(day, cohort.starts_on - timedelta(days=1))
    return timezone.make_aware(datetime.combine(day, time(23, 59)))


def check_choosing(cohort: Cohort, at: datetime) -> None:
    """Raises NotChoosing, CohortStarted: whether places can be offered in the cohort now."""
    if cohort.state not in CHOOSING_STATES:
        raise NotChoosing
    if expiry(cohort, at) <= at:
        raise CohortStarted


def hold_place(
    cohort: Cohort,
    *,
    application_id: int,
    by: Person | None,
    at: datetime,
    kind: str = "programme.place_offered",
) -> Offer:
    """Put one place on offer in a locked cohort. Raises NoPlaceLeft, AlreadyDecided."""
    if free_places(cohort) < 1:
        raise NoPlaceLeft
    application = Application.objects.select_related("applicant").get(
        pk=application_id, cohort=cohort
    )
    if by is not None and application.applicant_id == by.pk:
        raise OwnApplication
    moved = move(
        application,
        ApplicationState.OFFERED,
        out_of=DECIDABLE_STATES,
        by=by,
        at=at,
        waitlist_position=None,
        decided_at=at,
        decided_by=by,
    )
    if not moved:
        raise AlreadyDecided(_decided(application))
    close_readings(application)
    offer = Offer.objects.create(application=application, made_at=at, expires_at=expiry(cohort, at))
    audit.record(
        "programme.place_offered",
        by=by,
        at=at,
        thing=application,
        subject=application.applicant,
        fields=["state"],
    )
    send(kind, to=application.applicant, about=offer, at=at, useless_after=offer.expires_at)
    return offer


def _decided(application: Application) -> str:
    return f"{application.reference} was decided on a moment ago. Look at it again, then decide."


@transaction.atomic
def promote(*, cohort_id: int, at: datetime) -> list[Offer]:
    """Offer every free place to the waiting list, in order. Call it whenever a place may have
    become free; with no free place, nobody waiting, or the cohort started it does nothing.
    """
    cohort = lock_cohort(cohort_id)
    if cohort.state not in CHOOSING_STATES or expiry(cohort, at) <= at:
        return []
    waiting = Application.objects.filter(cohort=cohort).waiting()[: max(0, free_places(cohort))]
    return [
        hold_place(cohort, application_id=application.pk, by=None, at=at, kind="programme.moved_up")
        for application in waiting
    ]


@transaction.atomic
def release_place(*, application: Application, by: Person | None, at: datetime) -> None:
    """Let go of whatever place the application holds (an open offer, an enrolment) and move the
    list up. For a withdrawal, which asks for no reason: the caller changes the application's own
    state first, in the same transaction, and has locked the cohort.
    """
    lock_cohort(application.cohort_id)
    Offer.objects.filter(application=application, state=OfferState.OPEN).update(
        state=OfferState.DECLINED, answered_at=at
    )
    if held := Enrolment.objects.active().filter(application=application).first():
        change_place(
            held,
            EnrolmentState.WITHDRAWN,
            out_of=[EnrolmentState.ACTIVE],
            step=EnrolmentStep.WITHDRAWN,
            by=by,
            at=at,
            reason=EnrolmentReason.NOT_SAID,
        )
    promote(cohort_id=application.cohort_id, at=at)


def next_waiting_position(cohort: Cohort) -> int:
    """The place after the last on the waiting list of a locked cohort."""
    last = Application.objects.filter(cohort=cohort).aggregate(last=Max("waitlist_position"))
    return (last["last"] or 0) + 1
