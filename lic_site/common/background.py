"""Work handed to Celery after the commit that caused it.

The queue is a hint: what cannot be published is logged and found by the next tick, never an error
for
the person whose request caused it.
"""

import logging
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


def publish(task: CeleryTask[..., Any], *args: Any, **kwargs: Any) -> None:
    """Queue the task once the caller's transaction has committed. Never raises for the broker."""
    transaction.on_commit(partial(task.delay, *args, **kwargs), robust=True)


@shared_task(name="common.run_wagtail_task", acks_late=True)
def run_wagtail_task(path: str, args: list[Any], kwargs: dict[str, Any], **_: object) -> None:
    """Run the task function that Wagtail enqueued under this dotted path."""
    import_string(path).func(*args, **kwargs)


class CeleryOnCommit(BaseTaskBackend):
    """Publishes after commit. Wagtail enqueues in ``post_save``: earlier, the worker would find
    no row.
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
