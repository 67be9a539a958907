"""What people are asked about: a session, a month of learning sets, a whole cohort.

Learning sets pool to their cohort, a month at a time: a set of five to eight is too few for
anything to be shown of it. Cohorts that were brought in from earlier records, or are drafts, are
not asked about.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping
from datetime import date, datetime, time, timedelta
from itertools import groupby

from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils import timezone

from cohorts.programme.enums import ATTENDED, CohortState, SessionKind
from cohorts.programme.models import (
    Cohort,
    Enrolment,
    LearningSet,
    ManagerSupport,
    Session,
    SessionFacilitator,
)
from lic_site.accounts.models import ManagerRelation, Person
from lic_site.common.dates import LONDON, MONTHS, moment, when
from lic_site.surveys.protocol import About, Anchored, Subject

MORNING = time(9)
"""When a cohort starts on its first day."""
EVENING = time(17)
"""When it ends on its last."""
MANAGER = "Your line manager"
FACILITATOR = "The facilitator of your learning set"
_REAL = Q(cohort__is_imported=False) & ~Q(cohort__state=CohortState.DRAFT)


def _people(places: QuerySet[Enrolment]) -> QuerySet[Person]:
    return Person.objects.filter(pk__in=places.values("person"), erased_at=None)


def _own(person: Person) -> QuerySet[Enrolment]:
    return Enrolment.objects.taking_part().filter(person=person)


def _companions(cohort: int, person: Person) -> dict[str, Person]:
    """Of somebody who takes part: who manages them now, who leads their set once it was named."""
    place = _own(person).filter(cohort=cohort).select_related("learning_set__facilitator").first()
    if place is None:
        return {}
    found: dict[str, Person] = {}
    live = ManagerRelation.objects.filter(person=person, ends_on=None, manager__erased_at=None)
    relation = live.select_related("manager").order_by("-starts_on", "-pk").first()
    if relation is not None:
        found[MANAGER] = relation.manager
    learning_set = place.learning_set
    if learning_set and learning_set.named_at and learning_set.facilitator:
        found[FACILITATOR] = learning_set.facilitator
    return found


def _attended(session: Session) -> QuerySet[Enrolment]:
    """Whoever came, as the register says; without a register, whoever was expected."""
    there = Enrolment.objects.taking_part()
    if session.register_taken_at is None:
        return there.on_register(session)
    marked = session.attendance.filter(mark__in=ATTENDED)
    return there.filter(pk__in=marked.values("enrolment"))


class _Sessions:
    """A day for the whole cohort: no learning set, no coaching, none that was cancelled."""

    name = "session"
    title = "A session"
    anchors: Mapping[str, str] = {"ends": "it ends", "starts": "it starts"}
    audiences: Mapping[str, str] = {
        "attended": "Everybody who came",
        "expected": "Everybody who was expected",
        "facilitators": "Whoever led it",
    }

    def _all(self) -> QuerySet[Session]:
        pooled = (SessionKind.COACHING, SessionKind.LEARNING_SET)
        found = Session.objects.for_all().filter(_REAL).exclude(kind__in=pooled)
        return found.select_related("cohort")

    def _about(self, session: Session) -> About:
        day = when(session.starts_at.astimezone(LONDON).date())
        cohort = session.cohort
        return About(
            pk=session.pk,
            words=f"{session.title}, {day}",
            group=cohort.pk,
            group_words=cohort.name,
            href=reverse("programme:staff_session", args=[cohort.slug, session.pk]),
        )

    def find(self, pks: Collection[int]) -> Mapping[int, About]:
        return {each.pk: self._about(each) for each in self._all().filter(pk__in=pks)}

    def choices(self) -> Iterable[About]:
        now = timezone.now()
        found = self._all().order_by("-starts_at", "-pk")
        return [
            self._about(each) for each in sorted(found, key=lambda one: abs(one.starts_at - now))
        ]

    def anchored(self, anchor: str, after: datetime, until: datetime) -> Iterable[Anchored]:
        field = f"{anchor}_at"
        near = self._all().filter(**{f"{field}__gt": after, f"{field}__lte": until})
        return [Anchored(pk, at) for pk, at in near.order_by(field).values_list("pk", field)]

    def anchor(self, pk: int, anchor: str) -> datetime | None:
        return self._all().filter(pk=pk).values_list(f"{anchor}_at", flat=True).first()

    def audience(self, pk: int, name: str) -> QuerySet[Person]:
        session = self._all().filter(pk=pk).first()
        if session is None:
            return Person.objects.none()
        if name == "facilitators":
            return Person.objects.filter(facilitating__session=session, erased_at=None)
        if name == "expected":
            return _people(Enrolment.objects.taking_part().on_register(session))
        return _people(_attended(session))

    def read_by(self, person: Person) -> Collection[int]:
        mine = Q(cohort__in=_own(person).values("cohort")) | Q(facilitators__person=person)
        return set(self._all().filter(mine).values_list("pk", flat=True))

    def companions(self, pk: int, person: Person) -> Mapping[str, Person]:
        session = self._all().filter(pk=pk).first()
        return _companions(session.cohort_id, person) if session else {}


type _Month = tuple[int, int, int]
"""A cohort's id, a year, a month of it in London."""


def _month_of(session: Session) -> _Month:
    day = session.starts_at.astimezone(LONDON)
    return session.cohort_id, day.year, day.month


def _month_from(year: int, month: int) -> datetime:
    """When a month begins in London; month 13 is the next year's first."""
    return moment(date(year + (month - 1) // 12, (month - 1) % 12 + 1, 1), time())


class _Sets:
    """What all the learning sets of a cohort did in one month: known by the first of their
    sessions that month. Before sets are made, they stand in the calendar for the whole cohort.
    """

    name = "sets"
    title = "A month of learning sets"
    anchors: Mapping[str, str] = {"ends": "the last of them ends"}
    audiences: Mapping[str, str] = {
        "attended": "Everybody who came to one",
        "expected": "Everybody who was expected at one",
        "facilitators": "Whoever leads a set",
    }

    def _all(self) -> QuerySet[Session]:
        of_sets = Q(learning_set__isnull=False) | Q(kind=SessionKind.LEARNING_SET)
        held = Session.objects.live().filter(_REAL, of_sets, participant=None, is_slot=False)
        return held.select_related("cohort").order_by("cohort", "starts_at", "pk")

    def _months(self, sessions: Iterable[Session]) -> Iterator[list[Session]]:
        """Each month's sessions of a cohort, the first of them first."""
        for _, found in groupby(sessions, key=_month_of):
            yield list(found)

    def _around(self, pks: Collection[int]) -> list[list[Session]]:
        """The months known by these sessions, in two queries."""
        firsts = list(self._all().filter(pk__in=pks))
        same = Q(pk__in=())
        for first in firsts:
            cohort, year, month = _month_of(first)
            begins, ends = _month_from(year, month), _month_from(year, month + 1)
            same |= Q(cohort=cohort, starts_at__gte=begins, starts_at__lt=ends)
        months = self._months(self._all().filter(same)) if firsts else ()
        return [found for found in months if found[0].pk in pks]

    def _about(self, first: Session) -> About:
        cohort, year, month = _month_of(first)
        return About(
            pk=first.pk,
            words=f"Learning sets, {MONTHS[month - 1]} {year}",
            group=cohort,
            group_words=first.cohort.name,
            href=reverse("programme:sets", args=[first.cohort.slug]),
        )

    def find(self, pks: Collection[int]) -> Mapping[int, About]:
        return {found[0].pk: self._about(found[0]) for found in self._around(pks)}

    def choices(self) -> Iterable[About]:
        months = sorted(self._months(self._all()), key=lambda found: found[0].starts_at)
        return [self._about(found[0]) for found in reversed(months)]

    def anchored(self, anchor: str, after: datetime, until: datetime) -> Iterable[Anchored]:  # noqa: ARG002 - it has one
        first, last = after.astimezone(LONDON), until.astimezone(LONDON)
        # A session that begins in one month can end in the next, never in the one after.
        near = self._all().filter(
            starts_at__gte=_month_from(first.year - 1, first.month + 11),
            starts_at__lt=_month_from(last.year, last.month + 1),
        )
        for found in self._months(near):
            at = max(session.ends_at for session in found)
            if after < at <= until:
                yield Anchored(found[0].pk, at)

    def anchor(self, pk: int, anchor: str) -> datetime | None:  # noqa: ARG002 - it has one
        months = self._around([pk])
        return max(session.ends_at for session in months[0]) if months else None

    def audience(self, pk: int, name: str) -> QuerySet[Person]:
        months = self._around([pk])
        sessions = months[0] if months else []
        sets = {session.learning_set_id for session in sessions if session.learning_set_id}
        if name == "facilitators":
            led = LearningSet.objects.filter(pk__in=sets, facilitator__isnull=False)
            named = SessionFacilitator.objects.filter(session__in=sessions)
            leads = Q(pk__in=led.values("facilitator")) | Q(pk__in=named.values("person"))
            return Person.objects.filter(leads, erased_at=None)
        places: set[int] = set()
        for session in sessions:
            everybody = Enrolment.objects.taking_part().on_register(session)
            asked = everybody if name == "expected" else _attended(session)
            places.update(asked.values_list("pk", flat=True))
        return _people(Enrolment.objects.filter(pk__in=places))

    def read_by(self, person: Person) -> Collection[int]:
        """The months of the cohorts they take part in, or in which they lead a set."""
        sets = LearningSet.objects.filter(facilitator=person).values("cohort")
        mine = Q(cohort__in=_own(person).values("cohort")) | Q(cohort__in=sets)
        return set(self._all().filter(mine).values_list("pk", flat=True))

    def companions(self, pk: int, person: Person) -> Mapping[str, Person]:
        session = self._all().filter(pk=pk).first()
        return _companions(session.cohort_id, person) if session else {}


class _Cohorts:
    """A whole run of the programme."""

    name = "cohort"
    title = "A whole cohort"
    anchors: Mapping[str, str] = {"starts": "it starts", "ends": "it ends"}
    audiences: Mapping[str, str] = {
        "participants": "Everybody who takes part",
        "managers": "Managers and supporters who answered for somebody who takes part",
    }

    def _all(self) -> QuerySet[Cohort]:
        return Cohort.objects.published().filter(is_imported=False)

    def _about(self, cohort: Cohort) -> About:
        return About(
            pk=cohort.pk,
            words=cohort.name,
            group=cohort.pk,
            group_words=cohort.name,
            href=reverse("programme:cohort", args=[cohort.slug]),
        )

    def _at(self, anchor: str, day: date) -> datetime:
        return moment(day, MORNING if anchor == "starts" else EVENING)

    def find(self, pks: Collection[int]) -> Mapping[int, About]:
        return {each.pk: self._about(each) for each in self._all().filter(pk__in=pks)}

    def choices(self) -> Iterable[About]:
        return [self._about(each) for each in self._all()]

    def anchored(self, anchor: str, after: datetime, until: datetime) -> Iterable[Anchored]:
        field, slack = f"{anchor}_on", timedelta(days=1)
        near = self._all().filter(
            **{f"{field}__gte": after.date() - slack, f"{field}__lte": until.date() + slack}
        )
        for pk, day in near.order_by(field, "pk").values_list("pk", field):
            at = self._at(anchor, day)
            if after < at <= until:
                yield Anchored(pk, at)

    def anchor(self, pk: int, anchor: str) -> datetime | None:
        day = self._all().filter(pk=pk).values_list(f"{anchor}_on", flat=True).first()
        return self._at(anchor, day) if day else None

    def audience(self, pk: int, name: str) -> QuerySet[Person]:
        places = Enrolment.objects.taking_part().filter(cohort=pk, cohort__in=self._all())
        if name == "participants":
            return _people(places)
        # Whoever went on in a later cohort applied to an earlier one.
        applied = Q(application__enrolment__in=places)
        went_on = Q(application__enrolment__successor__in=places)
        answered = ManagerSupport.objects.filter(applied | went_on, answered_at__isnull=False)
        return Person.objects.filter(pk__in=answered.values("supporter"), erased_at=None)

    def read_by(self, person: Person) -> Collection[int]:
        mine = Q(enrolments__in=_own(person))
        led = Q(sessions__facilitators__person=person) | Q(learning_sets__facilitator=person)
        return set(self._all().filter(mine | led).values_list("pk", flat=True))

    def companions(self, pk: int, person: Person) -> Mapping[str, Person]:
        return _companions(pk, person)


SUBJECTS: list[Subject] = [_Sessions(), _Sets(), _Cohorts()]
