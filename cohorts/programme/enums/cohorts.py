"""Where a cohort has got to, and the strand that it belongs to."""

from django.db import models


class CohortState(models.TextChoices):
    """``draft → open → selecting → confirmed → running → complete → archived``."""

    DRAFT = "draft", "Being prepared"
    OPEN = "open", "Open for applications"
    SELECTING = "selecting", "Choosing participants"
    CONFIRMED = "confirmed", "Confirmed"
    RUNNING = "running", "Under way"
    COMPLETE = "complete", "Complete"
    ARCHIVED = "archived", "Archived"


class StrandKind(models.TextChoices):
    """The programme's three strands; each has its colour."""

    STAFF_DEVELOPMENT = "staff_development", "Staff development"
    ORGANISATIONAL_CHANGE = "organisational_change", "Organisational change"
    CONFERENCE = "conference", "Pan-London staff conference"


OVER_STATES = frozenset({CohortState.COMPLETE, CohortState.ARCHIVED})
"""A cohort in these states is history: nobody joins or leaves it any more."""


REGISTER_STATES = frozenset({CohortState.CONFIRMED, CohortState.RUNNING})
"""In these states a session that is over wants its register."""


TOLD_STATES = frozenset({CohortState.CONFIRMED, CohortState.RUNNING})
"""In these states participants are told of what changes in their cohort's dates."""
