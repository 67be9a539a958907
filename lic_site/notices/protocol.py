"""What an app tells of each kind of message it sends. Settings list the kinds in
``NOTICE_KINDS``.
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import Any, Protocol

from django.conf import settings
from django.db.models import Model, QuerySet
from django.utils.module_loading import import_string

from lic_site.accounts.models import Person
from lic_site.notices.enums import Category, Pace


@dataclass(frozen=True)
class Due:
    """A message that the clock should plan: about ``anchor``, to ``person``, counted from
    ``anchor_at``.

    ``revision`` rises when the anchor's time moves: a reminder for an earlier revision is then
    another effect, and is dropped. An anchor that can move carries it as its attribute
    ``revision``.
    """

    anchor: Model
    person: Person
    anchor_at: datetime
    revision: int = 1


class NoticeKind(Protocol):
    """One kind of message; apps subclass it. Its words are ``templates/emails/<name>.txt``, in the
    language of ``wording``.

    The subject is neutral: it names no person and neither the programme nor what it is about.
    """

    name: str
    """``<app>.<what happened>``, such as ``programme.place_offered``."""
    title: str
    """What staff call it."""
    category: Category = Category.ESSENTIAL
    pace: Pace = Pace.SOON
    example: str = ""
    """For optional kinds: when it comes, as a sentence for whoever may turn it off."""
    private: bool = False
    """Whether no board of staff's shows it, nor counts it: that somebody was written to would tell
    what nobody else may know.
    """
    recipient_title: str = ""
    """What staff read in place of a recipient's name where it is for that person to tell that they
    are among those it goes to: 'Somebody with an unsent application'. See ``unnamed``.
    """
    anchor_title: str = ""
    """For kinds that the clock sends: what the days are counted from, 'the session starts'."""
    audience_title: str = ""
    """For kinds that the clock sends: to whom, 'everybody who is expected'."""
    is_written_each_time: bool = False
    """Each record brings its own words: the kind's are a sample that nobody edits."""
    reminder_days: tuple[int, ...] = ()
    """For kinds that the clock sends: days from the anchor, -3 being three days before. One
    ``ReminderRule`` is made of each, for staff to turn on and off.
    """

    def anchor(self, pk: int) -> Model | None:
        """The live record, or None when it has gone."""
        ...

    def anchors(self, pks: Collection[int]) -> Mapping[int, Model]:
        """The live records of a batch, those that have gone left out. A kind that is sent to
        many at once overrides this with one query.
        """
        found = {pk: self.anchor(pk) for pk in pks}
        return {pk: anchor for pk, anchor in found.items() if anchor is not None}

    def is_wanted(self, anchor: Any, recipient: Person) -> bool:
        """Asked again just before sending: is this still true and useful?"""
        ...

    def context(self, anchor: Any, recipient: Person) -> Mapping[str, Any]:
        """What the words need. ``link`` is an absolute address of the page where the thing is
        done.
        """
        ...

    def sample(self) -> Mapping[str, Any]:
        """What ``context`` might return, with made-up values: for previews and tests of the
        words. Reads nothing from the database.
        """
        ...

    def source(self, anchor: Any) -> str | None:  # noqa: ARG002
        """A text of this record's own, in the language of ``wording``; None for the kind's."""
        return None

    def reply_to(self, anchor: Any) -> Person | None:  # noqa: ARG002
        """Whom a reply reaches; None leaves it to the office's choice for every message."""
        return None

    def meant_for(self, anchor: Any) -> QuerySet[Person] | None:  # noqa: ARG002
        """Everybody it should reach as things stand, so that staff see who has not had it; None
        where that cannot be said.
        """
        return None

    def unnamed(self) -> Collection[int] | None:
        """For kinds with a ``recipient_title``: the records of which it takes the name's place;
        None for every one.
        """
        return None

    def due(self, after: datetime, until: datetime) -> Iterable[Due]:  # noqa: ARG002
        """Whom the clock should write to because an anchor's time lies in (after, until]."""
        return ()


def private_kinds() -> frozenset[str]:
    """The names of the kinds that no board shows."""
    return frozenset(name for name, kind in kinds().items() if getattr(kind, "private", False))


@cache
def kinds() -> dict[str, NoticeKind]:
    """Every kind by its name."""
    return {kind.name: kind for path in settings.NOTICE_KINDS for kind in import_string(path)}
