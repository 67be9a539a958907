"""Who is told what of a session."""

from datetime import datetime, timedelta

from django.db.models import Q, QuerySet
from django.utils import timezone

from cohorts.programme.enums import TOLD_STATES
from cohorts.programme.models import Cohort, Enrolment, Session
from lic_site.accounts.models import Person
from lic_site.notices.services import cancel, send

ABOUT_TIME = (
    "programme.session_soon",
    "programme.session_changed",
    "programme.facilitator_soon",
    "programme.slot_booked",
)
"""What is of no use any more once the session is cancelled."""
MORE_MAY_FOLLOW = timedelta(minutes=30)
"""How long a message about a new date waits for others to be added."""


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


def tell_of_new_dates(cohort: Cohort, places: QuerySet[Enrolment], *, at: datetime) -> None:
    """One message a day to each, a while after the first date was added: others may follow it."""
    key = f"{timezone.localdate(at):%Y%m%d}"
    for enrolment in places.select_related("person"):
        send(
            "programme.sessions_added",
            to=enrolment.person,
            about=cohort,
            at=at,
            key=key,
            due_at=at + MORE_MAY_FOLLOW,
        )


def call_off(session: Session, *, at: datetime) -> None:
    """Call off what waits about the session's time."""
    cancel(*ABOUT_TIME, about=session, at=at)
