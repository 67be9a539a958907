"""Two named people read comments as they were written, and take out what tells of whom.

Once a comment is checked only its checked words are kept; of one that is withheld, none.
"""

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction
from django.utils import timezone

from lic_site.accounts import audit
from lic_site.accounts.models import Person
from lic_site.accounts.policies import PEOPLE_STAFF, holds
from lic_site.insight.suppression import USUAL
from lic_site.surveys.comments import CHECKERS
from lic_site.surveys.enums import NAMELESS, CommentState
from lic_site.surveys.models import Checker, Comment, Theme, Wave
from lic_site.surveys.policies import can, visible
from lic_site.surveys.services import errors


@transaction.atomic
def name_checker(*, person: Person, by: Person | None, at: datetime) -> Checker:
    """Make the person one of the two. ``by`` None is the command line. Raises NotYours, NotStaff,
    TwoAlready.
    """
    if by is not None and (by.pk == person.pk or not can(by, "keep_checkers")):
        raise errors.NotYours("Somebody else names you: nobody names themselves.")
    if not holds(person, *PEOPLE_STAFF):
        raise errors.NotStaff
    live = list(Checker.objects.select_for_update().filter(ended_at=None))
    for checker in live:
        if checker.person_id == person.pk:
            return checker
    if len(live) >= CHECKERS:
        raise errors.TwoAlready
    made = Checker.objects.create(person=person, starts_at=at, added_by=by)
    audit.record("surveys.checker_named", by=by, at=at, thing=made, subject=person)
    return made


@transaction.atomic
def end_checker(*, checker: Checker, by: Person, at: datetime) -> None:
    """From now on they read no comment that is not checked. One may end one's own time. Raises
    NotYours, NoCheckerAnyMore.
    """
    if not can(by, "keep_checkers"):
        raise errors.NotYours
    if not Checker.objects.filter(pk=checker.pk, ended_at=None).update(ended_at=at):
        raise errors.NoCheckerAnyMore
    audit.record("surveys.checker_ended", by=by, at=at, thing=checker, subject=checker.person)


@transaction.atomic
def check_comment(
    *, comment: Comment, seen: str, text: str, themes: Iterable[Theme], by: Person, at: datetime
) -> None:
    """Keep ``text`` in the place of what was written, and say what it is about. ``seen`` is the
    state in which the checker had it open. Raises NotYours, NothingLeft, ChangedMeanwhile.
    """
    held = _held(comment, seen, by)
    if not text.strip():
        raise errors.NothingLeft
    held.was_changed = held.was_changed or text.strip() != held.text.strip()
    held.text = text.strip()
    _settle(held, CommentState.CLEARED, by, at)
    held.themes.set(themes)
    audit.record("surveys.comment_checked", by=by, at=at, thing=held.wave)


@transaction.atomic
def withhold_comment(*, comment: Comment, seen: str, by: Person, at: datetime) -> None:
    """Nobody reads it; its words are deleted. Raises NotYours, ChangedMeanwhile."""
    held = _held(comment, seen, by)
    held.text = ""
    held.themes.clear()
    _settle(held, CommentState.WITHHELD, by, at)
    audit.record("surveys.comment_withheld", by=by, at=at, thing=held.wave)


@transaction.atomic
def drop_unreadable(*, wave: Wave, answered: int) -> int:
    """On closing: delete what was said in words where too few answered for anybody to read it.
    Says how many.
    """
    if wave.mode not in NAMELESS or USUAL.shows_comments(answered):
        return 0
    dropped = wave.comments.count()
    wave.comments.all().delete()
    return dropped


def _held(comment: Comment, seen: str, by: Person) -> Comment:
    mine = visible(by, Comment.objects.select_for_update(of=("self",)).select_related("wave"))
    held = mine.filter(pk=comment.pk).first()
    if held is None:
        raise errors.NotYours
    if held.state != seen:
        raise errors.ChangedMeanwhile
    if held.state == CommentState.WITHHELD:
        raise errors.WithheldAlready
    return held


def _settle(comment: Comment, state: CommentState, by: Person, at: datetime) -> None:
    comment.state, comment.checked_by = state, by
    comment.checked_on = timezone.localdate(at)
    comment.save()
