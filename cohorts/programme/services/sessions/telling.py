"""Who is told what of a session."""

from collections import defaultdict
from collections.abc import Collection
from datetime import datetime, timedelta

from django.db.models import Q, QuerySet
from django.utils import timezone

from cohorts.programme.enums import TOLD_STATES
from cohorts.programme.models import Cohort, Enrolment, Session, SessionFacilitator
from lic_site.accounts.models import Person
from lic_site.notices.enums import Reason
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


def concerned_by(sessions: Collection[Session]) -> dict[int, list[Enrolment]]:
    """``concerned`` for many sessions, by their ids, with the people: one query. Wants
    ``learning_set`` joined.
    """
    own = [each.participant_id for each in sessions if each.participant_id is not None]
    shared = [each for each in sessions if each.participant_id is None and not each.is_slot]
    sets = [each.learning_set_id for each in shared if each.learning_set_id is not None]
    whole = [each.cohort_id for each in shared if each.learning_set_id is None]
    places = Enrolment.objects.active().filter(
        Q(pk__in=own) | Q(learning_set__in=sets) | Q(cohort__in=whole)
    )
    by_own: dict[int, list[Enrolment]] = {}
    by_set: defaultdict[int | None, list[Enrolment]] = defaultdict(list)
    by_cohort: defaultdict[int, list[Enrolment]] = defaultdict(list)
    for place in places.select_related("person"):
        by_own[place.pk] = [place]
        by_set[place.learning_set_id].append(place)
        by_cohort[place.cohort_id].append(place)

    def found(session: Session) -> list[Enrolment]:
        if session.learning_set is not None and session.learning_set.named_at is None:
            return []
        if session.participant_id is not None:
            return by_own.get(session.participant_id, [])
        if session.is_slot:
            return []
        if session.learning_set_id is not None:
            return by_set[session.learning_set_id]
        return by_cohort[session.cohort_id]

    return {session.pk: found(session) for session in sessions}


def leaders(session: Session) -> QuerySet[Person]:
    """Who leads the session: named for it, or its learning set's facilitator."""
    set_of = Q(facilitated_sets__sessions=session)
    return Person.objects.filter(Q(facilitating__session=session) | set_of).distinct()


def leaders_of(sessions: Collection[Session]) -> dict[int, list[Person]]:
    """``leaders`` for many sessions, by their ids: one query. Wants ``learning_set__facilitator``
    joined.
    """
    found: dict[int, dict[int, Person]] = {session.pk: {} for session in sessions}
    named = SessionFacilitator.objects.filter(session__in=found).select_related("person")
    for each in named:
        found[each.session_id][each.person_id] = each.person
    for session in sessions:
        facilitator = session.learning_set.facilitator if session.learning_set else None
        if facilitator is not None:
            found[session.pk][facilitator.pk] = facilitator
    return {pk: list(people.values()) for pk, people in found.items()}


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


def call_off(session: Session, *, at: datetime, reason: Reason = Reason.WITHDRAWN) -> None:
    """Call off what waits about the session's time."""
    cancel(*ABOUT_TIME, about=session, at=at, reason=reason)
