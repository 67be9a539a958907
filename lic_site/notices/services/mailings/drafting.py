"""Write a mailing: whom it is for, its words, how it goes. Every change raises its revision."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import F

from lic_site.accounts import audit
from lic_site.accounts.models import Person
from lic_site.notices.enums import Category, MailingState
from lic_site.notices.mailings import text
from lic_site.notices.mailings.audience import ChoicesGone, cleaned
from lic_site.notices.models import Mailing
from lic_site.notices.segments import Chosen, Gone, Segment, segments
from lic_site.notices.services.mailings.errors import (
    Changed,
    NobodyChosen,
    NotADraft,
    UnfitWords,
    WrongPage,
)

TITLE = 120


@transaction.atomic
def begin(*, segment: str, chosen: Chosen, by: Person, at: datetime) -> Mailing:
    """A draft to these people. Raises ChoicesGone, NobodyChosen."""
    found, choices = _chosen(segment, chosen)
    mailing = Mailing.objects.create(
        title=_title(found, choices),
        segment=segment,
        chosen=choices,
        written_by=by,
        created_at=at,
        changed_at=at,
    )
    audit.record("notices.mailing_begun", by=by, at=at, thing=mailing)
    return mailing


@transaction.atomic
def choose_people(
    *, mailing: Mailing, revision: int, segment: str, chosen: Chosen, by: Person, at: datetime
) -> None:
    """Write to others instead. Raises NotADraft, Changed, ChoicesGone, NobodyChosen."""
    _, choices = _chosen(segment, chosen)
    _change(mailing, revision, {"segment": segment, "chosen": choices}, by=by, at=at)


@transaction.atomic
def write(
    *,
    mailing: Mailing,
    revision: int,
    title: str,
    subject: str,
    body: str,
    by: Person,
    at: datetime,
) -> None:
    """Raises NotADraft, Changed, ChoicesGone, UnfitWords."""
    values = {"title": title, "subject": subject, "body": body}
    faults = text.faults_of(_with(mailing, values))
    if faults:
        raise UnfitWords(faults)
    _change(mailing, revision, values, by=by, at=at)


@transaction.atomic
def arrange(
    *,
    mailing: Mailing,
    revision: int,
    category: str,
    path: str,
    useless_after: datetime | None,
    reply_to: Person | None,
    by: Person,
    at: datetime,
) -> None:
    """Whether it can be turned off, the page it leads to, until when it is of use, and whom a reply
    reaches. Raises NotADraft, Changed, WrongPage.
    """
    try:
        path = text.own_path(path)
    except ValueError as wrong:
        raise WrongPage(str(wrong)) from None
    values = {
        "category": Category(category),
        "path": path,
        "useless_after": useless_after,
        "reply_to": reply_to,
    }
    _change(mailing, revision, values, by=by, at=at)


@transaction.atomic
def copy(*, mailing: Mailing, by: Person, at: datetime) -> Mailing:
    """A new draft with the same words, to whoever the same choices mean by then."""
    made = Mailing.objects.create(
        title=f"Copy of {mailing.title}"[:TITLE],
        subject=mailing.subject,
        body=mailing.body,
        path=mailing.path,
        category=mailing.category,
        segment=mailing.segment,
        chosen=mailing.chosen,
        reply_to=mailing.reply_to,
        written_by=by,
        created_at=at,
        changed_at=at,
    )
    audit.record("notices.mailing_copied", by=by, at=at, thing=made)
    return made


@transaction.atomic
def delete_draft(*, mailing: Mailing, by: Person, at: datetime) -> None:
    """Raises NotADraft."""
    audit.record("notices.mailing_deleted", by=by, at=at, thing=mailing)
    gone, _ = Mailing.objects.filter(pk=mailing.pk, state=MailingState.DRAFT).delete()
    if not gone:
        raise NotADraft


def _chosen(name: str, chosen: Chosen) -> tuple[Segment, dict[str, Any]]:
    segment = segments().get(name)
    if segment is None:
        raise ChoicesGone
    choices = cleaned(segment, chosen)
    if not segment.people(choices).exists():
        raise NobodyChosen
    return segment, choices


def _title(segment: Segment, choices: Chosen) -> str:
    """What it is called on the list until somebody calls it otherwise."""
    try:
        narrowed = next(iter(segment.told(choices)), "")
    except Gone:
        raise ChoicesGone from None
    return f"{segment.title}: {narrowed}"[:TITLE]


def _with(mailing: Mailing, values: Mapping[str, Any]) -> Mailing:
    """The mailing as it would be, not saved."""
    return Mailing(segment=mailing.segment, chosen=mailing.chosen, path=mailing.path, **values)


def _change(
    mailing: Mailing, revision: int, values: Mapping[str, Any], *, by: Person, at: datetime
) -> None:
    """One conditional update: nobody's change is lost under another's. A test tells nothing of
    what is changed after it.
    """
    draft = Mailing.objects.filter(pk=mailing.pk, state=MailingState.DRAFT)
    changed = draft.filter(revision=revision).update(
        **values, revision=F("revision") + 1, changed_at=at, tested_at=None
    )
    if not changed:
        raise Changed if draft.exists() else NotADraft
    audit.record("notices.mailing_changed", by=by, at=at, thing=mailing, fields=values)
