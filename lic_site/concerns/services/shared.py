"""What the verbs have in common."""

from datetime import date, datetime
from typing import Any

from django.utils import timezone

from lic_site.accounts import audit
from lic_site.accounts.models import Person
from lic_site.concerns import enums, policies
from lic_site.concerns.models import Concern, Entry
from lic_site.concerns.services.errors import NotYours
from lic_site.notices.services import send


def hold(concern: Concern) -> Concern:
    """The concern as it is now; whoever else wants to change it waits for our transaction."""
    return Concern.objects.select_for_update().get(pk=concern.pk)


def hold_as_reader(concern: Concern, by: Person) -> Concern:
    """As ``hold``. Raises NotYours unless it is with ``by`` now."""
    held = hold(concern)
    if not policies.can(by, "handle", held):
        raise NotYours
    return held


def write(
    concern: Concern, kind: enums.Entry, *, on: date, by: Person | None = None, **values: Any
) -> Entry:
    """Put one entry at the end of the record of a concern that is held."""
    return Entry.objects.create(concern=concern, kind=kind, author=by, on=on, **values)


def note_act(verb: str, concern: Concern, *, by: Person | None, at: datetime) -> None:
    """Write down that a reader (None: the clock) did something. By ids alone."""
    audit.record(f"concerns.{verb}", by=by, at=at, thing=concern, subject=concern.raiser)


def tell_raiser(kind: str, concern: Concern, *, key: str, at: datetime) -> None:
    """Whoever raised it with their name, unless they want no mail. Nobody else gets any."""
    if concern.raiser is not None and concern.tell_by_mail:
        send(f"concerns.{kind}", to=concern.raiser, about=concern, at=at, key=key)


def tell_reader(concern: Concern, *, key: str, at: datetime) -> None:
    """That something waits: at once where it came with a name, else with the next round, so that
    the moment tells nothing.
    """
    if concern.known in enums.ON_RECORD:
        send("concerns.waiting", to=concern.reader, about=concern, at=at, key=key)
    else:
        Concern.objects.filter(pk=concern.pk).update(reader_told=False)


def today(at: datetime) -> date:
    return timezone.localdate(at)
