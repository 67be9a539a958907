import uuid

from django.db import models

from lic_site.common.enums import FindingKind, JobState, SheetState
from lic_site.common.storage import Unguessable, private


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


class Sheet(models.Model):
    """A spreadsheet on its way in. Its file is wiped as soon as it is brought in or discarded."""

    kind = models.CharField(max_length=40, help_text="The importer's name.")
    state = models.CharField(max_length=10, choices=SheetState, default=SheetState.UPLOADED)
    owner_id = models.BigIntegerField(null=True, blank=True, help_text="Who chose the file.")
    file = models.FileField(storage=private, upload_to=Unguessable("sheets"), blank=True)
    file_kind = models.CharField(max_length=4)
    digest = models.CharField(max_length=64, help_text="SHA-256 of the file that was chosen.")
    places = models.JSONField(default=dict, help_text="Where each column stands, by its name.")
    job_id = models.UUIDField(null=True, blank=True)
    counts = models.JSONField(default=dict, help_text="Rows by what they come to.")
    outcomes = models.JSONField(default=dict, help_text="What each row comes to, by its number.")
    fingerprint = models.CharField(max_length=64, blank=True, help_text="Of what was previewed.")
    message = models.CharField(max_length=500, blank=True)
    result_path = models.CharField(max_length=200, blank=True)
    uploaded_at = models.DateTimeField()
    checked_at = models.DateTimeField(null=True, blank=True)
    confirmed_at = models.DateTimeField(null=True, blank=True)
    confirmed_by_id = models.BigIntegerField(null=True, blank=True)
    finished_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-uploaded_at", "-pk"]
        indexes = [models.Index(fields=["state", "uploaded_at"], name="sheet_by_state")]

    def __str__(self) -> str:
        return f"Sheet {self.pk}"


class SheetFinding(models.Model):
    """What is said of one cell of a sheet: wrong, or different from what is known."""

    sheet = models.ForeignKey(Sheet, on_delete=models.CASCADE, related_name="findings")
    kind = models.CharField(max_length=10, choices=FindingKind)
    row = models.PositiveIntegerField()
    column = models.CharField(max_length=120, blank=True)
    words = models.CharField(max_length=500)

    class Meta:
        ordering = ["row", "pk"]
        indexes = [models.Index(fields=["sheet", "kind", "row"], name="finding_of_sheet")]

    def __str__(self) -> str:
        return f"Finding {self.pk}"
