"""What its reader does about a concern. Each act is written down, without a word of it."""

from datetime import date, datetime

from django.db import transaction

from lic_site.accounts.models import Person
from lic_site.concerns import enums
from lic_site.concerns.models import Concern, Entry
from lic_site.concerns.services.errors import CannotMove, NoSuchAction, NothingSaid
from lic_site.concerns.services.shared import (
    hold_as_reader,
    note_act,
    tell_raiser,
    today,
    write,
)


@transaction.atomic
def acknowledge(*, concern: Concern, text: str = "", by: Person, at: datetime) -> None:
    """Tell whoever raised it that it is being read, with a first answer if there is one. Raises
    NotYours, CannotMove.
    """
    held, on = hold_as_reader(concern, by), today(at)
    _move(held, enums.State.ACKNOWLEDGED, acknowledged_on=on)
    write(held, enums.Entry.STEP, on=on, by=by, step=enums.Step.ACKNOWLEDGED)
    if text.strip():
        _answer(held, text, on=on, by=by)
    note_act("concern_acknowledged", held, by=by, at=at)
    tell_raiser("acknowledged", held, key="", at=at)


@transaction.atomic
def look_into(*, concern: Concern, by: Person, at: datetime) -> None:
    """Say that it is being looked into. Raises NotYours, CannotMove."""
    held, on = hold_as_reader(concern, by), today(at)
    if held.state == enums.State.CLOSED:  # opened again with a reason, or not at all
        raise CannotMove
    _move(held, enums.State.LOOKING_INTO)
    write(held, enums.Entry.STEP, on=on, by=by, step=enums.Step.LOOKING_INTO)
    note_act("concern_looked_into", held, by=by, at=at)


@transaction.atomic
def reply(*, concern: Concern, text: str, by: Person, at: datetime) -> None:
    """Answer whoever raised it; a first answer acknowledges too. Raises NotYours, NothingSaid."""
    held, on = hold_as_reader(concern, by), today(at)
    _must_say(text)
    entry = _answer(held, text, on=on, by=by)
    if Concern.objects.filter(pk=held.pk, state=enums.State.RECEIVED).move(
        enums.State.ACKNOWLEDGED, acknowledged_on=on
    ):
        write(held, enums.Entry.STEP, on=on, by=by, step=enums.Step.ACKNOWLEDGED)
    note_act("concern_replied", held, by=by, at=at)
    tell_raiser("replied", held, key=f"{entry.number}", at=at)


@transaction.atomic
def note(*, concern: Concern, text: str, by: Person, at: datetime) -> None:
    """Write something down for its readers alone. Raises NotYours, NothingSaid."""
    held = hold_as_reader(concern, by)
    _must_say(text)
    write(held, enums.Entry.NOTE, on=today(at), by=by, text=text)
    note_act("concern_noted", held, by=by, at=at)


@transaction.atomic
def agree_action(
    *, concern: Concern, text: str, due_on: date | None = None, by: Person, at: datetime
) -> None:
    """Write down what will be done. Raises NotYours, NothingSaid."""
    held = hold_as_reader(concern, by)
    _must_say(text)
    write(held, enums.Entry.ACTION, on=today(at), by=by, text=text, due_on=due_on)
    note_act("concern_action_agreed", held, by=by, at=at)


@transaction.atomic
def finish_action(*, action: Entry, by: Person, at: datetime) -> None:
    """It has been done. Raises NotYours, NoSuchAction."""
    held = hold_as_reader(action.concern, by)
    waiting = Entry.objects.filter(pk=action.pk, kind=enums.Entry.ACTION, done_on=None)
    if not waiting.update(done_on=today(at)):
        raise NoSuchAction
    note_act("concern_action_done", held, by=by, at=at)


@transaction.atomic
def close(*, concern: Concern, outcome: str, text: str, by: Person, at: datetime) -> None:
    """Close it with an outcome and what whoever raised it is told. Raises NotYours, NothingSaid,
    CannotMove.
    """
    held, on = hold_as_reader(concern, by), today(at)
    _must_say(text)
    _move(held, enums.State.CLOSED, outcome=enums.Outcome(outcome), closed_on=on)
    _answer(held, text, on=on, by=by)
    entry = write(held, enums.Entry.STEP, on=on, by=by, step=enums.Step.CLOSED)
    note_act("concern_closed", held, by=by, at=at)
    tell_raiser("closed", held, key=f"{entry.number}", at=at)


@transaction.atomic
def reopen(*, concern: Concern, text: str, by: Person, at: datetime) -> None:
    """Look into it again; the reason is for its readers. Raises NotYours, NothingSaid,
    CannotMove.
    """
    held, on = hold_as_reader(concern, by), today(at)
    _must_say(text)
    if held.state != enums.State.CLOSED:
        raise CannotMove
    _move(held, enums.State.LOOKING_INTO, outcome="", closed_on=None)
    entry = write(held, enums.Entry.STEP, on=on, by=by, step=enums.Step.REOPENED, text=text)
    note_act("concern_reopened", held, by=by, at=at)
    tell_raiser("replied", held, key=f"{entry.number}", at=at)


def _move(concern: Concern, target: enums.State, **values: object) -> None:
    if not Concern.objects.filter(pk=concern.pk).move(target, **values):
        raise CannotMove


def _answer(concern: Concern, text: str, *, on: date, by: Person) -> Entry:
    Concern.objects.filter(pk=concern.pk, answered_on=None).update(answered_on=on)
    return write(concern, enums.Entry.REPLY, on=on, by=by, text=text)


def _must_say(text: str) -> None:
    if not text.strip():
        raise NothingSaid
