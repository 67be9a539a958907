"""Offering a place, and what may become of an offer: accepted, declined, lapsed, taken back."""

from datetime import datetime

from django.db import transaction

from cohorts.programme.enums import ApplicationState, EnrolmentStep, OfferState, ReviewState
from cohorts.programme.models import Application, Cohort, Enrolment, Offer
from cohorts.programme.services.errors import (
    NotCommitted,
    OfferAnswered,
    OfferLapsed,
    ReasonMissing,
)
from cohorts.programme.services.moves import move
from cohorts.programme.services.needs import ask_after_joining
from cohorts.programme.services.places import (
    check_choosing,
    hold_place,
    lock_cohort,
    promote,
)
from cohorts.programme.services.reading import reopen_readings
from cohorts.programme.services.steps import take_place
from lic_site.accounts import audit
from lic_site.accounts.models import Person
from lic_site.notices.services import cancel, send

REMINDER = "programme.offer_deadline_near"


@transaction.atomic
def offer_place(*, application: Application, by: Person, at: datetime, reason: str = "") -> Offer:
    """Offer the applicant a place, and tell them. Raises NoPlaceLeft, AlreadyDecided,
    NotChoosing, CohortStarted, OwnApplication.
    """
    cohort = lock_cohort(application.cohort_id)
    check_choosing(cohort, at)
    offer = hold_place(cohort, application_id=application.pk, by=by, at=at)
    Application.objects.filter(pk=application.pk).update(decision_reason=reason)
    return offer


@transaction.atomic
def accept_offer(*, offer: Offer, committed: bool, by: Person, at: datetime) -> Enrolment:
    """Take the place. ``committed``: the applicant confirmed that they can come on the dates.

    Raises NotCommitted, OfferLapsed, OfferAnswered, TakesPartAlready.
    """
    application = offer.application
    cohort = lock_cohort(application.cohort_id)
    if not committed:
        raise NotCommitted
    _settle(offer, OfferState.ACCEPTED, ApplicationState.ACCEPTED, by=by, at=at)
    enrolment = take_place(
        cohort,
        person=application.applicant,
        step=EnrolmentStep.JOINED,
        by=by,
        at=at,
        application=application,
    )
    send("programme.place_accepted", to=application.applicant, about=offer, at=at)
    ask_after_joining(enrolment=enrolment, to=application.applicant, at=at)
    return enrolment


@transaction.atomic
def decline_offer(*, offer: Offer, by: Person, at: datetime) -> None:
    """Give the place up; the next on the waiting list is offered it. Raises OfferLapsed,
    OfferAnswered.
    """
    cohort = lock_cohort(offer.application.cohort_id)
    _settle(offer, OfferState.DECLINED, ApplicationState.DECLINED, by=by, at=at)
    send("programme.place_declined", to=offer.application.applicant, about=offer, at=at)
    promote(cohort_id=cohort.pk, at=at)


@transaction.atomic
def take_back_offer(*, offer: Offer, by: Person, at: datetime, reason: str) -> None:
    """Undo an offer that has not been answered. The application waits for a decision again; the
    place goes to the next on the waiting list. Raises OfferAnswered, ReasonMissing.
    """
    cohort = lock_cohort(offer.application.cohort_id)
    if not reason.strip():
        raise ReasonMissing
    taken = Offer.objects.filter(pk=offer.pk, state=OfferState.OPEN).update(
        state=OfferState.TAKEN_BACK, answered_at=at
    )
    if taken != 1:
        raise OfferAnswered
    application = offer.application
    read = application.reviews.exclude(state=ReviewState.RECUSED).exists()
    state = ApplicationState.UNDER_REVIEW if read else ApplicationState.SUBMITTED
    move(
        application,
        state,
        out_of=[ApplicationState.OFFERED],
        by=by,
        at=at,
        decided_at=None,
        decided_by=None,
        decision_reason=reason,
    )
    reopen_readings(application)
    _audit("programme.offer_taken_back", offer, by=by, at=at)
    cancel(REMINDER, about=offer, at=at)
    send("programme.place_taken_back", to=application.applicant, about=offer, at=at)
    promote(cohort_id=cohort.pk, at=at)


def lapse_overdue(at: datetime) -> int:
    """Lapse every open offer whose deadline has passed and move each list up. Says how many
    lapsed. Idempotent: run by the clock, twice or at once without harm.
    """
    cohorts = Cohort.objects.filter(applications__offers__in=Offer.objects.overdue(at)).values_list(
        "pk", flat=True
    )
    return sum(_lapse_in(cohort_id, at) for cohort_id in sorted(set(cohorts)))


@transaction.atomic
def _lapse_in(cohort_id: int, at: datetime) -> int:
    lock_cohort(cohort_id)
    overdue = list(
        Offer.objects.overdue(at)
        .filter(application__cohort=cohort_id)
        .select_related("application__applicant")
        .order_by("pk")
    )
    lapsed = 0
    for offer in overdue:
        lapsed += Offer.objects.filter(pk=offer.pk, state=OfferState.OPEN).update(
            state=OfferState.LAPSED, answered_at=at
        )
        _move(offer, ApplicationState.LAPSED, by=None, at=at)
        _audit("programme.offer_lapsed", offer, by=None, at=at)
        cancel(REMINDER, about=offer, at=at)
        send("programme.offer_lapsed", to=offer.application.applicant, about=offer, at=at)
    promote(cohort_id=cohort_id, at=at)
    return lapsed


def _settle(
    offer: Offer, answer: OfferState, state: ApplicationState, *, by: Person, at: datetime
) -> None:
    """The applicant's answer wins only while the offer is open and in time."""
    won = Offer.objects.filter(pk=offer.pk, state=OfferState.OPEN, expires_at__gt=at).update(
        state=answer, answered_at=at
    )
    if won != 1:
        now = Offer.objects.get(pk=offer.pk)
        raise OfferLapsed if now.state in {OfferState.OPEN, OfferState.LAPSED} else OfferAnswered
    offer.refresh_from_db(fields=["state", "answered_at"])
    _move(offer, state, by=by, at=at)
    _audit(f"programme.offer_{answer.value}", offer, by=by, at=at)
    cancel(REMINDER, about=offer, at=at)


def _move(offer: Offer, state: ApplicationState, *, by: Person | None, at: datetime) -> None:
    move(offer.application, state, out_of=[ApplicationState.OFFERED], by=by, at=at)


def _audit(verb: str, offer: Offer, *, by: Person | None, at: datetime) -> None:
    application = offer.application
    audit.record(
        verb, by=by, at=at, thing=application, subject=application.applicant, fields=["state"]
    )
