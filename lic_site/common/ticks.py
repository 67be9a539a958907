"""The clock: fixed 60-second ticks, each idempotent, each taking its work from the database.

``settings.TICKS`` lists them by dotted path: functions that take the moment. Celery Beat, cron
(``manage.py tick``) or a test may run one at any time, twice, or two at once.
"""

import logging
from collections.abc import Callable
from datetime import datetime

from celery import shared_task
from django.conf import settings
from django.utils import timezone
from django.utils.module_loading import import_string

from lic_site.common.models import Tick

logger = logging.getLogger(__name__)

type TickFunction = Callable[[datetime], object]


class NoSuchTick(Exception):
    """A message on the queue named something that is not in ``settings.TICKS``."""


@shared_task(name="common.run_tick")
def run_tick(name: str, **_: object) -> None:
    """One tick, from Beat."""
    run(name, at=timezone.now())


def run(name: str, *, at: datetime) -> None:
    """Run one of ``settings.TICKS`` and write down that it ran. What it raises goes on upwards."""
    if name not in settings.TICKS:
        raise NoSuchTick(name)
    tick: TickFunction = import_string(name)
    Tick.objects.update_or_create(name=name, defaults={"started_at": at})
    try:
        tick(at)
    except Exception as error:
        Tick.objects.filter(name=name).update(failed_at=timezone.now(), error=type(error).__name__)
        raise
    Tick.objects.filter(name=name).update(finished_at=timezone.now(), error="")


def run_all(*, at: datetime) -> list[str]:
    """Run every tick once; one that fails does not stop the others. Returns the names that
    failed.
    """
    failed = []
    for name in settings.TICKS:
        try:
            run(name, at=at)
        except Exception:  # one tick's fault is not the others': it is logged and counted
            logger.exception("tick failed", extra={"tick": name})
            failed.append(name)
    return failed
