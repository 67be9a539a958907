"""One cohort at a glance, as counts alone: who goes from applying to completing, who came to each
session, what happened to the messages about it.
"""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from fractions import Fraction
from typing import Any

from django.db.models import Count, Model, Q, QuerySet

from cohorts.programme import models
from cohorts.programme.enums import ATTENDED, CohortState, Mark
from cohorts.programme.figures import Sort
from cohorts.programme.models import Cohort, Session
from cohorts.programme.selection import half_up
from cohorts.programme.work import Facts
from lic_site.notices.enums import State
from lic_site.notices.models import Notice
from lic_site.notices.protocol import kinds


@dataclass(frozen=True)
class Register:
    """What the register of one session says, as counts."""

    session: Session
    there: int
    """Present or late."""
    late: int
    apologies: int
    absent: int

    @property
    def marked(self) -> int:
        return self.there + self.apologies + self.absent

    @property
    def there_share(self) -> int:
        """Whole percent of those marked, halves up."""
        return _percent(self.there, self.marked)

    @property
    def apologies_share(self) -> int:
        return _percent(self.apologies, self.marked)


@dataclass(frozen=True)
class Sessions:
    registers: list[Register]
    ahead: list[Session]

    @property
    def percent(self) -> int | None:
        """Of all who were expected at sessions so far, those who came. None before the first."""
        marked = sum(each.marked for each in self.registers)
        return _percent(sum(each.there for each in self.registers), marked) if marked else None


def _percent(part: int, whole: int) -> int:
    return int(half_up(Fraction(100 * part, whole), 0)) if whole else 0


def sessions_of(cohort: Cohort, at: datetime, *, with_sets: bool) -> Sessions:
    """Sessions for everybody, and ``with_sets`` those for one: those whose register is taken, and
    those to come. What is for one person alone would say who came; a set's counts are small, and
    for those who know its members.
    """
    counts = {
        mark.value: Count("attendance", filter=Q(attendance__mark=mark.value)) for mark in Mark
    }
    held = Session.objects.live() if with_sets else Session.objects.for_all()
    found = list(
        held.filter(cohort=cohort, participant=None, is_slot=False)
        .annotate(**{f"{mark}_count": count for mark, count in counts.items()})
        .select_related("learning_set")
        .order_by("starts_at", "pk")
    )
    taken = [each for each in found if each.register_taken_at]
    return Sessions(
        [register for each in taken if (register := _register(each)).marked],
        [each for each in found if each.ends_at > at],
    )


def _register(session: Session) -> Register:
    counts = {mark: getattr(session, f"{mark.value}_count") for mark in Mark}
    return Register(
        session,
        there=sum(counts[mark] for mark in ATTENDED),
        late=counts[Mark.LATE],
        apologies=counts[Mark.APOLOGIES],
        absent=counts[Mark.ABSENT],
    )


@dataclass(frozen=True)
class Places:
    """Everybody who ever took a place is in one part."""

    taking_part: int
    completed: int
    deferred: int
    left: int

    @property
    def taken(self) -> int:
        return self.taking_part + self.completed + self.deferred + self.left


def places_of(facts: Facts) -> Places:
    return Places(
        taking_part=facts.number(Sort.ACTIVE),
        completed=facts.number(Sort.COMPLETED),
        deferred=facts.number(Sort.DEFERRED),
        left=facts.number(Sort.WITHDRAWN),
    )


@dataclass(frozen=True)
class Stage:
    """A step of the way through, by its code, and how many came so far."""

    code: str
    value: int


def stages(facts: Facts, places: Places) -> Iterator[Stage]:
    """From applying to completing. Nobody applied to a cohort that was brought in."""
    if not facts.cohort.is_imported:
        yield Stage("applied", facts.funnel.sent)
        yield Stage("offered", facts.funnel.ever_offered)
    yield Stage("taken", places.taken)
    if facts.cohort.state in {CohortState.COMPLETE, CohortState.ARCHIVED}:
        yield Stage("completed", places.completed)
    else:
        yield Stage("there", places.taking_part + places.completed)


COHORT_OF: dict[type[Model], str] = {
    models.Cohort: "pk",
    models.CohortReader: "cohort",
    models.Application: "cohort",
    models.Offer: "application__cohort",
    models.Review: "application__cohort",
    models.ManagerSupport: "application__cohort",
    models.Session: "cohort",
    models.SessionFacilitator: "session__cohort",
    models.Material: "session__cohort",
    models.LearningSet: "cohort",
    models.Enrolment: "cohort",
    models.EnrolmentEvent: "enrolment__cohort",
    models.SupportContact: "enrolment__cohort",
    models.Need: "enrolment__cohort",
    models.Attendance: "session__cohort",
    models.Apology: "session__cohort",
    models.Certificate: "enrolment__cohort",
}
"""How each record that a message can be about belongs to a cohort."""


@dataclass(frozen=True)
class Messages:
    """Messages about one cohort, those dropped or out of date left out."""

    waiting: int
    sent: int
    failed: int

    @property
    def total(self) -> int:
        return self.waiting + self.sent + self.failed


def messages_of(cohort: Cohort) -> Messages:
    """In one query: a branch for each table that messages are about."""
    branches = [
        _about(names, model._default_manager.filter(**{COHORT_OF[model]: cohort.pk}))
        for model, names in _kinds_by_model().items()
    ]
    counts: Counter[str] = Counter()
    for state, number in branches[0].union(*branches[1:], all=True).order_by():
        counts[state] += number
    return Messages(
        waiting=counts[State.PENDING] + counts[State.SENDING],
        sent=counts[State.SENT],
        failed=counts[State.FAILED],
    )


def _about(names: list[str], anchors: QuerySet[Any]) -> QuerySet[Any, Any]:
    return (
        Notice.objects.filter(kind__in=names, anchor_id__in=anchors.order_by().values("pk"))
        .order_by()
        .values("state")
        .annotate(number=Count("pk"))
        .values_list("state", "number")
    )


def _kinds_by_model() -> dict[type[Model], list[str]]:
    """The kinds of messages about each sort of record here."""
    found: dict[type[Model], list[str]] = {}
    for kind in kinds().values():
        model = getattr(kind, "model", None)
        if model in COHORT_OF:
            found.setdefault(model, []).append(kind.name)
    return found
