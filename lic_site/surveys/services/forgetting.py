"""Erasure and retention."""

import json
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import QuerySet

from lic_site.accounts.models import Person
from lic_site.surveys.enums import WaveState
from lic_site.surveys.models import (
    Checker,
    Draft,
    Invitation,
    Request,
    Response,
    Share,
    Wave,
)
from lic_site.surveys.services.pseudonyms import all_of

INVITATIONS_KEPT = timedelta(days=365)
"""So long it stays known who was asked, so that nobody is asked twice about the same."""
NAMED_KEPT = timedelta(days=6 * 365 + 2)


def linked(person: Person) -> QuerySet[Response]:
    """What the system alone can tell to be theirs."""
    return Response.objects.filter(pseudonym__in=all_of(person)).exclude(pseudonym="")


def forget_responses(person: Person, at: datetime) -> None:  # noqa: ARG001 - as every erasure
    """What bears their name goes. A linked answer stays in the figures, and nobody, the system
    included, can tell any more whose it was.
    """
    Response.objects.filter(person=person).delete()
    linked(person).update(pseudonym="")


def forget_invitations(person: Person, at: datetime) -> None:  # noqa: ARG001 - as every erasure
    Invitation.objects.filter(person=person).delete()


def forget_requests(person: Person, at: datetime) -> None:  # noqa: ARG001 - as every erasure
    Request.objects.filter(person=person).delete()


def forget_shares(person: Person, at: datetime) -> None:  # noqa: ARG001 - as every erasure
    """What they shared goes with what they answered; what others shared with them ends."""
    Share.objects.filter(reader=person).delete()


def forget_checker(person: Person, at: datetime) -> None:
    """Their time as a checker ends; that somebody checked then stays known."""
    Checker.objects.filter(person=person, ended_at=None).update(ended_at=at)


def forget_drafts(person: Person, at: datetime) -> None:  # noqa: ARG001 - as every erasure
    Draft.objects.filter(invitation__person=person).delete()


@transaction.atomic
def retain_invitations(at: datetime) -> int:
    """Forget who was asked a year after a wave closed."""
    old = Invitation.objects.filter(wave__closed_at__lt=at - INVITATIONS_KEPT)
    count = old.count()
    old.delete()
    return count


@transaction.atomic
def retain_requests(at: datetime) -> int:
    old = Request.objects.filter(asked_at__lt=at - INVITATIONS_KEPT, invitations=None)
    count = old.count()
    old.delete()
    return count


@transaction.atomic
def retain_drafts(at: datetime) -> int:
    """What was begun and not sent goes when its wave has closed."""
    over = Wave.objects.exclude(state__in=[WaveState.OPEN, WaveState.PLANNED])
    old = Draft.objects.filter(invitation__wave__in=over.filter(closes_at__lt=at))
    count = old.count()
    old.delete()
    return count


@transaction.atomic
def retain_responses(at: datetime) -> int:
    """Delete what bears a name six years after its wave closed."""
    old = Response.objects.filter(person__isnull=False, wave__closed_at__lt=at - NAMED_KEPT)
    count = old.count()
    old.delete()
    return count


def merge_invitations(kept: Person, duplicate: Person) -> None:
    """Where both were invited, the answered invitation is the one that stays."""
    mine = {each.wave_id: each for each in Invitation.objects.filter(person=kept)}
    for other in Invitation.objects.filter(person=duplicate, wave__in=mine):
        if other.answered and not mine[other.wave_id].answered:
            mine[other.wave_id].delete()
        else:
            other.delete()


def merge_responses(kept: Person, duplicate: Person) -> None:
    """Where both answered, the kept record's answer stays; pseudonyms become those of the kept."""
    answered = Response.objects.filter(person=kept).values("wave")
    Response.objects.filter(person=duplicate, wave__in=answered).delete()
    for old, new in zip(all_of(duplicate), all_of(kept), strict=True):
        taken = Response.objects.filter(pseudonym=new).values("wave")
        Response.objects.filter(pseudonym=old, wave__in=taken).update(pseudonym="")
        Response.objects.filter(pseudonym=old).update(pseudonym=new)


def merge_shares(kept: Person, duplicate: Person) -> None:
    """Where both may read the same answer, once is enough; nobody reads their own as another."""
    live = Share.objects.filter(ended_at=None)
    for share in live.filter(reader=duplicate):
        same = live.filter(response=share.response_id, question=share.question, reader=kept)
        if same.exists():
            share.delete()


def merge_checkers(kept: Person, duplicate: Person) -> None:
    if Checker.objects.filter(person=kept, ended_at=None).exists():
        Checker.objects.filter(person=duplicate, ended_at=None).delete()


def draft_words(draft: Draft) -> dict[str, object]:
    """What was answered so far, as it is kept."""
    return {"Answers so far": json.loads(draft.answers)}
