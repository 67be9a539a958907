"""Coaching that participants book for themselves. A slot is won by a conditional update, so that of
two who want it one has it; a person holds one slot ahead at most in a cohort.
"""

from collections.abc import Iterable
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import QuerySet

from cohorts.programme.enums import OVER_STATES, TOLD_STATES, EnrolmentState, SessionKind
from cohorts.programme.models import Cohort, Enrolment, Session, SessionFacilitator
from cohorts.programme.services.places import lock_cohort
from cohorts.programme.services.sessions import errors, telling
from cohorts.programme.slots import Slot
from lic_site.accounts import audit
from lic_site.accounts.models import Person
from lic_site.notices.services import cancel, send

CUT_OFF = timedelta(hours=24)
"""How long before it starts a slot can last be booked, changed or given back."""
TITLE = "Coaching"


@transaction.atomic
def add_slots(
    *,
    cohort: Cohort,
    slots: Iterable[Slot],
    coach: Person | None,
    place: str,
    link: str,
    by: Person,
    at: datetime,
) -> list[Session]:
    """Add slots for participants to book; the coach is told once. Raises MovedIntoPast, TakesPart,
    CohortIsOver.
    """
    cohort = lock_cohort(cohort.pk)
    wanted = list(slots)
    if cohort.state in OVER_STATES:
        raise errors.CohortIsOver
    if any(slot.starts_at <= at for slot in wanted):
        raise errors.MovedIntoPast
    mine = Enrolment.objects.active().filter(cohort=cohort, person=coach)
    if coach is not None and mine.exists():
        raise errors.TakesPart
    made = [
        Session.objects.create(
            cohort=cohort,
            title=TITLE,
            kind=SessionKind.COACHING,
            is_slot=True,
            starts_at=slot.starts_at,
            ends_at=slot.ends_at,
            place=place,
            link=link,
        )
        for slot in wanted
    ]
    if coach is not None:
        SessionFacilitator.objects.bulk_create(
            SessionFacilitator(session=each, person=coach, added_at=at) for each in made
        )
    audit.record("programme.slots_added", by=by, at=at, thing=cohort, subject=coach)
    if made and cohort.state in TOLD_STATES:
        if coach is not None:
            send("programme.facilitator_named", to=coach, about=made[0], at=at)
        telling.tell_of_new_dates(cohort, Enrolment.objects.active().filter(cohort=cohort), at=at)
    return made


@transaction.atomic
def book_slot(*, slot: Session, enrolment: Enrolment, by: Person, at: datetime) -> Session:
    """Book a free slot; a slot held already is given back for it, and kept if the new one is lost.

    Raises SlotTaken, TooLateToBook, NotBookable.
    """
    place = hold_place(enrolment.pk)
    state = Cohort.objects.values_list("state", flat=True).get(pk=place.cohort_id)
    if place.state != EnrolmentState.ACTIVE or state not in TOLD_STATES:
        raise errors.NotBookable
    held = _ahead(place, at).exclude(pk=slot.pk).first()
    if slot.starts_at <= at + CUT_OFF:
        raise errors.TooLateToBook
    if not take(slot, place, at=at):
        raise errors.SlotTaken
    slot.refresh_from_db()
    audit.record(
        "programme.slot_booked",
        by=by,
        at=at,
        thing=slot,
        subject=place.person,
        fields=["participant"],
    )
    if held is not None:
        _let_go(held, place, by=by, at=at)
    key = f"{at:%Y%m%d%H%M%S}"
    send("programme.slot_booked", to=place.person, about=slot, at=at, key=key)
    for coach in telling.leaders(slot):
        send("programme.slot_taken", to=coach, about=slot, at=at, key=key)
    return slot


def hold_place(pk: int) -> Enrolment:
    """The place, held until the transaction ends: a person books one slot after the other."""
    return Enrolment.objects.select_for_update().get(pk=pk)


def take(slot: Session, place: Enrolment, *, at: datetime) -> bool:
    """Put the person's name on the slot if it is still free; whether that succeeded."""
    free = Session.objects.live().filter(
        pk=slot.pk,
        cohort=place.cohort_id,
        is_slot=True,
        participant=None,
        starts_at__gt=at + CUT_OFF,
    )
    return bool(free.update(participant=place, booked_at=at))


@transaction.atomic
def give_back_slot(*, slot: Session, enrolment: Enrolment, by: Person, at: datetime) -> None:
    """Let a booked slot go, for somebody else. Raises TooLateToBook, NotYours."""
    place = hold_place(enrolment.pk)
    _let_go(slot, place, by=by, at=at)


def _let_go(slot: Session, place: Enrolment, *, by: Person, at: datetime) -> None:
    mine = Session.objects.live().filter(pk=slot.pk, is_slot=True, participant=place)
    if not mine.filter(starts_at__gt=at + CUT_OFF).update(participant=None, booked_at=None):
        raise errors.TooLateToBook if mine.exists() else errors.NotYours
    audit.record(
        "programme.slot_given_back",
        by=by,
        at=at,
        thing=slot,
        subject=place.person,
        fields=["participant"],
    )
    about = (*telling.ABOUT_TIME, "programme.materials_ready")
    cancel(*about, about=slot, at=at, to=place.person)
    for coach in telling.leaders(slot):
        cancel("programme.slot_taken", "programme.facilitator_soon", about=slot, at=at, to=coach)
        key = f"{at:%Y%m%d%H%M%S}"
        send("programme.slot_given_back", to=coach, about=slot, at=at, key=key)


def _ahead(place: Enrolment, at: datetime) -> QuerySet[Session]:
    """The slot that the person holds and that has not begun."""
    return Session.objects.live().filter(is_slot=True, participant=place, starts_at__gt=at)
