"""Long work with progress, that can be left and found again at ``/jobs/<id>/``.

A job is a plain function marked with ``@job`` that takes a ``Progress`` and the arguments it was
started with::

    @job(title="Bringing people in")
    def bring_in(progress: Progress, *, upload: str) -> Result:
        for number, row in enumerate(rows):
            ...
            progress.advance(number, total)
        return Result(path="/staff/people/", message="120 people brought in.")

    started = jobs.start(bring_in, by_id=person.pk, at=now, arguments={"upload": name})
    return redirect("job", started.pk)

Like every task it may be run again after a crash, so it writes through one atomic verb or through
idempotent ones.
"""

import logging
import uuid
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Concatenate, Protocol, cast

from celery import shared_task
from django.core.files.base import File
from django.db import IntegrityError, transaction
from django.db.models import F, Q
from django.utils import timezone
from django.utils.module_loading import import_string

from lic_site.common.background import publish
from lic_site.common.enums import JobState
from lic_site.common.errors import Refusal
from lic_site.common.models import Job

logger = logging.getLogger(__name__)

LEASE = timedelta(minutes=10)
ATTEMPTS = 3
KEPT = timedelta(days=14)
WRITE_EVERY = timedelta(seconds=1)
STOPPED = "This work stopped part of the way and was given up. Start it again."
BROKEN = (
    "Something went wrong on our side. Start it again, and tell the programme office if it "
    "happens again."
)


class Lost(Exception):
    """Another worker has taken this job over: stop."""


@dataclass(frozen=True)
class Result:
    """What a finished job leaves: a page to go on to, or a private file to download (``name`` is
    its neutral file name), and one sentence.
    """

    message: str = ""
    path: str = ""
    file: File[bytes] | None = None
    name: str = ""


class Progress:
    """How a running job says how far it is, and learns that it is no longer its own."""

    def __init__(self, job: Job) -> None:
        self.job_id = job.pk
        self.lease = job.lease
        self._written_at: datetime | None = None

    def advance(self, done: int, total: int | None = None, *, message: str = "") -> None:
        """Write how far it is, at most once a second, and keep the lease alive. Raises Lost."""
        at = timezone.now()
        if self._written_at and at - self._written_at < WRITE_EVERY and done != total:
            return
        self._written_at = at
        values: dict[str, Any] = {"done": done, "leased_until": at + LEASE}
        if total is not None:
            values["total"] = total
        if message:
            values["message"] = message
        if not _mine(self.job_id, self.lease).update(**values):
            raise Lost


type JobFunction = Callable[Concatenate[Progress, ...], Result | None]


class Marked(Protocol):
    """A function marked as a job."""

    job_title: str
    __module__: str
    __qualname__: str

    def __call__(self, progress: Progress, **arguments: Any) -> Result | None: ...


def job(*, title: str) -> Callable[[JobFunction], Marked]:
    """Mark a module's function as a job. ``title`` is what people read: 'Bringing people in'."""

    def mark(function: JobFunction) -> Marked:
        marked = cast("Marked", function)
        marked.job_title = title
        return marked

    return mark


def start(
    function: Marked,
    *,
    by_id: int | None,
    at: datetime,
    arguments: Mapping[str, Any] | None = None,
    key: str = "",
    back_to: str = "",
) -> Job:
    """Queue the work for the person ``by_id``, after the caller's commit.

    With a ``key`` the same work is not started twice: while it is live, starting it again gives
    the job that is under way. ``arguments`` are plain JSON values, ids rather than names.
    """
    path = f"{function.__module__}.{function.__qualname__}"
    values = {
        "run": path,
        "title": function.job_title,
        "owner_id": by_id,
        "arguments": dict(arguments or {}),
        "key": key,
        "back_to": back_to,
        "created_at": at,
    }
    try:
        with transaction.atomic():
            made = Job.objects.create(**values)
    except IntegrityError:
        made = Job.objects.get(run=path, key=key, state__in=[JobState.QUEUED, JobState.RUNNING])
    publish(run_job, str(made.pk))
    return made


def claim(job_id: uuid.UUID, *, at: datetime) -> Job | None:
    """Take a waiting job for this worker, or None when somebody else has it."""
    lease = uuid.uuid4()
    taken = Job.objects.filter(pk=job_id, state=JobState.QUEUED).update(
        state=JobState.RUNNING, lease=lease, leased_until=at + LEASE, attempts=F("attempts") + 1
    )
    return Job.objects.get(pk=job_id) if taken else None


def finish(claimed: Job, result: Result, *, at: datetime) -> None:
    """The job is done. Raises Lost when it was taken over in the meantime."""
    name = ""
    if result.file is not None:
        field = Job._meta.get_field("result_file")
        name = field.storage.save(f"jobs/{uuid.uuid4().hex}", result.file)
    done = _mine(claimed.pk, claimed.lease).update(
        state=JobState.DONE,
        done=F("total") if claimed.total else F("done"),
        message=result.message,
        result_path=result.path,
        result_file=name,
        result_name=result.name,
        finished_at=at,
        lease=None,
        leased_until=None,
    )
    if not done:
        if name:
            field.storage.delete(name)
        raise Lost


def fail(claimed: Job, sentence: str, *, at: datetime) -> None:
    """The job will not be done, and why, in a sentence for its owner."""
    _mine(claimed.pk, claimed.lease).update(
        state=JobState.FAILED, message=sentence[:500], finished_at=at, lease=None, leased_until=None
    )


def sweep(at: datetime) -> None:
    """Queue again what a dead worker left, give up what died three times, publish what the queue
    lost, and forget what finished a fortnight ago.
    """
    died = Job.objects.filter(state=JobState.RUNNING, leased_until__lt=at)
    died.filter(attempts__gte=ATTEMPTS).update(
        state=JobState.FAILED, message=STOPPED, finished_at=at, lease=None, leased_until=None
    )
    died.update(state=JobState.QUEUED, lease=None, leased_until=None)
    for job_id in Job.objects.filter(
        state=JobState.QUEUED, created_at__lt=at - timedelta(seconds=30)
    ).values_list("pk", flat=True)[:50]:
        publish(run_job, str(job_id))
    for old in Job.objects.filter(finished_at__lt=at - KEPT)[:200]:
        old.result_file.delete(save=False)
        old.delete()


@shared_task(name="common.run_job", time_limit=3600)
def run_job(job_id: str, **_: object) -> None:
    """Run one waiting job and settle how it ended."""
    claimed = claim(uuid.UUID(job_id), at=timezone.now())
    if claimed is None:
        return
    try:
        result = _function(claimed.run)(Progress(claimed), **claimed.arguments) or Result()
        finish(claimed, result, at=timezone.now())
    except Lost:
        logger.warning("job taken over", extra={"job": job_id})
    except Refusal as refusal:
        fail(claimed, str(refusal), at=timezone.now())
    except Exception:  # every outcome is settled; the traceback goes to the log
        logger.exception("job failed", extra={"job": job_id})
        fail(claimed, BROKEN, at=timezone.now())


def _function(path: str) -> Marked:
    function: Marked = import_string(path)
    if not hasattr(function, "job_title"):
        raise TypeError(f"{path} is not marked as a job")
    return function


def _mine(job_id: uuid.UUID, lease: uuid.UUID | None) -> Any:
    return Job.objects.filter(Q(pk=job_id), Q(state=JobState.RUNNING), Q(lease=lease))
