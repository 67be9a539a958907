"""What is due and yet does not go now: it waits for the end of quiet hours, or for the day's other
messages.
"""

from datetime import datetime

from lic_site.notices.enums import Pace
from lic_site.notices.models import MessageSettings, Notice
from lic_site.notices.protocol import kinds
from lic_site.notices.services.digests import bundle
from lic_site.notices.services.leases import hold
from lic_site.notices.services.office import quiet_hours_of


def put_aside(claimed: list[Notice], *, chosen: MessageSettings, at: datetime) -> list[Notice]:
    """Bundle and hold back what does not go now, and return the others.

    What would be of no use any more when it could go, goes now. What staff may not see on their
    boards goes in no digest, which they may.
    """
    ready: list[Notice] = []
    held: dict[datetime, list[Notice]] = {}
    for notice in claimed:
        kind = kinds().get(notice.kind)
        if kind is None or kind.pace == Pace.NOW:
            ready.append(notice)
            continue
        hours = quiet_hours_of(notice.recipient, chosen)
        can_wait = kind.pace == Pace.CAN_WAIT and not kind.private
        if can_wait and bundle(notice, kind, chosen, hours, at=at):
            continue
        until = hours.over(at) if hours else at
        is_useful = notice.useless_after is None or notice.useless_after > until
        if until > at and is_useful:
            held.setdefault(until, []).append(notice)
        else:
            ready.append(notice)
    for until, notices in held.items():
        hold(notices, until=until)
    return ready
