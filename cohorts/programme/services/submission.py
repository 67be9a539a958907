"""Sending an application, and taking it back."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from cohorts.programme.enums import LIVE_STATES, OVER_STATES, ApplicationState
from cohorts.programme.models import Application, Cohort, ManagerSupport, Question
from cohorts.programme.services.applications import NotEligible, standing_barrier
from cohorts.programme.services.moves import move
from cohorts.programme.services.places import lock_cohort, release_place
from cohorts.programme.words import count_words
from lic_site.accounts import audit
from lic_site.accounts.models import Person
from lic_site.common.errors import Refusal
from lic_site.notices.services import send


class ApplicationsClosed(Refusal):
    """Applications have closed, so this cannot be sent. Everything you wrote is kept."""


class NotDeclared(Refusal):
    """Tick the box to say that what you wrote is true."""


class CannotWithdraw(Refusal):
    """This application has already ended, so there is nothing to withdraw."""


class Incomplete(Refusal):
    """Some parts still need you before you can send this."""


@dataclass(frozen=True)
class Gap:
    """A part of the application that keeps it from being sent."""

    part: str
    """``details``, ``question`` or ``support``."""
    question: Question | None = None
    words_over: int = 0


def gaps(application: Application) -> Iterator[Gap]:
    """What is still missing or too long, in the order of the tasks."""
    if not (application.job_title and application.grade_band and application.organisation_id):
        yield Gap("details")
    written = {answer.question_id: answer.text for answer in application.answers.all()}
    for question in application.cohort.questions.all():
        words = count_words(written.get(question.pk, ""))
        if words > question.max_words:
            yield Gap("question", question, words - question.max_words)
        elif not words and question.is_required:
            yield Gap("question", question)
    if not ManagerSupport.objects.filter(application=application).exists():
        yield Gap("support")


@transaction.atomic
def submit_application(
    *, application: Application, declared: bool, by: Person, at: datetime
) -> Application:
    """Send the application. Sending it again changes nothing.

    Raises ApplicationsClosed, Incomplete, NotEligible, NotDeclared.
    """
    application = (
        Application.objects.select_for_update(of=("self",))
        .select_related("cohort", "organisation")
        .get(pk=application.pk)
    )
    if application.state != ApplicationState.DRAFT:
        return application
    if not Cohort.objects.open_at(at).filter(pk=application.cohort_id).exists():
        raise ApplicationsClosed
    if next(gaps(application), None) is not None:
        raise Incomplete
    why = standing_barrier(
        application, grade=application.grade_band, organisation=application.organisation
    )
    if why is not None:
        raise NotEligible(why)
    if not declared:
        raise NotDeclared
    move(
        application,
        ApplicationState.SUBMITTED,
        out_of=[ApplicationState.DRAFT],
        by=by,
        at=at,
        submitted_at=at,
    )
    audit.record("programme.application_submitted", by=by, at=at, thing=application, subject=by)
    send("programme.application_received", to=by, about=application, at=at)
    return application


@transaction.atomic
def withdraw_application(*, application: Application, by: Person, at: datetime) -> Application:
    """Take the application back. What was written is kept; a place it held goes to the next.

    Withdrawing twice withdraws once. Raises CannotWithdraw.
    """
    cohort = lock_cohort(application.cohort_id)
    current = Application.objects.get(pk=application.pk)
    if current.state == ApplicationState.WITHDRAWN:
        return current
    if cohort.state in OVER_STATES or not move(
        current,
        ApplicationState.WITHDRAWN,
        out_of=LIVE_STATES,
        by=by,
        at=at,
        waitlist_position=None,
    ):
        raise CannotWithdraw
    audit.record("programme.application_withdrawn", by=by, at=at, thing=current, subject=by)
    if current.submitted_at is not None:
        send("programme.application_withdrawn", to=by, about=current, at=at)
    release_place(application=current, by=by, at=at)
    return current
