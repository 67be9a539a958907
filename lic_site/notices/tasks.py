"""The outbox's ticks, and the delivery that a nudge asks for. Each may be lost, doubled or
killed: the database knows what is left.
"""

from datetime import datetime

from celery import shared_task
from django.conf import settings

from lic_site.notices import services
from lic_site.notices.services import mailings, nudging


def plan_tick(at: datetime) -> None:
    """Plan the reminders that fell due, and have them sent; kinds that are new get their words."""
    services.make_texts(at=at)
    if services.plan(at=at):
        nudging.nudge()


def deliver_tick(_at: datetime) -> None:
    """Deliver what is due, for a bounded time. While there is much, another worker is asked to
    help; that request also carries on where this one stops.
    """
    services.drain(seconds=settings.NOTICE_DRAIN_SECONDS, more=nudging.nudge)


def sweep_tick(at: datetime) -> None:
    """Release what dead workers held and what digests left behind, expire what is stale, and close
    the mailings that are over.
    """
    services.sweep(at=at)
    services.free_the_stranded(at=at)
    mailings.settle(at=at)


@shared_task(name="notices.deliver", acks_late=True)
def deliver(**_: object) -> None:
    """What a nudge asks for."""
    services.drain(seconds=settings.NOTICE_DRAIN_SECONDS, more=nudging.nudge)
