"""Who has had a message, and who has not."""

from collections import Counter
from datetime import datetime
from typing import Any

from lic_site.accounts.models import Person
from lic_site.notices import policies
from lic_site.notices.boards.lists import rows
from lic_site.notices.enums import State
from lic_site.notices.models import Notice
from lic_site.notices.services.missing import meant_for, missing, same_message

MOST = 500


def reached(notice: Notice, *, person: Person, at: datetime) -> dict[str, Any]:
    """The same message to everybody it was planned for, with its state; and those it is meant for
    who have none.
    """
    same = policies.visible(person, same_message(notice)).select_related("recipient")
    meant = None if policies.recipient_titles([notice]) else meant_for(notice)
    shown = list(same.order_by("recipient__family_name", "recipient__given_name", "pk")[:MOST])
    counted = Counter(each.get_state_display() for each in shown)
    return {
        "rows": rows(shown, at=at),
        "cut": len(shown) == MOST,
        "sent": sum(each.state == State.SENT for each in shown),
        "counted": sorted(counted.items()),
        "knows": meant is not None,
        "missing": missing(notice, meant),
    }
