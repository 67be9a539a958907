"""Dates of a cohort: planned, changed, moved, cancelled, taken out."""

from datetime import datetime
from typing import Any

from django.db import transaction

from cohorts.programme.enums import OVER_STATES, TOLD_STATES
from cohorts.programme.models import Cohort, Session
from cohorts.programme.services.needs import follow_needs
from cohorts.programme.services.places import lock_cohort
from cohorts.programme.services.sessions import errors, telling
from lic_site.accounts import audit
from lic_site.accounts.models import Person
from lic_site.common import page_cache
from lic_site.notices.enums import Reason

WHEN_AND_WHERE = ("starts_at", "ends_at", "place", "link")
FOR_WHOM = ("learning_set", "participant")


@transaction.atomic
def save_session(*, session: Session, by: Person, at: datetime, **plan: Any) -> Session:
    """Add a session, or change one. ``plan`` holds its own fields. Once participants know of it,
    only its title and its kind change here. Of one that is new in a cohort that is confirmed they
    are told.

    Raises EndsBeforeItStarts, MovedIntoPast, NotOfThisCohort, Told, Cancelled, CohortIsOver.
    """
    session = _held(session)
    changed = _changed(session, plan)
    is_new = session.pk is None
    if not is_new:
        if session.cohort.state in TOLD_STATES and {*WHEN_AND_WHERE, *FOR_WHOM} & set(changed):
            raise errors.Told
        _check_not_past(changed, at)
    for name, value in plan.items():
        setattr(session, name, value)
    _check(session)
    session.save()
    _written("programme.session_changed", session, by=by, at=at, fields=changed or plan)
    if is_new and telling.is_told(session) and session.starts_at > at:
        telling.tell_of_new_dates(session.cohort, telling.concerned(session), at=at)
    return session


@transaction.atomic
def move_session(
    *,
    session: Session,
    starts_at: datetime,
    ends_at: datetime,
    place: str,
    link: str,
    by: Person,
    at: datetime,
) -> Session:
    """Move a session in time or place. Everybody concerned is told what changed, and reminders
    that were not sent follow.

    Raises EndsBeforeItStarts, MovedIntoPast, Begun, Cancelled, CohortIsOver.
    """
    session = _held(session)
    plan = {"starts_at": starts_at, "ends_at": ends_at, "place": place, "link": link}
    changed = _changed(session, plan)
    if not changed:
        return session
    if session.starts_at <= at:
        raise errors.Begun
    _check_not_past(changed, at)
    session.earlier_starts_at = session.starts_at if "starts_at" in changed else None
    session.earlier_place = session.place if "place" in changed else ""
    for name, value in changed.items():
        setattr(session, name, value)
    session.revision += 1
    _check(session)
    session.save(update_fields=[*changed, "earlier_starts_at", "earlier_place", "revision"])
    _written("programme.session_moved", session, by=by, at=at, fields=changed)
    telling.call_off(session, at=at, reason=Reason.MOVED)
    key = f"r{session.revision}"
    telling.tell_all("programme.session_changed", session, at=at, key=key)
    return session


@transaction.atomic
def cancel_session(*, session: Session, because: str, by: Person, at: datetime) -> Session:
    """Cancel a session; everybody concerned is told why, in the words given. It stays in the list,
    struck through. Raises Begun, Cancelled, RegisterTaken, CohortIsOver.
    """
    session = _held(session)
    if session.register_taken_at is not None:
        raise errors.RegisterTaken
    if session.starts_at <= at and session.cohort.state in TOLD_STATES:
        raise errors.Begun
    session.cancelled_at = at
    session.cancelled_because = because
    session.revision += 1
    session.save(update_fields=["cancelled_at", "cancelled_because", "revision"])
    _written("programme.session_cancelled", session, by=by, at=at, fields=["cancelled_at"])
    telling.call_off(session, at=at)
    telling.tell_all("programme.session_cancelled", session, at=at)
    return session


@transaction.atomic
def remove_session(*, session: Session, by: Person, at: datetime) -> None:
    """Take out a session that nobody was told of, or a slot that nobody holds. Raises Told,
    CohortIsOver.
    """
    session = _held(session, cancelled_too=True)
    is_open_slot = session.is_slot and session.participant_id is None
    if session.cohort.state in TOLD_STATES and not is_open_slot:
        raise errors.Told
    audit.record("programme.session_removed", by=by, at=at, thing=session)
    session.delete()
    follow_needs(cohort=session.cohort, at=at)
    page_cache.bump()


def _held(session: Session, *, cancelled_too: bool = False) -> Session:
    """The session as it is now, its cohort and itself locked; one not saved yet as it is. Raises
    CohortIsOver, Cancelled.
    """
    cohort: Cohort = lock_cohort(session.cohort_id)
    if cohort.state in OVER_STATES:
        raise errors.CohortIsOver
    if session.pk is not None:
        session = Session.objects.select_for_update().get(pk=session.pk)
    session.cohort = cohort
    if session.cancelled_at is not None and not cancelled_too:
        raise errors.Cancelled
    return session


def _changed(session: Session, plan: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in plan.items() if getattr(session, name, None) != value}


def _check_not_past(changed: dict[str, Any], at: datetime) -> None:
    if "starts_at" in changed and changed["starts_at"] <= at:
        raise errors.MovedIntoPast


def _check(session: Session) -> None:
    if session.ends_at <= session.starts_at:
        raise errors.EndsBeforeItStarts
    for part in (session.learning_set, session.participant):
        if part is not None and part.cohort_id != session.cohort_id:
            raise errors.NotOfThisCohort


def _written(verb: str, session: Session, *, by: Person, at: datetime, fields: Any) -> None:
    audit.record(verb, by=by, at=at, thing=session, fields=list(fields))
    follow_needs(cohort=session.cohort, at=at)
    page_cache.bump()
