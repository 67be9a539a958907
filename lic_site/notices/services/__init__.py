"""The verbs of the outbox: queue, plan, deliver, sweep, and what staff may do by hand."""

from lic_site.notices.services.delivering import deliver_batch, drain
from lic_site.notices.services.digests import free_the_stranded
from lic_site.notices.services.leases import claim, sweep
from lic_site.notices.services.missing import send_to_missing
from lic_site.notices.services.planning import plan
from lic_site.notices.services.private import drop_stuck, send_stuck
from lic_site.notices.services.restored import park_due, release_parked
from lic_site.notices.services.sending import Message, cancel, follow, send, send_each
from lic_site.notices.services.staff import (
    cancel_by_hand,
    cancel_many,
    hold,
    hold_many,
    release_many,
    retry,
    retry_many,
)
from lic_site.notices.services.texts import make_texts, reset_text, send_sample

__all__ = [
    "Message",
    "cancel",
    "cancel_by_hand",
    "cancel_many",
    "claim",
    "deliver_batch",
    "drain",
    "drop_stuck",
    "follow",
    "free_the_stranded",
    "hold",
    "hold_many",
    "make_texts",
    "park_due",
    "plan",
    "release_many",
    "release_parked",
    "reset_text",
    "retry",
    "retry_many",
    "send",
    "send_each",
    "send_sample",
    "send_stuck",
    "send_to_missing",
    "sweep",
]
