"""Sessions, the register, and what participants need."""

from django.db import models


class SessionKind(models.TextChoices):
    WORKSHOP = "workshop", "Workshop"
    RESIDENTIAL = "residential", "Residential"
    LEARNING_SET = "learning_set", "Action learning set"
    COACHING = "coaching", "Coaching"


class Mark(models.TextChoices):
    """What a register says of one participant."""

    PRESENT = "present", "Present"
    LATE = "late", "Late"
    APOLOGIES = "apologies", "Apologies"
    ABSENT = "absent", "Did not attend"


ATTENDED = frozenset({Mark.PRESENT, Mark.LATE})
"""Marks that count as having been there."""


class CatchUp(models.TextChoices):
    """Making good a missed session; empty where there is nothing to make good."""

    OFFERED = "offered", "Way to catch up sent"
    REPORTED = "reported", "Says they have caught up"
    DONE = "done", "Caught up"


class SupportReason(models.TextChoices):
    """Why somebody of Staff College should ask a participant how it goes."""

    MISSED = "missed", "Missed sessions, not caught up"
    IN_A_ROW = "in_a_row", "Missed the last two sessions"
    OUT_OF_REACH = "out_of_reach", "Cannot reach the attendance wanted without catching up"
    LATE = "late", "Late three times or more"
    NEEDS = "needs", "Has not said what they need"


class NeedKind(models.TextChoices):
    DIET = "diet", "What I eat"
    ACCESS = "access", "Access and comfort"
    CONTACT = "contact", "Who to ring in an emergency"


class Diet(models.TextChoices):
    """Counted for the venue."""

    VEGETARIAN = "vegetarian", "Vegetarian"
    VEGAN = "vegan", "Vegan"
    HALAL = "halal", "Halal"
    KOSHER = "kosher", "Kosher"
    GLUTEN_FREE = "gluten_free", "No gluten"
    DAIRY_FREE = "dairy_free", "No dairy"
    NUT_ALLERGY = "nut_allergy", "Nut allergy"
    OTHER = "other", "Something else"


class Access(models.TextChoices):
    """Counted for the venue."""

    STEP_FREE = "step_free", "Step-free access"
    HEARING_LOOP = "hearing_loop", "Hearing loop"
    BSL = "bsl", "British Sign Language interpreter"
    CAPTIONS = "captions", "Captions"
    LARGE_PRINT = "large_print", "Large print"
    QUIET_ROOM = "quiet_room", "Quiet room"
    PRAYER_ROOM = "prayer_room", "Prayer room"
    PARKING = "parking", "Accessible parking"
    FEEDING = "feeding", "A room to feed or express"
    OTHER = "other", "Something else"


class AvoidKind(models.TextChoices):
    """Why days are better avoided."""

    FESTIVAL = "festival", "Faith festival"
    HALF_TERM = "half_term", "School holiday"
    BANK = "bank", "Bank holiday"
    OTHER = "other", "Other"


class ClashKind(models.TextChoices):
    """What speaks against a date. None of it forbids one."""

    PAST = "past", "In the past"
    OUTSIDE = "outside", "Outside the cohort’s dates"
    AVOID = "avoid", "A day better avoided"
    AUDIENCE = "audience", "Somebody is at another session"
    FACILITATOR = "facilitator", "A facilitator is elsewhere"
    WEEKEND = "weekend", "At the weekend"
    EVENING = "evening", "Early or late"


class SessionNote(models.TextChoices):
    """What the line says beside a session."""

    COMING = "coming", ""
    CANCELLED = "cancelled", "Cancelled"
    EXCUSED = "excused", "You told us that you cannot come"
    ATTENDED = "attended", "You were there"
    MISSED = "missed", "You were not there"
    CATCH_UP = "catch_up", "You were not there: there is a way to catch up"
    CAUGHT_UP = "caught_up", "You were not there, and caught up on it"
