"""Taking a register. Two people may take it at once: what they agree on merges, and where they do
not, whoever saves second is asked.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction
from django.utils import timezone

from cohorts.programme.enums import ATTENDED, CatchUp, EnrolmentState, Mark
from cohorts.programme.models import Attendance, Enrolment, Session
from cohorts.programme.services.register.errors import (
    Clash,
    NotExpected,
    NotYetHeld,
    RegisterChanged,
    SessionCancelled,
)
from lic_site.accounts import audit
from lic_site.accounts.models import Person
from lic_site.notices.services import cancel, send

TIME_TO_CORRECT = timedelta(hours=2)
"""Whoever missed a session hears so long after it, or after the register was saved."""
STILL_NEWS = timedelta(days=28)
"""A session longer ago than this is not written about any more."""


@dataclass(frozen=True)
class Choice:
    """What somebody chose for a participant, and what the page said when they opened it."""

    mark: Mark
    was: str = ""


def lock_session(session_id: int) -> Session:
    """The session, held until the transaction ends."""
    return Session.objects.select_for_update().get(pk=session_id)


def check_register(session: Session, at: datetime) -> None:
    """Raises SessionCancelled, NotYetHeld: whether the session has a register now."""
    if session.cancelled_at is not None:
        raise SessionCancelled
    if timezone.localdate(at) < timezone.localdate(session.starts_at):
        raise NotYetHeld


@transaction.atomic
def save_register(
    *, session: Session, choices: Mapping[int, Choice], seen: int, by: Person, at: datetime
) -> Session:
    """Mark participants, by the ids of their places. ``seen`` is the register's revision when the
    page was opened. The register is taken once nobody is left without a mark.

    What was chosen without changing what the page said gives way to what somebody else saved
    since. Raises NotYetHeld, SessionCancelled, NotExpected, RegisterChanged.
    """
    session = lock_session(session.pk)
    check_register(session, at)
    expected = Enrolment.objects.on_register(session).select_related("person").in_bulk()
    if not choices.keys() <= expected.keys():
        raise NotExpected
    marks = {
        each.enrolment_id: each for each in session.attendance.select_related("marked_by").all()
    }
    changed = _differing(choices, marks, is_fresh=session.register_revision == seen)
    _write(session, changed, marks, by=by, at=at)
    if changed:
        audit.record_each(
            "programme.attendance_marked",
            by=by,
            at=at,
            about=[(expected[pk], expected[pk].person) for pk in changed],
        )
    if expected.keys() <= marks.keys() | changed.keys():
        _take(session, by=by, at=at)
    session.register_revision += bool(changed)
    session.save(update_fields=["register_revision", "register_taken_at", "register_taken_by"])
    return session


def _differing(
    choices: Mapping[int, Choice], marks: Mapping[int, Attendance], *, is_fresh: bool
) -> dict[int, Mark]:
    """What is to be written. Raises RegisterChanged."""
    changed: dict[int, Mark] = {}
    clashes = []
    for pk, choice in choices.items():
        held = marks.get(pk)
        now = held.mark if held else ""
        if choice.mark == now:
            continue
        if is_fresh or held is None or now == choice.was:
            changed[pk] = choice.mark
        elif choice.mark != choice.was:
            name = held.marked_by.name if held.marked_by else ""
            clashes.append(Clash(pk, Mark(now), choice.mark, name, held.marked_at))
    if clashes:
        raise RegisterChanged(clashes)
    return changed


def _write(
    session: Session,
    changed: Mapping[int, Mark],
    marks: Mapping[int, Attendance],
    *,
    by: Person,
    at: datetime,
) -> None:
    new = [
        Attendance(session=session, enrolment_id=pk, mark=mark, marked_at=at, marked_by=by)
        for pk, mark in changed.items()
        if pk not in marks
    ]
    Attendance.objects.bulk_create(new)
    for pk in changed.keys() & marks.keys():
        held = marks[pk]
        held.mark, held.marked_at, held.marked_by = changed[pk], at, by
        if held.mark in ATTENDED:
            held.catch_up, held.catch_up_words, held.catch_up_at = "", "", None
            cancel("programme.session_missed", about=held, at=at)
        held.save()


def _take(session: Session, *, by: Person, at: datetime) -> None:
    """The register is complete: whoever missed the session is offered a way to catch up, once."""
    if session.register_taken_at is None:
        session.register_taken_at, session.register_taken_by = at, by
        audit.record("programme.register_taken", by=by, at=at, thing=session)
    due_at = max(at, session.ends_at) + TIME_TO_CORRECT
    useless_after = session.ends_at + STILL_NEWS
    for missed in _to_offer(session):
        missed.catch_up, missed.catch_up_at = CatchUp.OFFERED, at
        missed.save(update_fields=["catch_up", "catch_up_at"])
        if due_at < useless_after:
            send(
                "programme.session_missed",
                to=missed.enrolment.person,
                about=missed,
                at=at,
                due_at=due_at,
                useless_after=useless_after,
            )


def _to_offer(session: Session) -> Iterable[Attendance]:
    return (
        Attendance.objects.missed()
        .filter(session=session, catch_up="", enrolment__state=EnrolmentState.ACTIVE)
        .select_related("enrolment__person")
    )
