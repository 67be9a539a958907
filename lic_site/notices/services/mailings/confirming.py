"""Send a mailing: its people are fixed, each with one message of their own, in one transaction."""

from collections.abc import Collection, Iterable
from datetime import datetime
from itertools import batched

from django.db import transaction

from lic_site.accounts import audit
from lic_site.accounts.models import Person
from lic_site.notices.enums import MailingState
from lic_site.notices.mailings import text
from lic_site.notices.mailings.audience import kind_of, people_of
from lic_site.notices.models import Mailing, Notice
from lic_site.notices.services import nudging
from lic_site.notices.services.mailings.errors import (
    ManyPeople,
    NobodyChosen,
    NotADraft,
    NotAsShown,
    PeopleChanged,
    TooLate,
    UnfitWords,
)
from lic_site.notices.services.office import office
from lic_site.notices.services.sending import notice_key

CHUNK = 500


@transaction.atomic
def confirm(
    *,
    mailing: Mailing,
    revision: int,
    shown: Collection[int],
    sure_of: int | None,
    by: Person,
    at: datetime,
) -> int:
    """Queue one message to each person; says to how many. ``shown`` are the ids of the people that
    whoever confirms was shown; ``sure_of`` is how many they said they mean, where there are many.

    Of two who confirm at once one succeeds. Raises NotADraft, NotAsShown, ChoicesGone,
    UnfitWords, TooLate, NobodyChosen, PeopleChanged, ManyPeople; then nothing was written.
    """
    take(mailing, revision, by=by, at=at)
    mailing = Mailing.objects.get(pk=mailing.pk)
    faults = text.faults_of(mailing)
    if faults:
        raise UnfitWords(faults)
    if mailing.useless_after is not None and mailing.useless_after <= at:
        raise TooLate
    people = list(people_of(mailing).order_by("pk").values_list("pk", flat=True))
    _as_shown(people, frozenset(shown), sure_of)
    for chunk in batched(_notices(mailing, people, at=at), CHUNK, strict=False):
        Notice.objects.bulk_create(chunk)
    Mailing.objects.filter(pk=mailing.pk).update(recipients=len(people))
    audit.record(
        "notices.mailing_confirmed",
        by=by,
        at=at,
        thing=mailing,
        fields=[f"{len(people)} people"],
    )
    nudging.after_commit()
    return len(people)


def take(mailing: Mailing, revision: int, *, by: Person, at: datetime) -> None:
    """The draft goes, if it is still the one that was looked at: the condition stands in the
    UPDATE, so that one of two succeeds.
    """
    draft = Mailing.objects.filter(pk=mailing.pk, state=MailingState.DRAFT)
    taken = draft.filter(revision=revision).update(
        state=MailingState.SENDING, confirmed_at=at, confirmed_by=by
    )
    if not taken:
        raise NotAsShown if draft.exists() else NotADraft


def _as_shown(people: list[int], shown: frozenset[int], sure_of: int | None) -> None:
    if not people:
        raise NobodyChosen
    now = frozenset(people)
    if now != shown:
        raise PeopleChanged(joined=now - shown, left=shown - now)
    if len(people) > office().hold_over and sure_of != len(people):
        raise ManyPeople


def _notices(mailing: Mailing, people: list[int], *, at: datetime) -> Iterable[Notice]:
    kind = kind_of(mailing)
    for pk in people:
        yield Notice(
            key=notice_key(kind, "", mailing.pk, pk),
            kind=kind,
            recipient_id=pk,
            anchor_id=mailing.pk,
            due_at=at,
            not_before=at,
            useless_after=mailing.useless_after,
            created_at=at,
        )
