"""What whoever raised a concern does afterwards: come back, add to it, withdraw it."""

from datetime import datetime

from django.db import transaction

from lic_site.accounts.models import Person
from lic_site.concerns import codes, enums
from lic_site.concerns.models import Concern
from lic_site.concerns.services.errors import AlreadyClosed, NothingSaid
from lic_site.concerns.services.shared import hold, note_act, tell_reader, today, write


def find_by_code(code: str) -> Concern | None:
    """The concern that this code opens, however it was typed."""
    return Concern.objects.filter(sealed_code=codes.digest(code)).first()


@transaction.atomic
def add_words(*, concern: Concern, text: str, by: Person | None, at: datetime) -> None:
    """Say more. ``by`` is the raiser who is on record, None for whoever holds the code. The same
    words twice in a row count once. Raises NothingSaid.
    """
    if not text.strip():
        raise NothingSaid
    held = hold(concern)
    last = held.entries.order_by("-number").first()
    if last is not None and (last.kind, last.text) == (enums.Entry.SAID, text):
        return
    entry = write(held, enums.Entry.SAID, on=today(at), text=text)
    tell_reader(held, key=f"more {entry.number}", at=at)
    _note("concern_added_to", held, by=by, at=at)


@transaction.atomic
def withdraw(*, concern: Concern, by: Person | None, at: datetime) -> None:
    """Take it back: it is closed, and its reader told. Raises AlreadyClosed."""
    held, on = hold(concern), today(at)
    if not Concern.objects.filter(pk=held.pk).move(
        enums.State.CLOSED, outcome=enums.Outcome.WITHDRAWN, closed_on=on
    ):
        raise AlreadyClosed
    entry = write(held, enums.Entry.STEP, on=on, step=enums.Step.WITHDRAWN)
    tell_reader(held, key=f"withdrawn {entry.number}", at=at)
    _note("concern_withdrawn", held, by=by, at=at)


def _note(verb: str, concern: Concern, *, by: Person | None, at: datetime) -> None:
    """Only of whoever is on record."""
    if by is not None:
        note_act(verb, concern, by=by, at=at)
