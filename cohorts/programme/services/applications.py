"""Writing an application: begun, and answered bit by bit."""

from datetime import datetime

from django.db import IntegrityError, transaction

from cohorts.programme.eligibility import Barrier, barrier
from cohorts.programme.enums import UNREAD_STATES, ApplicationState
from cohorts.programme.models import (
    Answer,
    Application,
    Cohort,
    CohortReader,
    Question,
    ReaderExclusion,
)
from cohorts.programme.references import new_reference
from lic_site.accounts import audit
from lic_site.accounts.models import Organisation, Person
from lic_site.common.errors import Refusal


class NotOpen(Refusal):
    """This cohort is not taking applications now."""


class ReadsHere(Refusal):
    """You read applications to this cohort, so you cannot apply to it. Ask Staff College to take
    you off the panel first, or apply to another cohort.
    """


class AlreadySent(Refusal):
    """You have sent this application, so it can no longer be changed."""


class NotEligible(Refusal):
    """This cohort is not for your post at present."""

    def __init__(self, why: Barrier) -> None:
        super().__init__()
        self.why = why


@transaction.atomic
def start_application(
    *, cohort: Cohort, says_eligible: bool, by: Person, at: datetime
) -> Application:
    """Begin a draft, or find the live application the person already has for this cohort.

    ``says_eligible``: 'I am Global Majority staff in London children's services.' A no is not
    kept. Raises NotEligible, NotOpen, ReadsHere.
    """
    live = Application.objects.live().filter(cohort=cohort, applicant=by)
    if (found := live.first()) is not None:
        return found
    if not Cohort.objects.open_at(at).filter(pk=cohort.pk).exists():
        raise NotOpen
    if CohortReader.objects.filter(cohort=cohort, person=by).exists():
        raise ReadsHere
    if not says_eligible:
        raise NotEligible(Barrier.STATEMENT)
    reference = new_reference()
    try:
        with transaction.atomic():
            application = Application.objects.create(
                cohort=cohort,
                applicant=by,
                reference=reference,
                is_eligible=True,
                started_at=at,
            )
    except IntegrityError:  # begun in another window a moment ago
        return live.get()
    application.events.create(state=ApplicationState.DRAFT, at=at, by=by)
    audit.record("programme.application_started", by=by, at=at, thing=application, subject=by)
    return application


def _draft(application: Application) -> Application:
    """The application, locked, if it is still being written."""
    current = Application.objects.select_for_update().get(pk=application.pk)
    if current.state != ApplicationState.DRAFT:
        raise AlreadySent
    return current


def standing_barrier(
    application: Application, *, grade: str, organisation: Organisation | None
) -> Barrier | None:
    """Why this post cannot apply to the application's cohort, or None."""
    cohort = application.cohort
    return barrier(
        says_eligible=bool(application.is_eligible),
        grade=grade,
        boroughs=list(organisation.boroughs.values_list("pk", flat=True)) if organisation else [],
        eligible_grades=cohort.eligible_grades,
        eligible_boroughs=list(cohort.eligible_boroughs.values_list("pk", flat=True)),
    )


@transaction.atomic
def save_details(
    *,
    application: Application,
    job_title: str,
    grade_band: str,
    organisation: Organisation,
    by: Person,
    at: datetime,
) -> Application:
    """Keep the post from which the person applies. Raises NotEligible, AlreadySent."""
    application = _draft(application)
    why = standing_barrier(application, grade=grade_band, organisation=organisation)
    if why is not None:
        raise NotEligible(why)
    application.job_title = job_title
    application.grade_band = grade_band
    application.organisation = organisation
    fields = ["job_title", "grade_band", "organisation"]
    application.save(update_fields=fields)
    _saved(application, fields, by=by, at=at)
    return application


@transaction.atomic
def save_answer(
    *, application: Application, question: Question, text: str, by: Person, at: datetime
) -> Answer:
    """Keep the words as they are, however long and however late. Raises AlreadySent.

    Sending is where the limits hold: whatever somebody wrote is not lost to them.
    """
    application = _draft(application)
    if question.cohort_id != application.cohort_id:
        raise Question.DoesNotExist
    answer, _ = Answer.objects.update_or_create(
        application=application, question=question, defaults={"text": text, "saved_at": at}
    )
    _saved(answer, ["text"], by=by, at=at)
    return answer


@transaction.atomic
def save_adjustments(*, application: Application, text: str, by: Person, at: datetime) -> None:
    """Keep what the applicant needs in order to apply or be considered. Raises AlreadySent."""
    application = _draft(application)
    application.adjustments = text
    application.save(update_fields=["adjustments"])
    _saved(application, ["adjustments"], by=by, at=at)


class ReadingBegun(Refusal):
    """Reading has begun, so this list can no longer change here. Write to Staff College."""


@transaction.atomic
def exclude_reader(
    *, application: Application, name: str, email: str, by: Person, at: datetime
) -> ReaderExclusion:
    """Name somebody who must not read this application. No reason is asked; the same address
    twice, whatever its case, is one. Raises ReadingBegun.
    """
    application = _excludable(application)
    email = email.strip().lower()
    if email and (known := application.exclusions.filter(email=email).first()):
        return known
    exclusion = application.exclusions.create(name=name, email=email)
    audit.record("programme.reader_excluded", by=by, at=at, thing=application, subject=by)
    return exclusion


@transaction.atomic
def allow_reader(*, exclusion: ReaderExclusion, by: Person, at: datetime) -> None:
    """Take a name off the list of those who must not read. Raises ReadingBegun."""
    application = _excludable(exclusion.application)
    application.exclusions.filter(pk=exclusion.pk).delete()
    audit.record("programme.reader_allowed", by=by, at=at, thing=application, subject=by)


def _excludable(application: Application) -> Application:
    current = Application.objects.select_for_update().get(pk=application.pk)
    if current.state not in UNREAD_STATES:
        raise ReadingBegun
    return current


def _saved(thing: Application | Answer, fields: list[str], *, by: Person, at: datetime) -> None:
    audit.record("programme.draft_saved", by=by, at=at, thing=thing, subject=by, fields=fields)
