"""What mail providers tell, from the library's words to ours. ``apps`` connects the receiver."""

import re
from collections.abc import Mapping
from hashlib import sha256
from typing import Any

from anymail.signals import AnymailTrackingEvent
from django.utils import timezone

from lic_site.notices.enums import Delivery
from lic_site.notices.services import bounces

EVENTS = {
    "delivered": Delivery.DELIVERED,
    "deferred": Delivery.DEFERRED,
    "bounced": Delivery.BOUNCED,
    "rejected": Delivery.REJECTED,
    "complained": Delivery.COMPLAINED,
    "unsubscribed": Delivery.UNSUBSCRIBED,
}
"""What is kept. Who opened what or followed which link is none of our business."""

_CODE = re.compile(r"\b([245]\d\d)\b")
_STATUS = re.compile(r"\b[245]\.\d{1,3}\.\d{1,3}\b")


def tell(event: AnymailTrackingEvent, esp_name: str, **_: Any) -> None:
    """The one receiver of the library's signal; it calls one verb."""
    what = EVENTS.get(event.event_type or "")
    if what is None:
        return
    bounces.record_delivery(
        provider=esp_name.lower(),
        event_id=event.event_id or _made_up(event),
        event=what,
        message_id=event.message_id or "",
        email=event.recipient or "",
        detail=_detail(event),
        happened_at=event.timestamp,
        at=timezone.now(),
    )


def _made_up(event: AnymailTrackingEvent) -> str:
    """An id for a provider that gives none: the same for the same event, and no address in it."""
    parts = (event.message_id, event.event_type, event.timestamp, event.recipient)
    return sha256("\n".join(str(part) for part in parts).encode()).hexdigest()


def _detail(event: AnymailTrackingEvent) -> str:
    """The reason as codes: the provider's word, the server's number and status. No free words:
    they may hold an address.
    """
    words = f"{event.mta_response or ''} {event.description or ''}"
    found = (_CODE.search(words), _STATUS.search(words))
    reason = "soft" if _is_soft(event.esp_event) else event.reject_reason or ""
    return " ".join([reason, *(match[0] for match in found if match)]).strip()


def _is_soft(told: object) -> bool:
    """Postmark's 'SoftBounce' and SendGrid's 'blocked' may pass; the library does not tell them
    from those that stay.
    """
    return isinstance(told, Mapping) and (told.get("Type") or told.get("type")) in {
        "SoftBounce",
        "blocked",
    }
