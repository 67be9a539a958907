"""An application, its support, its reading, and the offer of a place."""

from django.db import models


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
