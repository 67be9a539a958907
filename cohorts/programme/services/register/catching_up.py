"""Making good a missed session: the participant says so, and somebody who knows confirms it."""

from datetime import datetime

from django.db import transaction

from cohorts.programme.enums import ATTENDED, CatchUp
from cohorts.programme.models import Attendance
from cohorts.programme.services.register.errors import (
    AlreadyCaughtUp,
    NothingToCatchUp,
    OwnCatchUp,
    WordsMissing,
)
from lic_site.accounts import audit
from lic_site.accounts.models import Person
from lic_site.notices.services import cancel, send

KIND = "programme.catch_up_recorded"


@transaction.atomic
def report_catch_up(*, attendance: Attendance, words: str, by: Person, at: datetime) -> Attendance:
    """The participant says in one line how they caught up.

    Raises WordsMissing, NothingToCatchUp, AlreadyCaughtUp.
    """
    if not words.strip():
        raise WordsMissing
    held = _held(attendance)
    if held.catch_up == CatchUp.DONE:
        raise AlreadyCaughtUp
    held.catch_up_words = words.strip()
    return _become(held, CatchUp.REPORTED, by=by, at=at)


@transaction.atomic
def confirm_catch_up(*, attendance: Attendance, by: Person, at: datetime) -> Attendance:
    """Record that the session was caught up on, whether or not the participant said so; they are
    told. Raises NothingToCatchUp, AlreadyCaughtUp, OwnCatchUp.
    """
    held = _held(attendance)
    if held.enrolment.person_id == by.pk:
        raise OwnCatchUp
    if held.catch_up == CatchUp.DONE:
        raise AlreadyCaughtUp
    held = _become(held, CatchUp.DONE, by=by, at=at)
    send(KIND, to=held.enrolment.person, about=held, at=at)
    return held


@transaction.atomic
def reopen_catch_up(*, attendance: Attendance, by: Person, at: datetime) -> Attendance:
    """It was recorded, or said, by mistake: there is still something to catch up on. Raises
    NothingToCatchUp.
    """
    held = _held(attendance)
    cancel(KIND, about=held, at=at)
    return _become(held, CatchUp.OFFERED, by=by, at=at)


def _held(attendance: Attendance) -> Attendance:
    held = (
        Attendance.objects.select_for_update(of=["self"])
        .select_related("enrolment__person")
        .get(pk=attendance.pk)
    )
    if held.mark in ATTENDED:
        raise NothingToCatchUp
    return held


def _become(held: Attendance, state: CatchUp, *, by: Person, at: datetime) -> Attendance:
    held.catch_up, held.catch_up_at = state, at
    held.save(update_fields=["catch_up", "catch_up_words", "catch_up_at"])
    audit.record(
        f"programme.catch_up_{state.value}",
        by=by,
        at=at,
        thing=held,
        subject=held.enrolment.person,
        fields=["catch_up"],
    )
    return held
