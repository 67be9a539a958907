"""The verbs of the outbox: queue, plan, deliver, sweep, and what staff may do by hand."""

from lic_site.notices.services.delivering import deliver_batch, drain
from lic_site.notices.services.leases import claim, sweep
from lic_site.notices.services.planning import plan
from lic_site.notices.services.sending import cancel, send
from lic_site.notices.services.staff import (
    cancel_by_hand,
    park_due,
    release_parked,
    retry,
)

__all__ = [
    "cancel",
    "cancel_by_hand",
    "claim",
    "deliver_batch",
    "drain",
    "park_due",
    "plan",
    "release_parked",
    "retry",
    "send",
    "sweep",
]
