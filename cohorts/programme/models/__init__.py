from cohorts.programme.models.adjustments import AdjustmentAnswer
from cohorts.programme.models.applications import (
    Answer,
    Application,
    ApplicationEvent,
    ReaderExclusion,
)
from cohorts.programme.models.cohorts import Cohort, Criterion, Interest, Question, Session
from cohorts.programme.models.places import Enrolment, Offer
from cohorts.programme.models.programmes import Funding, PositiveActionRecord, Programme, Strand
from cohorts.programme.models.reviews import CohortReader, Review, Score
from cohorts.programme.models.support import ManagerSupport

__all__ = [
    "AdjustmentAnswer",
    "Answer",
    "Application",
    "ApplicationEvent",
    "Cohort",
    "CohortReader",
    "Criterion",
    "Enrolment",
    "Funding",
    "Interest",
    "ManagerSupport",
    "Offer",
    "PositiveActionRecord",
    "Programme",
    "Question",
    "ReaderExclusion",
    "Review",
    "Score",
    "Session",
    "Strand",
]
