from django.db.models import TextChoices


class JobState(TextChoices):
    """Where a piece of long work stands."""

    QUEUED = "queued", "Waiting to start"
    RUNNING = "running", "Under way"
    DONE = "done", "Done"
    FAILED = "failed", "Not done"


class SheetState(TextChoices):
    """``uploaded → checked → confirmed → done``; or ``discarded``, or ``failed`` where it cannot
    be read.
    """

    UPLOADED = "uploaded", "Not checked yet"
    CHECKED = "checked", "Waits for your decision"
    CONFIRMED = "confirmed", "Being brought in"
    DONE = "done", "Brought in"
    DISCARDED = "discarded", "Discarded"
    FAILED = "failed", "Could not be read"


class Outcome(TextChoices):
    """What a row of a spreadsheet comes to."""

    NEW = "new", "New"
    CHANGED = "changed", "Known, and different"
    KNOWN = "known", "Already known"
    PROBLEM = "problem", "Problem"


class FindingKind(TextChoices):
    """What is said of a row."""

    PROBLEM = "problem", "Problem"
    CHANGE = "change", "Difference"
    MOVED = "moved", "New since the last look"
