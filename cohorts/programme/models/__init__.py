from cohorts.programme.models.adjustments import AdjustmentAnswer
from cohorts.programme.models.applications import (
    Answer,
    Application,
    ApplicationEvent,
    ReaderExclusion,
)
from cohorts.programme.models.attendance import Apology, Attendance
from cohorts.programme.models.certificates import Certificate
from cohorts.programme.models.cohorts import Cohort, Criterion, Interest, Question
from cohorts.programme.models.enrolments import Enrolment, EnrolmentEvent, SupportContact
from cohorts.programme.models.needs import Need
from cohorts.programme.models.places import Offer
from cohorts.programme.models.programmes import Funding, PositiveActionRecord, Programme, Strand
from cohorts.programme.models.reviews import CohortReader, Review, Score
from cohorts.programme.models.routes import OtherRoute
from cohorts.programme.models.sessions import AvoidDate, Material, Session, SessionFacilitator
from cohorts.programme.models.sets import Introduction, LearningSet, SetExclusion
from cohorts.programme.models.support import ManagerSupport

__all__ = [
    "AdjustmentAnswer",
    "Answer",
    "Apology",
    "Application",
    "ApplicationEvent",
    "Attendance",
    "AvoidDate",
    "Certificate",
    "Cohort",
    "CohortReader",
    "Criterion",
    "Enrolment",
    "EnrolmentEvent",
    "Funding",
    "Interest",
    "Introduction",
    "LearningSet",
    "ManagerSupport",
    "Material",
    "Need",
    "Offer",
    "OtherRoute",
    "PositiveActionRecord",
    "Programme",
    "Question",
    "ReaderExclusion",
    "Review",
    "Score",
    "Session",
    "SessionFacilitator",
    "SetExclusion",
    "Strand",
    "SupportContact",
]
