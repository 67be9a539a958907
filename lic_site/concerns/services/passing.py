"""A concern goes from one reader to another: by hand, or because a reader's time has ended."""

from datetime import datetime

from django.db import transaction
from django.db.models import Count, Q, QuerySet

from lic_site.accounts.models import Person
from lic_site.concerns import enums
from lic_site.concerns.models import Concern, Contact
from lic_site.concerns.services.errors import NotAReader, NothingSaid
from lic_site.concerns.services.shared import (
    hold,
    hold_as_reader,
    note_act,
    tell_raiser,
    today,
    write,
)
from lic_site.notices.services import cancel, send

TO_READERS = ("concerns.waiting", "concerns.unacknowledged", "concerns.unanswered")


def other_readers(concern: Concern, *, at: datetime) -> QuerySet[Contact]:
    """Who may be given this concern: readers of today whom it is not about, who did not raise it
    and do not have it.
    """
    barred = {concern.reader_id, concern.raiser_id} - {None}
    return (
        Contact.objects.live(today(at))
        .exclude(person__in=barred)
        .exclude(person__in=concern.exclusions.values("person"))
        .select_related("person")
    )


@transaction.atomic
def hand_over(*, concern: Concern, reader: Contact, reason: str, by: Person, at: datetime) -> None:
    """Give it to another reader; the reason is for them. Raises NotYours, NothingSaid,
    NotAReader.
    """
    held = hold_as_reader(concern, by)
    if not reason.strip():
        raise NothingSaid
    chosen = other_readers(held, at=at).filter(pk=reader.pk).first()
    if chosen is None:
        raise NotAReader
    _give(held, chosen.person, reason=reason, by=by, at=at)


@transaction.atomic
def pass_on_left(*, at: datetime) -> int:
    """Open concerns whose reader's time has ended go to the reader who has fewest. One that nobody
    else may read stays where it is, for staff to name a reader. Says how many were passed on.
    """
    left = list(Concern.objects.without_reader(today(at)).order_by("pk"))
    return sum(_pass_on(hold(concern), at=at) for concern in left)


def _pass_on(concern: Concern, *, at: datetime) -> bool:
    is_open = Q(person__concerns_to_read__state__in=set(enums.State) - {enums.State.CLOSED})
    least = other_readers(concern, at=at).annotate(
        open_now=Count("person__concerns_to_read", filter=is_open)
    )
    chosen = least.order_by("open_now", "pk").first()
    if chosen is not None:
        _give(concern, chosen.person, reason="", by=None, at=at)
    return chosen is not None


def _give(concern: Concern, to: Person, *, reason: str, by: Person | None, at: datetime) -> None:
    cancel(*TO_READERS, about=concern, at=at, to=concern.reader)
    concern.reader = to
    concern.save(update_fields=["reader"])
    entry = write(
        concern,
        enums.Entry.STEP,
        on=today(at),
        by=by,
        step=enums.Step.HANDED_OVER,
        text=reason,
    )
    note_act("concern_handed_over", concern, by=by, at=at)
    send("concerns.waiting", to=to, about=concern, at=at, key=f"given {entry.number}")
    tell_raiser("passed_on", concern, key=f"{entry.number}", at=at)
