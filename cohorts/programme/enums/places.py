"""A place in a cohort: where it stands, why it was left, and its history."""

from django.db import models


class EnrolmentState(models.TextChoices):
    ACTIVE = "active", "Taking part"
    DEFERRED = "deferred", "Deferred"
    WITHDRAWN = "withdrawn", "Withdrawn"
    COMPLETED = "completed", "Completed"


TAKING_PART = frozenset({EnrolmentState.ACTIVE, EnrolmentState.COMPLETED})
"""Whoever still looks back at the cohort as theirs."""


class EnrolmentReason(models.TextChoices):
    """Why a place was deferred or given up. Borough coordinators and managers never see it."""

    WORKLOAD = "workload", "Work leaves no time"
    RELEASE = "release", "The employer cannot release them"
    NEW_JOB = "new_job", "A new job"
    PERSONAL = "personal", "Personal or family reasons"
    HEALTH = "health", "Health"
    DATES = "dates", "The dates do not work"
    FIT = "fit", "The programme is not the right one"
    NOT_SAID = "not_said", "Prefers not to say"
    OTHER = "other", "Another reason"


class EnrolmentStep(models.TextChoices):
    """What happens to a place, as its history tells it."""

    JOINED = "joined", "Took the place"
    IMPORTED = "imported", "Brought in from earlier records"
    DEFERRED = "deferred", "Deferred"
    TRANSFERRED = "transferred", "Moved to another cohort"
    RESUMED = "resumed", "Went on from an earlier cohort"
    WITHDRAWN = "withdrawn", "Withdrew"
    REINSTATED = "reinstated", "Came back"
    COMPLETED = "completed", "Completed"
    UNDONE = "undone", "Completion undone"


class Route(models.TextChoices):
    """Other leadership programmes that people come by."""

    BALI = "bali", "BALI"
    LONDON = "london", "London Leadership Programme"
    OTHER = "other", "Another programme"


class PlaceStep(models.TextChoices):
    """Steps on the line from an application to what comes after the cohort."""

    APPLIED = "applied", "You applied"
    READ = "read", "Two people read it"
    WAITED = "waited", "You were on the waiting list"
    OFFERED = "offered", "You were offered a place"
    JOINED = "joined", "You took your place"
    WENT_ON = "went_on", "You went on from an earlier cohort"
    NEEDS_TOLD = "needs_told", "You told us what you need"
    NEEDS_TELL = "needs_tell", "You tell us what you need"
    SET_NAMED = "set_named", "You joined your learning set"
    SET_COMES = "set_comes", "You hear who is in your learning set"
    DEFERRED = "deferred", "You deferred your place"
    LEFT = "left", "You left the cohort"
    ENDS = "ends", "The cohort ends"
    COMPLETED = "completed", "You completed the cohort"
    CERTIFICATE = "certificate", "Your certificate"
    AFTER = "after", "Afterwards, this page stays yours"
