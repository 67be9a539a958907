"""Everything about one person's messages."""

from typing import Any

from django.db.models import Prefetch, Q, prefetch_related_objects

from lic_site.accounts.models import ContactAddress, Person
from lic_site.notices import policies
from lic_site.notices.addresses import address_of, is_set_aside
from lic_site.notices.boards.queue import titled
from lic_site.notices.enums import Category
from lic_site.notices.models import DeliveryEvent, DeliveryPreference, Notice, NoticePreference

EVENTS = 20


def history(person: Person, *, by: Person) -> dict[str, Any]:
    """Where messages go, what is wrong there, what the person turned off, what providers told
    last, as far as ``by`` may see it.
    """
    known = ContactAddress.objects.select_related("trouble")
    prefetch_related_objects([person], Prefetch("addresses", queryset=known))
    addresses = list(person.addresses.all())
    goes = {category: address_of(person, category) for category in Category}
    off = NoticePreference.objects.filter(person=person).order_by("kind")
    events = DeliveryEvent.objects.filter(address__person=person)
    told = policies.visible(by, events.select_related("notice", "address"))
    told = told.filter(Q(notice=None) | Q(notice__in=policies.named(Notice.objects.all())))
    return {
        "addresses": [
            {
                "address": address,
                "is_aside": is_set_aside(address),
                "trouble": getattr(address, "trouble", None),
                "for": [each.label for each in Category if goes[each] == address.email],
            }
            for address in addresses
        ],
        "nowhere": addresses and not goes[Category.ESSENTIAL],
        "off": [{"title": titled(choice.kind), "at": choice.turned_off_at} for choice in off],
        "choice": DeliveryPreference.objects.filter(person=person).first(),
        "told": [
            {
                "event": event.get_event_display(),
                "title": titled(event.notice.kind) if event.notice else "Another message",
                "notice": event.notice,
                "address": event.address.email if event.address else "",
                "detail": event.detail,
                "at": event.happened_at,
            }
            for event in told[:EVENTS]
        ],
    }
