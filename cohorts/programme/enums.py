"""States, kinds and reason codes. What people read beside each value is its label."""

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


class SessionKind(models.TextChoices):
    WORKSHOP = "workshop", "Workshop"
    RESIDENTIAL = "residential", "Residential"
    LEARNING_SET = "learning_set", "Action learning set"
    COACHING = "coaching", "Coaching"


class ApplicationState(models.TextChoices):
    """``draft → submitted → under_review → offered → accepted | declined | lapsed``, or out."""

    DRAFT = "draft", "Not sent yet"
    SUBMITTED = "submitted", "Received"
    UNDER_REVIEW = "under_review", "Being read"
    OFFERED = "offered", "Place offered"
    ACCEPTED = "accepted", "Place accepted"
    DECLINED = "declined", "Place declined"
    LAPSED = "lapsed", "Offer lapsed"
    WAITLISTED = "waitlisted", "On the waiting list"
    REJECTED = "rejected", "Not offered a place this time"
    WITHDRAWN = "withdrawn", "Withdrawn"


OVER_STATES = frozenset({CohortState.COMPLETE, CohortState.ARCHIVED})
"""A cohort in these states is history: nobody joins or leaves it any more."""


REGISTER_STATES = frozenset({CohortState.CONFIRMED, CohortState.RUNNING})
"""In these states a session that is over wants its register."""


TOLD_STATES = frozenset({CohortState.CONFIRMED, CohortState.RUNNING})
"""In these states participants are told of what changes in their cohort's dates."""


LIVE_STATES = frozenset(
    {
        ApplicationState.DRAFT,
        ApplicationState.SUBMITTED,
        ApplicationState.UNDER_REVIEW,
        ApplicationState.OFFERED,
        ApplicationState.ACCEPTED,
        ApplicationState.WAITLISTED,
    }
)
"""A person has at most one application in these states in a cohort."""


UNDECIDED_STATES = frozenset({ApplicationState.SUBMITTED, ApplicationState.UNDER_REVIEW})
"""Sent and not decided on: an application in these states is to be read."""


DECIDABLE_STATES = UNDECIDED_STATES | {ApplicationState.WAITLISTED}
"""An application in these states still waits for its decision."""


SUPPORT_STATES = UNDECIDED_STATES | {ApplicationState.DRAFT}
"""Until the decision, support can be asked for and given."""

UNREAD_STATES = frozenset({ApplicationState.DRAFT, ApplicationState.SUBMITTED})
"""Until the reading begins, an applicant may say who must not read."""


class SupportRoute(models.TextChoices):
    """Whom the applicant asks to support the application."""

    MANAGER = "manager", "My line manager"
    SENIOR = "senior", "Another senior colleague"
    COLLEGE = "college", "Staff College, in confidence"
    NOBODY = "nobody", "Nobody for now"


class SupportAnswer(models.TextChoices):
    YES = "yes", "I support this"
    CONDITIONS = "conditions", "I support this, with conditions"
    NOT_NOW = "not_now", "Not now"


class ReviewState(models.TextChoices):
    ASSIGNED = "assigned", "To read"
    SUBMITTED = "submitted", "Scored"
    RECUSED = "recused", "Stepped aside"
    CLOSED = "closed", "No longer needed"


class OfferState(models.TextChoices):
    OPEN = "open", "Waiting for an answer"
    ACCEPTED = "accepted", "Accepted"
    DECLINED = "declined", "Declined"
    LAPSED = "lapsed", "Lapsed"
    TAKEN_BACK = "taken_back", "Taken back"


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


class Route(models.TextChoices):
    """Other leadership programmes that people come by."""

    BALI = "bali", "BALI"
    LONDON = "london", "London Leadership Programme"
    OTHER = "other", "Another programme"


class AdjustmentState(models.TextChoices):
    """Where an adjustment that an applicant asked for has got to."""

    WORKING = "working", "Not arranged yet"
    ARRANGED = "arranged", "Arranged"
    CANNOT = "cannot", "Cannot be arranged"


class Viewer(models.TextChoices):
    """Who may see what a person wrote or chose, as 'who sees this' names them."""

    APPLICANT = "applicant", "you"
    COLLEGE = "college", "Staff College"
    READER = "reader", "the two people who read your application"
    SUPPORTER = "supporter", "the colleague you ask"


class Step(models.TextChoices):
    """Steps on an application's timeline that are not states of it."""

    BEGUN = "begun", "You began it"
    READ = "read", "Two people read it"
    DECIDED = "decided", "You hear from us"
    ANSWER = "answer", "You say whether you take the place"
    STARTS = "starts", "The cohort starts"


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


class SessionNote(models.TextChoices):
    """What the line says beside a session."""

    COMING = "coming", ""
    CANCELLED = "cancelled", "Cancelled"
    EXCUSED = "excused", "You told us that you cannot come"
    ATTENDED = "attended", "You were there"
    MISSED = "missed", "You were not there"
    CATCH_UP = "catch_up", "You were not there: there is a way to catch up"
    CAUGHT_UP = "caught_up", "You were not there, and caught up on it"
