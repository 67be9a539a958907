"""The outbox's ticks. Each may be lost, doubled or killed: the database knows what is left."""


from celery import shared_task
from django.conf import settings
from django.utils import timezone

from lic_site.notices import services
from lic_site.notices.services import nudging


@shared_task(name="notices.plan", acks_late=True)
def plan(**_: object) -> None:
    """Plan the reminders that fell due, and have them sent."""
    if services.plan(at=timezone.now()):
        nudging.nudge()


@shared_task(name="notices.deliver", acks_late=True)
def deliver(**_: object) -> None:
    """Deliver what is due, for a bounded time. While there is much, another worker is asked to
    help; that request also carries on where this one stops.
    """
    services.drain(seconds=settings.NOTICE_DRAIN_SECONDS, more=nudging.nudge)


@shared_task(name="notices.sweep", acks_late=True)
def sweep(**_: object) -> None:
    """Release what dead workers held, and expire what is stale."""
    services.sweep(at=timezone.now())


