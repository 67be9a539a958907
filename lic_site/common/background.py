"""Work handed to Celery after the commit that caused it.

The queue is a hint: what cannot be published is logged and found by the next tick, never an error
for the person whose request caused it.
"""

import logging
import time
from functools import partial
from typing import Any

from celery import Task as CeleryTask
from celery import shared_task
from django.db import transaction
from django.utils.module_loading import import_string
from django_tasks.backends.base import BaseTaskBackend
from django_tasks.base import Task, TaskResult, TaskResultStatus
from django_tasks.utils import get_random_id

logger = logging.getLogger(__name__)

REST = 5.0
"""Seconds that the broker is left alone after it did not answer."""

_rests_until = 0.0


def publish(task: CeleryTask[..., Any], *args: Any, **kwargs: Any) -> None:
    """Queue the task once the caller's transaction has committed. Never raises for the broker, and
    waits for one that hangs once, not each time.
    """
    transaction.on_commit(partial(_send, task, args, kwargs), robust=True)


def _send(task: CeleryTask[..., Any], args: tuple[Any, ...], kwargs: dict[str, Any]) -> None:
    global _rests_until  # noqa: PLW0603 (one broker, one process)
    if time.monotonic() < _rests_until:
        return
    try:
        task.apply_async(args, kwargs, retry=False)
    except (task.OperationalError, OSError):
        _rests_until = time.monotonic() + REST
        logger.warning("queue away", extra={"task_name": task.name})


@shared_task(name="common.run_wagtail_task", acks_late=True)
def run_wagtail_task(path: str, args: list[Any], kwargs: dict[str, Any], **_: object) -> None:
    """Run the task function that Wagtail enqueued under this dotted path."""
    import_string(path).func(*args, **kwargs)


class CeleryOnCommit(BaseTaskBackend):
    """Publishes after commit. Wagtail enqueues in ``post_save``: earlier, the worker would find no
    row.
    """

    supports_priority = True

    def enqueue(self, task: Task[Any, Any], args: Any, kwargs: Any) -> TaskResult[Any]:
        self.validate_task(task)
        result: TaskResult[Any] = TaskResult(
            task=task,
            id=get_random_id(),
            status=TaskResultStatus.READY,
            enqueued_at=None,
            started_at=None,
            last_attempted_at=None,
            finished_at=None,
            args=list(args),
            kwargs=dict(kwargs),
            backend=self.alias,
            errors=[],
            worker_ids=[],
        )
        publish(run_wagtail_task, task.module_path, result.args, result.kwargs)
        return result
