import uuid

from django.db import models

from lic_site.common.enums import JobState
from lic_site.common.storage import private


class Job(models.Model):
    """A piece of long work with its progress: it can be left, and found again."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    run = models.CharField(max_length=120, help_text="Dotted path of the function that does it.")
    title = models.CharField(max_length=120)
    owner_id = models.BigIntegerField(
        null=True, blank=True, help_text="The person who asked; only they see it."
    )
    arguments = models.JSONField(default=dict)
    key = models.CharField(max_length=120, blank=True)
    state = models.CharField(max_length=10, choices=JobState, default=JobState.QUEUED)
    done = models.PositiveIntegerField(default=0)
    total = models.PositiveIntegerField(null=True, blank=True)
    message = models.CharField(max_length=500, blank=True)
    back_to = models.CharField(max_length=500, blank=True)
    result_path = models.CharField(max_length=500, blank=True)
    result_file = models.FileField(storage=private, blank=True)
    result_name = models.CharField(max_length=100, blank=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    lease = models.UUIDField(null=True, blank=True)
    leased_until = models.DateTimeField(null=True, blank=True)
    created_at = models.DateTimeField()
    finished_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-created_at"]
        indexes = [
            models.Index(fields=["owner_id", "-created_at"], name="job_of_owner"),
            models.Index(fields=["state", "leased_until"], name="job_by_lease"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["run", "key"],
                condition=models.Q(state__in=[JobState.QUEUED, JobState.RUNNING])
                & ~models.Q(key=""),
                name="one_live_job_per_key",
                violation_error_message="This work is already under way.",
            )
        ]

    def __str__(self) -> str:
        return f"Job {self.pk}"

    @property
    def running(self) -> bool:
        return self.state in {JobState.QUEUED, JobState.RUNNING}


class Tick(models.Model):
    """When a tick of the clock last ran: what the watchdog reads."""

    name = models.CharField(max_length=120, primary_key=True)
    started_at = models.DateTimeField()
    finished_at = models.DateTimeField(null=True, blank=True)
    failed_at = models.DateTimeField(null=True, blank=True)
    error = models.CharField(max_length=120, blank=True, help_text="The exception's class alone.")

    class Meta:
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name


class Generation(models.Model):
    """A number that grows when what the public sees has changed."""

    name = models.CharField(max_length=40, primary_key=True)
    number = models.PositiveBigIntegerField(default=0)

    def __str__(self) -> str:
        return f"{self.name} {self.number}"
