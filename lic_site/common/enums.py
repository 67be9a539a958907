from django.db.models import TextChoices


class JobState(TextChoices):
    """Where a piece of long work stands."""

    QUEUED = "queued", "Waiting to start"
    RUNNING = "running", "Under way"
    DONE = "done", "Done"
    FAILED = "failed", "Not done"
