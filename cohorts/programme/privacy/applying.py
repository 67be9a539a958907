"""What is held of people who apply, read and are offered a place."""

from collections.abc import Iterator

from django.db.models import Q

from cohorts.programme.models import (
    AdjustmentAnswer,
    Answer,
    Application,
    ApplicationEvent,
    CohortReader,
    Interest,
    ManagerSupport,
    Offer,
    ReaderExclusion,
    Review,
    Score,
)
from cohorts.programme.services import privacy
from lic_site.accounts.models import Person
from lic_site.common.personal_data import Held, Row

WORDS = "What you wrote is taken out a year after the cohort ends, or half a year after \
applications close if you never sent it."
COUNTED = "Kept for the programme's counts, without your name once your record is erased."


def _with_the_application(person: object, at: object) -> None:
    """Erased with the application they hang on."""


def _answers(person: Person) -> Iterator[Row]:
    answers = Answer.objects.filter(application__applicant=person).exclude(text="")
    for answer in answers.select_related("question", "application__cohort"):
        yield {
            "Cohort": answer.application.cohort.name,
            "Question": answer.question.text,
            "Your answer": answer.text,
            "Saved": answer.saved_at,
        }


def _applications(person: Person) -> Iterator[Row]:
    for application in Application.objects.filter(applicant=person).select_related(
        "cohort", "organisation"
    ):
        yield {
            "Cohort": application.cohort.name,
            "Reference": application.reference,
            "Where it stands": application.get_state_display(),
            "You said you are eligible": application.is_eligible,
            "Job title": application.job_title,
            "Grade": application.get_grade_band_display(),
            "Employer": application.organisation,
            "Adjustments you asked for": application.adjustments,
            "Begun": application.started_at,
            "Sent": application.submitted_at,
            "Decided": application.decided_at,
            "Feedback": application.feedback,
        }


def _support(person: Person) -> Iterator[Row]:
    """To the applicant what they typed and the answer; to a supporter that they were asked."""
    rows = ManagerSupport.objects.filter(Q(application__applicant=person) | Q(supporter=person))
    for row in rows.select_related("application__cohort"):
        own = row.application.applicant_id == person.pk
        yield {
            "Cohort": row.application.cohort.name,
            "What it is": "Support you asked for" if own else "Support you were asked for",
            **({"Whom": row.get_route_display(), "Name you gave": row.typed_name} if own else {}),
            **({"Address you gave": row.email} if own else {}),
            "Asked": row.asked_at,
            "Answer": row.get_answer_display(),
            "Conditions": row.conditions,
            "Answered": row.answered_at,
        }


def _reviews(person: Person) -> Iterator[Row]:
    """A reader's own readings, without whose application it was."""
    for review in Review.objects.filter(reader=person).select_related("application__cohort"):
        yield {
            "Cohort": review.application.cohort.name,
            "Where it stands": review.get_state_display(),
            "Assigned": review.assigned_at,
            "Your comment": review.comment,
            "Why you stepped aside": review.recusal_reason,
        }


HELD = (
    Held(
        model="programme.Application",
        title="Your applications",
        fields=(
            "applicant",
            "decided_by",
            "is_eligible",
            "job_title",
            "grade_band",
            "organisation",
            "adjustments",
            "decision_reason",
            "feedback",
        ),
        of=lambda person: Application.objects.filter(applicant=person),
        erase=privacy.erase_applicant,
        retain=privacy.wipe_what_is_past,
        kept_for=WORDS,
        export=_applications,
    ),
    Held(
        model="programme.Answer",
        title="What you wrote in your applications",
        fields=("text", "saved_at"),
        of=lambda person: Answer.objects.filter(application__applicant=person),
        erase=_with_the_application,
        kept_for=WORDS,
        export=_answers,
    ),
    Held(
        model="programme.ReaderExclusion",
        title="People who must not read your application",
        fields=("name", "email"),
        of=lambda person: ReaderExclusion.objects.filter(application__applicant=person),
        erase=_with_the_application,
        kept_for=WORDS,
    ),
    Held(
        model="programme.AdjustmentAnswer",
        title="Replies about adjustments you asked for",
        fields=("state", "reply", "answered_at", "answered_by"),
        of=lambda person: AdjustmentAnswer.objects.filter(application__applicant=person),
        erase=_with_the_application,
        kept_for=WORDS,
        export=lambda person: [
            {"Where it stands": row.get_state_display(), "Reply": row.reply}
            for row in AdjustmentAnswer.objects.filter(application__applicant=person)
        ],
    ),
    Held(
        model="programme.ApplicationEvent",
        title="Steps of your applications",
        fields=("state", "at", "by"),
        of=lambda person: ApplicationEvent.objects.filter(application__applicant=person),
        erase=_with_the_application,
        kept_for=COUNTED,
        export=lambda person: [
            {"Step": row.get_state_display(), "When": row.at}
            for row in ApplicationEvent.objects.filter(application__applicant=person)
        ],
    ),
    Held(
        model="programme.ManagerSupport",
        title="Support asked for",
        fields=("supporter", "given_name", "family_name", "email", "answer", "conditions"),
        of=lambda person: ManagerSupport.objects.filter(
            Q(application__applicant=person) | Q(supporter=person)
        ),
        erase=lambda person, _at: privacy.erase_supporter(person),
        kept_for=WORDS,
        export=_support,
    ),
    Held(
        model="programme.Offer",
        title="Places offered to you",
        fields=("state", "made_at", "expires_at", "answered_at"),
        of=lambda person: Offer.objects.filter(application__applicant=person),
        erase=_with_the_application,
        kept_for=COUNTED,
    ),
    Held(
        model="programme.Interest",
        title="Being told when applications open",
        fields=("person", "programme", "noted_at", "ended_at"),
        of=lambda person: Interest.objects.filter(person=person).select_related("programme"),
        erase=lambda person, _at: privacy.delete_interest(person),
        retain=privacy.forget_interest,
        kept_for="Deleted a month after you leave the list, and after two years in any case.",
        export=lambda person: [
            {"Programme": row.programme, "Since": row.noted_at, "Left": row.ended_at}
            for row in Interest.objects.filter(person=person).select_related("programme")
        ],
    ),
    Held(
        model="programme.CohortReader",
        title="Reading panels you are on",
        fields=("person", "cohort", "added_at"),
        of=lambda person: CohortReader.objects.filter(person=person).select_related("cohort"),
        erase=lambda person, _at: privacy.leave_panels(person),
        kept_for="Deleted with your record.",
        export=lambda person: [
            {"Cohort": row.cohort.name, "Since": row.added_at}
            for row in CohortReader.objects.filter(person=person).select_related("cohort")
        ],
    ),
    Held(
        model="programme.Review",
        title="Applications you read",
        fields=("reader", "comment", "recusal_reason"),
        of=lambda person: Review.objects.filter(reader=person),
        erase=lambda person, _at: privacy.erase_reader(person),
        kept_for="The words go a year after the cohort ends; the points stay in its counts.",
        export=_reviews,
    ),
    Held(
        model="programme.Score",
        title="Points you gave",
        fields=("points", "note"),
        of=lambda person: Score.objects.filter(review__reader=person),
        erase=_with_the_application,
        kept_for="The words go a year after the cohort ends; the points stay in its counts.",
        export=lambda person: [
            {"Criterion": row.criterion.name, "Points": row.points, "Note": row.note}
            for row in Score.objects.filter(review__reader=person).select_related("criterion")
        ],
    ),
)
