"""Who should have had a message and has not, and sending it to them."""

from datetime import datetime

from django.db import transaction
from django.db.models import Model, QuerySet

from lic_site.accounts import audit
from lic_site.accounts.models import Person
from lic_site.common.errors import Refusal
from lic_site.notices.models import Notice
from lic_site.notices.protocol import kinds
from lic_site.notices.services import nudging
from lic_site.notices.services.sending import notice_key


class NobodyMissing(Refusal):
    sentence = "Everybody it is meant for has it, or it is waiting to go to them."


class TooLateForAnybody(Refusal):
    sentence = "It is too late for this message to be of use, so it was sent to nobody."


def effect_of(notice: Notice) -> str:
    """What tells this message from others of its kind about the same record: the middle of its
    key.
    """
    begins = f"{notice.kind}:"
    ends = f":{notice.anchor_id}:{notice.recipient_id}"
    return notice.key.removeprefix(begins).removesuffix(ends)


def same_message(notice: Notice) -> QuerySet[Notice]:
    """The same message to everybody, this one included."""
    begins = f"{notice.kind}:{effect_of(notice)}:{notice.anchor_id}:"
    return Notice.objects.filter(
        kind=notice.kind, anchor_id=notice.anchor_id, key__startswith=begins
    )


def meant_for(notice: Notice) -> QuerySet[Person] | None:
    """Everybody it is meant for as things stand; None where its kind cannot say."""
    kind = kinds().get(notice.kind)
    anchor: Model | None = kind.anchor(notice.anchor_id) if kind else None
    return kind.meant_for(anchor) if kind and anchor is not None else None


def missing(notice: Notice, people: QuerySet[Person] | None) -> list[Person]:
    """Those of the people it is meant for who have none, in whatever state."""
    if people is None:
        return []
    has = same_message(notice).values("recipient")
    return list(people.filter(erased_at=None).exclude(pk__in=has).order_by("family_name", "pk"))


@transaction.atomic
def send_to_missing(*, notice: Notice, by: Person, at: datetime) -> int:
    """Send the same message to those who have none: the same key, so that nobody gets it twice.
    Says how many. Raises NobodyMissing, TooLateForAnybody.
    """
    if notice.useless_after is not None and notice.useless_after <= at:
        raise TooLateForAnybody
    effect, due_at = effect_of(notice), max(notice.due_at, at)
    new = [
        Notice(
            key=notice_key(notice.kind, effect, notice.anchor_id, person.pk),
            kind=notice.kind,
            recipient=person,
            anchor_id=notice.anchor_id,
            revision=notice.revision,
            rule_id=notice.rule_id,
            due_at=due_at,
            not_before=due_at,
            useless_after=notice.useless_after,
            created_at=at,
        )
        for person in missing(notice, meant_for(notice))
    ]
    if not new:
        raise NobodyMissing
    Notice.objects.bulk_create(new, ignore_conflicts=True)
    made = same_message(notice).filter(recipient__in=[one.recipient_id for one in new])
    audit.record_each(
        "notices.sent_to_missing",
        by=by,
        at=at,
        about=[(one, one.recipient) for one in made.select_related("recipient")],
    )
    nudging.after_commit()
    return len(new)
