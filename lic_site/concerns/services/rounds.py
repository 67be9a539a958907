"""What the clock does at fixed times of the day: tell readers what came without a name, chase what
waits too long, pass on what nobody reads.

Whatever came without a name since the round before is told together, and its rows are written once
more in one transaction, so that neither a message nor a transaction's number tells when each came.
"""

from datetime import datetime, time, timedelta

from django.db import transaction
from django.db.models import F

from lic_site.common.dates import LONDON, moment
from lic_site.concerns.deadlines import is_working
from lic_site.concerns.enums import State
from lic_site.concerns.models import Concern, Entry, Exclusion, Round
from lic_site.concerns.services.passing import pass_on_left
from lic_site.concerns.services.shared import today
from lic_site.notices.services import send

HOURS = (8, 12, 16, 20)
"""In London."""
CHASED_AFTER = (0, 1, 3, 5, 10, 20)
"""Working days after something was due on which its reader is reminded: first on the day itself."""
KEPT_FOR = timedelta(days=7)


@transaction.atomic
def run_round(*, at: datetime) -> int | None:
    """Do the round whose time came last, once however often asked. Returns how many concerns were
    told of, or None where that round is done.
    """
    slot = last_slot(at)
    _, is_mine = Round.objects.get_or_create(at=slot)
    if not is_mine:
        return None
    Round.objects.filter(at__lt=slot - KEPT_FOR).delete()
    pass_on_left(at=at)
    chase(at=at)
    return tell_of_unnamed(at=at, key=f"round {slot:%Y%m%d%H}")


def last_slot(at: datetime) -> datetime:
    """The latest of the day's fixed times that is not after ``at``, in UTC."""
    day = at.astimezone(LONDON).date()
    slots = [moment(each, time(hour)) for each in (day - timedelta(days=1), day) for hour in HOURS]
    return max(slot for slot in slots if slot <= at)


def tell_of_unnamed(*, at: datetime, key: str) -> int:
    """Tell each reader, and write every row of these concerns once more."""
    untold = list(Concern.objects.filter(reader_told=False).select_related("reader").order_by("pk"))
    for concern in untold:
        send("concerns.waiting", to=concern.reader, about=concern, at=at, key=key)
    rows = [concern.pk for concern in untold]
    Entry.objects.filter(concern__in=rows).update(number=F("number"))
    Exclusion.objects.filter(concern__in=rows).update(person=F("person"))
    Concern.objects.filter(pk__in=rows).update(reader_told=True)
    return len(untold)


def chase(*, at: datetime) -> None:
    """Remind readers of what is due today or late, on a few days and never daily."""
    on = today(at)
    if not is_working(on):
        return
    waiting = Concern.objects.open().filter(answered_on=None).select_related("reader")
    for concern in waiting:
        due = concern.due_by
        if due is None or due > on or concern.working_days_late(on) not in CHASED_AFTER:
            continue
        is_unread = concern.state == State.RECEIVED
        kind = "concerns.unacknowledged" if is_unread else "concerns.unanswered"
        send(kind, to=concern.reader, about=concern, at=at, key=f"{on:%Y%m%d}")
