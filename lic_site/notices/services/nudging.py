"""A hint to the workers that there is work, so that nobody waits for a tick. It may be lost."""

import logging
import time

from celery import current_app
from django.db import transaction
from kombu.exceptions import KombuError

logger = logging.getLogger(__name__)

QUIET_SECONDS = 10
"""After the broker could not be reached, nobody waits for it again for so long."""

_quiet_until = 0.0


def after_commit() -> None:
    """Nudge once the transaction has committed; once, however many messages it queued."""
    connection = transaction.get_connection()
    if any(callback[1] is nudge for callback in connection.run_on_commit):
        return
    transaction.on_commit(nudge, robust=True)


def nudge() -> None:
    """Ask for a delivery now. A broker that is away costs two seconds at most and no error."""
    global _quiet_until  # noqa: PLW0603 - one clock for the process
    if time.monotonic() < _quiet_until:
        return
    try:
        current_app.send_task("notices.deliver", retry=False, expires=55, ignore_result=True)
    except (KombuError, OSError) as error:
        _quiet_until = time.monotonic() + QUIET_SECONDS
        logger.warning("nudge lost", extra={"error": type(error).__name__})
