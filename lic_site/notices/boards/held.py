"""What waits for staff's word, by why and by kind."""

from datetime import datetime
from typing import Any

from django.db.models import Count, Max, Min, Q

from lic_site.accounts.models import Person
from lic_site.notices import policies
from lic_site.notices.boards.overview import HELD_FOR, HELD_OTHERWISE, address
from lic_site.notices.boards.queue import titled
from lic_site.notices.enums import Delivery, Reason, State
from lic_site.notices.models import Notice


def held(*, person: Person, at: datetime) -> list[dict[str, Any]]:
    """A group for each reason, what a restore held first; in it a row for each kind with how many
    there are, from when to when they were due, and of how many a provider has told since that
    they arrived.
    """
    shown = policies.visible(person, Notice.objects.filter(state=State.PARKED))
    counted = (
        shown.order_by()
        .values("reason", "kind")
        .annotate(
            n=Count("pk", distinct=True),
            first=Min("due_at"),
            last=Max("due_at"),
            late=Count("pk", distinct=True, filter=Q(useless_after__lte=at)),
            arrived=Count("pk", distinct=True, filter=Q(events__event=Delivery.DELIVERED)),
        )
    )
    groups: dict[str, dict[str, Any]] = {}
    for row in sorted(counted, key=lambda row: titled(row["kind"])):
        reason = row["reason"]
        words = HELD_FOR.get(reason, HELD_OTHERWISE)
        group = groups.setdefault(
            reason,
            {
                "reason": reason,
                "title": words[0][0].upper() + words[0][1:],
                "text": words[1],
                "can_release": reason != Reason.STOPPED,
                "rows": [],
                "n": 0,
            },
        )
        group["n"] += row["n"]
        href = address(kind=row["kind"], state=State.PARKED, reason=reason)
        group["rows"].append({**row, "title": titled(row["kind"]), "href": href})
    order = [Reason.RESTORED, Reason.TOO_MANY]
    return sorted(
        groups.values(),
        key=lambda group: (
            order.index(group["reason"]) if group["reason"] in order else len(order),
            group["reason"],
        ),
    )
