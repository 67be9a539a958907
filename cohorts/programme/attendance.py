"""A cohort's attendance for those who run it: people by sessions, in few queries."""

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime

from django.utils import timezone

from cohorts.programme.enums import ATTENDED, CatchUp, EnrolmentState
from cohorts.programme.models import Attendance, Cohort, Enrolment, Session
from cohorts.programme.services.register import standing_of
from cohorts.programme.standing import Standing


@dataclass(frozen=True)
class Column:
    """One session whose day has come."""

    session: Session
    expected: int
    marked: int
    came: int

    @property
    def is_due(self) -> bool:
        return self.session.register_taken_at is None and bool(self.expected)


@dataclass(frozen=True)
class Cell:
    """One person at one session."""

    attendance: Attendance | None
    is_expected: bool

    @property
    def is_caught_up(self) -> bool:
        return self.attendance is not None and self.attendance.catch_up == CatchUp.DONE


@dataclass(frozen=True)
class Person:
    """One participant's line: a cell a session, and where they stand."""

    enrolment: Enrolment
    cells: list[Cell]
    alone: int
    """Sessions of theirs alone that were held."""
    alone_came: int
    standing: Standing


@dataclass(frozen=True)
class Grid:
    sessions: list[Column]
    """Everything whose day has come, the latest first, one-to-one sessions among them."""
    columns: list[Column]
    """Those for everybody or for a set, the earliest first."""
    people: list[Person]

    @property
    def due(self) -> list[Column]:
        return [each for each in reversed(self.sessions) if each.is_due]

    @property
    def has_alone(self) -> bool:
        return any(person.alone for person in self.people)


def is_expected(session: Session, place: Enrolment) -> bool:
    """Whether somebody with this place was expected: ``on_register`` for a pair at hand."""
    if session.participant_id is not None:
        is_theirs = session.participant_id == place.pk
    elif session.is_slot:
        is_theirs = False
    elif session.learning_set_id is not None:
        is_theirs = session.learning_set_id == place.learning_set_id
    else:
        is_theirs = session.cohort_id == place.cohort_id
    had_left = place.state != EnrolmentState.ACTIVE and (
        place.ended_at is None or place.ended_at <= session.starts_at
    )
    return is_theirs and place.enrolled_at < session.ends_at and not had_left


def grid(cohort: Cohort, places: Iterable[Enrolment], at: datetime) -> Grid:
    """Everything the page shows: seven queries, however many people and sessions. ``places`` are
    those of the cohort that the person looking may see; whoever left without a mark is left out.
    """
    sessions = [
        each
        for each in cohort.sessions.live()
        .exclude(is_slot=True, participant=None)
        .select_related("learning_set", "participant__person")
        .order_by("starts_at", "pk")
        if timezone.localdate(each.starts_at) <= timezone.localdate(at)
    ]
    marks: defaultdict[int, dict[int, Attendance]] = defaultdict(dict)
    for each in Attendance.objects.filter(session__in=sessions).order_by():
        marks[each.enrolment_id][each.session_id] = each
    held = list(places)
    shown = [place for place in held if place.state == EnrolmentState.ACTIVE or place.pk in marks]
    standings = standing_of(shown, at=at)
    columns = [_column(session, held, marks) for session in sessions]
    return Grid(
        sessions=columns[::-1],
        columns=[each for each in columns if each.session.participant_id is None],
        people=[_person(place, columns, marks[place.pk], standings[place.pk]) for place in shown],
    )


def _column(
    session: Session, places: Collection[Enrolment], marks: dict[int, dict[int, Attendance]]
) -> Column:
    held = [said for place in places if (said := marks[place.pk].get(session.pk))]
    absent = sum(
        is_expected(session, place) and session.pk not in marks[place.pk] for place in places
    )
    came = sum(each.mark in ATTENDED for each in held)
    return Column(session, len(held) + absent, len(held), came)


def _person(
    place: Enrolment, columns: list[Column], marks: dict[int, Attendance], standing: Standing
) -> Person:
    alone = [
        marks[each.session.pk]
        for each in columns
        if each.session.participant_id == place.pk and each.session.pk in marks
    ]
    return Person(
        enrolment=place,
        cells=[
            Cell(marks.get(each.session.pk), is_expected(each.session, place))
            for each in columns
            if each.session.participant_id is None
        ],
        alone=len(alone),
        alone_came=sum(each.mark in ATTENDED for each in alone),
        standing=standing,
    )
