"""Messages in any state, what was told of them, and the words of a page."""

import re
from typing import Any
from uuid import uuid4

from lic_site.accounts.models import Person
from lic_site.notices import services
from lic_site.notices.enums import Delivery, State
from lic_site.notices.models import (
    AddressTrouble,
    DeliveryEvent,
    Notice,
)
from tests.lic_site.notices.support import NOW

BOARD, LIST, MANY = "/staff/messages/", "/staff/messages/all/", "/staff/messages/many/"
HELD, ASIDE = "/staff/messages/held/", "/staff/messages/addresses/"


def queue(person: Person, state: State = State.PENDING, **values: object) -> Notice:
    place = person.organisation
    assert place is not None
    services.send("tests.reminder", to=person, about=place, at=NOW, key=uuid4().hex)
    notice = Notice.objects.latest("pk")
    over = {"finished_at": NOW} if state in {State.SENT, State.FAILED, State.EXPIRED} else {}
    Notice.objects.filter(pk=notice.pk).update(state=state, **(over | values))
    notice.refresh_from_db()
    return notice


def set_aside(person: Person, **values: Any) -> AddressTrouble:
    told = {"bounces": 1, "first_at": NOW, "last_at": NOW, "set_aside_at": NOW}
    return AddressTrouble.objects.create(address=person.addresses.get(), **(told | values))


def told(notice: Notice, event: Delivery = Delivery.BOUNCED) -> DeliveryEvent:
    return DeliveryEvent.objects.create(
        provider="tests",
        event_id=uuid4().hex,
        event=event,
        notice=notice,
        address=notice.recipient.addresses.get(),
        happened_at=NOW,
        received_at=NOW,
    )


def main(text: str) -> str:
    """The words of the page, in one line."""
    inner = text.partition("<main")[2].partition("</main>")[0]
    return " ".join(re.sub(r"<[^>]+>", " ", inner).split())
