"""What is known of the days around some sessions: gathered here, judged in ``clashes``."""

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Prefetch, Q, QuerySet
from django.utils import timezone

from cohorts.programme.clashes import Audience, Avoided, Bounds, Clash, Leader, Planned, find
from cohorts.programme.models import AvoidDate, Cohort, Enrolment, Session, SessionFacilitator
from lic_site.accounts.models import Person

DAY = timedelta(days=1)


def with_leaders(sessions: QuerySet[Session]) -> QuerySet[Session]:
    """The sessions with all that a list of them shows, in few queries."""
    named = Prefetch("facilitators", SessionFacilitator.objects.select_related("person"))
    return sessions.select_related(
        "learning_set__facilitator", "participant__person", "cohort"
    ).prefetch_related(named)


def clashes_of(
    cohort: Cohort,
    sessions: Collection[Session],
    *,
    at: datetime,
    coach: Person | None = None,
) -> dict[int, list[Clash]]:
    """What speaks against each of the sessions, by its key, 0 for all those not saved yet, which
    ``coach`` is to lead. Cancelled ones clash with nothing.
    """
    ours = [session for session in sessions if session.cancelled_at is None]
    if not ours:
        return {}
    first = min(session.starts_at for session in ours)
    last = max(session.ends_at for session in ours)
    near = Session.objects.live().filter(starts_at__lt=last, ends_at__gt=first)
    own = list(with_leaders(near.filter(cohort=cohort)))
    members = _Members(Enrolment.objects.active().filter(cohort=cohort))
    to_lead = frozenset([Leader(coach.pk, coach.name)] if coach else [])
    leading = {leader.pk for session in [*ours, *own] for leader in _leaders(session)}
    leading |= {leader.pk for leader in to_lead}
    others = [
        *(_planned(session, members) for session in own),
        *_elsewhere(near.exclude(cohort=cohort), members.everybody, leading),
    ]
    avoided = _avoided(first, last)
    bounds = Bounds(cohort.starts_on, cohort.ends_on)
    found: dict[int, list[Clash]] = {}
    for session in ours:
        planned = _planned(session, members)
        if not planned.key:
            planned = replace(planned, leaders=planned.leaders | to_lead)
        clashes = find(planned, others=others, avoided=avoided, bounds=bounds, at=at)
        known = found.setdefault(planned.key, [])
        known += [clash for clash in clashes if clash not in known]
    return found


class _Members:
    """Which people belong to which cohorts, sets and places."""

    def __init__(self, enrolments: QuerySet[Enrolment]) -> None:
        self._by: dict[tuple[str, Any], set[int]] = defaultdict(set)
        rows = enrolments.values_list("pk", "person_id", "cohort_id", "learning_set_id")
        for pk, person, cohort, learning_set in rows:
            self._by["participant", pk].add(person)
            self._by["cohort", cohort].add(person)
            self._by["set", learning_set].add(person)
        self.everybody = {
            person
            for (part, _), people in self._by.items()
            if part == "cohort"
            for person in people
        }

    def of(self, session: Session) -> frozenset[int]:
        if session.participant_id is not None:
            return frozenset(self._by.get(("participant", session.participant_id), ()))
        if session.is_slot:
            return frozenset()
        if session.learning_set_id is not None:
            return frozenset(self._by.get(("set", session.learning_set_id), ()))
        return frozenset(self._by.get(("cohort", session.cohort_id), ()))


def _elsewhere(
    near: QuerySet[Session], people: Collection[int], leading: Collection[int]
) -> Iterable[Planned]:
    """Sessions of other cohorts that these people take part in or lead."""
    places = Enrolment.objects.active().filter(person__in=people)
    led = Q(facilitators__person__in=leading) | Q(learning_set__facilitator__in=leading)
    attended = Q(pk__in=Session.objects.of_enrolments(places).values("pk"))
    found = list(with_leaders(near.filter(led | attended).distinct()))
    if not found:
        return []
    members = _Members(places.filter(cohort__in={session.cohort_id for session in found}))
    return [_planned(session, members) for session in found]


def _planned(session: Session, members: _Members) -> Planned:
    return Planned(
        key=session.pk or 0,
        title=session.title,
        starts_at=session.starts_at,
        ends_at=session.ends_at,
        audience=Audience(
            cohort=session.cohort_id,
            learning_set=session.learning_set_id,
            participant=session.participant_id,
            nobody=session.is_slot and session.participant_id is None,
            people=members.of(session),
        ),
        leaders=frozenset(_leaders(session)),
    )


def leaders_of(session: Session) -> list[Person]:
    """Who leads the session, by name or through its learning set, each once."""
    named = [] if session.pk is None else [each.person for each in session.facilitators.all()]
    of_set = session.learning_set.facilitator if session.learning_set else None
    if of_set is not None and of_set not in named:
        named.append(of_set)
    return named


def _leaders(session: Session) -> Iterable[Leader]:
    return (Leader(person.pk, person.name) for person in leaders_of(session))


def _avoided(first: datetime, last: datetime) -> list[Avoided]:
    rows = AvoidDate.objects.filter(
        starts_on__lte=timezone.localdate(last) + DAY, ends_on__gte=timezone.localdate(first) - DAY
    )
    return [Avoided(row.name, row.starts_on, row.ends_on, row.is_approximate) for row in rows]
