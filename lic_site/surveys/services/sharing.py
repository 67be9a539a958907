"""Show one answer of one's own to one person, and take that back."""

from datetime import datetime

from django.db import transaction

from lic_site.accounts import audit
from lic_site.accounts.models import Person
from lic_site.common.errors import Refusal
from lic_site.surveys import companions
from lic_site.surveys.enums import Mode
from lic_site.surveys.models import Response, Share


class NotYours(Refusal):
    """Only what you answered for yourself can be shared, and by you alone."""


class NotAnswered(Refusal):
    """You did not answer this question, so there is nothing to share."""


class NoCompanion(Refusal):
    """You cannot share this with them now. Choose somebody from the list."""

    field = "reader"


class NotShared(Refusal):
    """This is not shared any more."""


@transaction.atomic
def share(*, response: Response, question: str, relation: str, by: Person, at: datetime) -> Share:
    """Show this answer to whoever is this to ``by`` now ('Your line manager'). Shared already, it
    stays so. Raises NotYours, NotAnswered, NoCompanion.
    """
    held = Response.objects.select_for_update(of=("self",)).get(pk=response.pk)
    if held.person_id != by.pk or held.wave.mode != Mode.OWN:
        raise NotYours
    answered = held.answers.filter(question=question), held.comments.filter(question=question)
    if not any(rows.exists() for rows in answered):
        raise NotAnswered
    reader = companions.of(held).get(relation)
    if reader is None:
        raise NoCompanion
    shared, is_new = Share.objects.get_or_create(
        response=held,
        question=question,
        reader=reader,
        ended_at=None,
        defaults={"relation": relation, "shared_at": at},
    )
    if not is_new and shared.relation != relation:
        Share.objects.filter(pk=shared.pk).update(relation=relation)
    if is_new:
        audit.record("surveys.answer_shared", by=by, at=at, thing=shared, subject=by)
    return shared


@transaction.atomic
def take_back(*, share: Share, by: Person, at: datetime) -> None:
    """They no longer see it. Raises NotYours, NotShared."""
    if share.response.person_id != by.pk:
        raise NotYours
    if not Share.objects.filter(pk=share.pk, ended_at=None).update(ended_at=at):
        raise NotShared
    audit.record("surveys.answer_taken_back", by=by, at=at, thing=share, subject=by)
