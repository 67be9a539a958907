"""A cohort's life: planned, opened, closed, confirmed, started, completed, archived."""

from cohorts.programme.services.cohorts.opening import (
    NotReady,
    close_applications,
    close_due,
    confirm_cohort,
    open_cohort,
    readiness,
)
from cohorts.programme.services.cohorts.planning import (
    DEADLINES,
    Archived,
    change_cohort,
    copy_cohort,
    create_cohort,
    delete_cohort,
    move_deadlines,
)
from cohorts.programme.services.cohorts.running import (
    NotFinished,
    Remaining,
    archive_cohort,
    complete_cohort,
    remaining,
    reopen_cohort,
    start_cohort,
    start_due,
)

__all__ = [
    "DEADLINES",
    "Archived",
    "NotFinished",
    "NotReady",
    "Remaining",
    "archive_cohort",
    "change_cohort",
    "close_applications",
    "close_due",
    "complete_cohort",
    "confirm_cohort",
    "copy_cohort",
    "create_cohort",
    "delete_cohort",
    "move_deadlines",
    "open_cohort",
    "readiness",
    "remaining",
    "reopen_cohort",
    "start_cohort",
    "start_due",
]
