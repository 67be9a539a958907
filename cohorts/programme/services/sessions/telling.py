"""Who is told what of a session."""

from datetime import datetime

from django.db.models import Q, QuerySet

from cohorts.programme.enums import TOLD_STATES
from cohorts.programme.models import Enrolment, Session
from lic_site.accounts.models import Person
from lic_site.notices.services import cancel, send

ABOUT_TIME = (
    "programme.session_soon",
    "programme.session_changed",
    "programme.facilitator_soon",
    "programme.slot_booked",
)
"""What is of no use any more once the session is cancelled."""


def is_told(session: Session) -> bool:
    """Whether people hear of what happens to the session: its cohort is confirmed or under way."""
    return session.cohort.state in TOLD_STATES


def concerned(session: Session) -> QuerySet[Enrolment]:
    """The active participants whom the session is for and who know of it. A learning set knows
    once it was named.
    """
    expected = Enrolment.objects.active().expected_at(session)
    if session.learning_set is not None and session.learning_set.named_at is None:
        return expected.none()
    return expected


def leaders(session: Session) -> QuerySet[Person]:
    """Who leads the session: named for it, or its learning set's facilitator."""
    set_of = Q(facilitated_sets__sessions=session)
    return Person.objects.filter(Q(facilitating__session=session) | set_of).distinct()


def everybody(session: Session) -> list[Person]:
    """Participants and facilitators, each once."""
    people = [enrolment.person for enrolment in concerned(session).select_related("person")]
    known = {person.pk for person in people}
    return people + [person for person in leaders(session) if person.pk not in known]


def tell_all(kind: str, session: Session, *, at: datetime, key: str = "") -> None:
    """Queue the message to everybody concerned, if the cohort's people are told at all."""
    if not is_told(session):
        return
    for person in everybody(session):
        send(kind, to=person, about=session, at=at, key=key, useless_after=session.ends_at)


def call_off(session: Session, *, at: datetime) -> None:
    """Call off what waits about the session's time."""
    cancel(*ABOUT_TIME, about=session, at=at)
