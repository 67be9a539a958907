"""A person's steps on a timeline, done and to come: of an application, and of a whole cohort."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Literal

from django.utils import timezone

from cohorts.programme.enums import (
    ATTENDED,
    ApplicationState,
    CatchUp,
    EnrolmentState,
    PlaceStep,
    SessionNote,
    Step,
)

type Moment = date | datetime | None


@dataclass(frozen=True)
class TimelineEvent:
    """One step as the timeline component draws it."""

    title: str
    when: Moment = None
    text: str = ""
    state: Literal["done", "now", "next"] = "done"


_AHEAD: dict[str, tuple[Step, ...]] = {
    ApplicationState.SUBMITTED: (Step.READ, Step.DECIDED, Step.STARTS),
    ApplicationState.UNDER_REVIEW: (Step.DECIDED, Step.STARTS),
    ApplicationState.WAITLISTED: (Step.STARTS,),
    ApplicationState.OFFERED: (Step.ANSWER, Step.STARTS),
    ApplicationState.ACCEPTED: (Step.STARTS,),
}


def timeline(
    past: Iterable[tuple[str, datetime]],
    state: str,
    *,
    decisions_by: date,
    answer_by: datetime | None,
    starts_on: date,
) -> Iterator[TimelineEvent]:
    """``past`` are the states the application came into, oldest first; what lies ahead follows
    from the state it is in.
    """
    done = list(past)
    for place, (reached, at) in enumerate(done, 1):
        is_now = place == len(done)
        is_begun = reached == ApplicationState.DRAFT and not is_now
        title = Step.BEGUN.label if is_begun else ApplicationState(reached).label
        yield TimelineEvent(title, at, state="now" if is_now else "done")
    when: dict[Step, Moment] = {
        Step.DECIDED: decisions_by,
        Step.ANSWER: answer_by,
        Step.STARTS: starts_on,
    }
    for step in _AHEAD.get(state, ()):
        yield TimelineEvent(step.label, when.get(step), state="next")


@dataclass(frozen=True)
class Held:
    """A session as it stands on the line of somebody's place."""

    title: str
    starts_at: datetime
    ends_at: datetime
    place: str = ""
    is_cancelled: bool = False
    is_excused: bool = False
    """They said beforehand that they cannot come."""
    mark: str = ""
    """What the register says of them; empty until it is taken."""
    catch_up: str = ""

    @property
    def note(self) -> SessionNote:
        if self.is_cancelled:
            return SessionNote.CANCELLED
        if self.mark in ATTENDED:
            return SessionNote.ATTENDED
        if self.mark:
            return _MADE_GOOD.get(self.catch_up, SessionNote.MISSED)
        return SessionNote.EXCUSED if self.is_excused else SessionNote.COMING


_MADE_GOOD: dict[str, SessionNote] = {
    CatchUp.DONE: SessionNote.CAUGHT_UP,
    CatchUp.OFFERED: SessionNote.CATCH_UP,
    CatchUp.REPORTED: SessionNote.CATCH_UP,
}


@dataclass(frozen=True)
class Way:
    """What is known of somebody's way through a cohort, for its line."""

    reached: Sequence[tuple[str, datetime]]
    """The states their application came into, oldest first; empty where nobody applied."""
    joined_at: datetime
    went_on: bool
    """The place goes on from one in an earlier cohort."""
    state: str
    ended_at: datetime | None
    needs_told_at: datetime | None
    needs_by: date | None
    has_sets: bool
    """The cohort learns in sets, whether or not this person's is named yet."""
    set_name: str
    set_named_at: datetime | None
    sessions: Sequence[Held]
    ends_on: date
    certified_on: date | None


_BEFORE = {
    ApplicationState.SUBMITTED: PlaceStep.APPLIED,
    ApplicationState.UNDER_REVIEW: PlaceStep.READ,
    ApplicationState.WAITLISTED: PlaceStep.WAITED,
    ApplicationState.OFFERED: PlaceStep.OFFERED,
}
_GONE = {EnrolmentState.DEFERRED: PlaceStep.DEFERRED, EnrolmentState.WITHDRAWN: PlaceStep.LEFT}


def place_timeline(way: Way, at: datetime) -> list[TimelineEvent]:
    """The line from the application to what comes after the cohort: what happened by ``at``, the
    last of it marked as where the person stands, then what lies ahead.
    """
    happened = sorted(_happened(way, at), key=lambda pair: pair[0])
    done = [
        TimelineEvent(title, when, text, "now" if place == len(happened) else "done")
        for place, (_order, title, when, text) in enumerate(happened, 1)
    ]
    return [*done, *_ahead(way, at)] if way.state == EnrolmentState.ACTIVE else done


type _Past = tuple[datetime, str, Moment, str]


def _happened(way: Way, at: datetime) -> Iterator[_Past]:
    for state, reached_at in way.reached:
        if state in _BEFORE:
            yield reached_at, _BEFORE[ApplicationState(state)].label, _day(reached_at), ""
    joined = PlaceStep.WENT_ON if way.went_on else PlaceStep.JOINED
    yield way.joined_at, joined.label, _day(way.joined_at), ""
    if way.needs_told_at:
        yield way.needs_told_at, PlaceStep.NEEDS_TOLD.label, _day(way.needs_told_at), ""
    if way.set_named_at:
        named_at = way.set_named_at
        yield named_at, PlaceStep.SET_NAMED.label, _day(named_at), way.set_name
    until = way.ended_at or at
    for held in way.sessions:
        if held.ends_at <= until and not held.is_cancelled:
            yield held.starts_at, held.title, held.starts_at, held.note.label
    if way.ended_at and way.state in _GONE:
        yield way.ended_at, _GONE[EnrolmentState(way.state)].label, _day(way.ended_at), ""
    if way.ended_at and way.state == EnrolmentState.COMPLETED:
        yield from _completed(way, way.ended_at)


def _day(at: datetime) -> date:
    """The day in London: of a step that is not an appointment the hour says nothing."""
    return timezone.localdate(at)


def _completed(way: Way, ended_at: datetime) -> Iterator[_Past]:
    """In this order whenever the papers were made, though they were made within the hour."""
    yield ended_at, PlaceStep.COMPLETED.label, _day(ended_at), ""
    if way.certified_on:
        after = ended_at + timedelta(microseconds=1)
        yield after, PlaceStep.CERTIFICATE.label, way.certified_on, ""
    yield ended_at + timedelta(microseconds=2), PlaceStep.AFTER.label, None, ""


def _ahead(way: Way, at: datetime) -> Iterator[TimelineEvent]:
    if way.needs_told_at is None:
        yield TimelineEvent(PlaceStep.NEEDS_TELL.label, way.needs_by, state="next")
    if way.has_sets and way.set_named_at is None:
        yield TimelineEvent(PlaceStep.SET_COMES.label, state="next")
    for held in way.sessions:
        if held.ends_at > at:
            text = held.note.label or held.place
            yield TimelineEvent(held.title, held.starts_at, text, "next")
    yield TimelineEvent(PlaceStep.ENDS.label, way.ends_on, state="next")
    yield TimelineEvent(PlaceStep.CERTIFICATE.label, state="next")
    yield TimelineEvent(PlaceStep.AFTER.label, state="next")
