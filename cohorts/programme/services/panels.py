"""Who reads in a cohort, and who reads what."""

from collections.abc import Collection
from datetime import date, datetime

from django.db import transaction

from cohorts.programme.assigning import Assignment, Bar, assign, bar
from cohorts.programme.enums import UNDECIDED_STATES, ApplicationState, ReviewState
from cohorts.programme.models import Application, Cohort, CohortReader, Review
from cohorts.programme.policies.staff import READING_STATES
from cohorts.programme.selection import READINGS_WANTED
from cohorts.programme.services import conflicts, errors
from cohorts.programme.services.moves import move
from cohorts.programme.services.places import lock_cohort
from lic_site.accounts import audit
from lic_site.accounts.models import Person
from lic_site.notices.services import send


@transaction.atomic
def add_reader(*, cohort: Cohort, person: Person, by: Person, at: datetime) -> CohortReader:
    """Put somebody on the panel. Raises ReaderApplied, ReaderWithoutAccount, AlreadyReader."""
    cohort = lock_cohort(cohort.pk)
    if person.user_id is None:
        raise errors.ReaderWithoutAccount
    if person.pk in conflicts.applicants_of(cohort):
        raise errors.ReaderApplied
    panel, is_new = CohortReader.objects.get_or_create(
        cohort=cohort, person=person, defaults={"added_at": at}
    )
    if not is_new:
        raise errors.AlreadyReader
    audit.record("programme.reader_added", by=by, at=at, thing=cohort, subject=person)
    return panel


@transaction.atomic
def remove_reader(*, panel: CohortReader, by: Person, at: datetime) -> int:
    """Take somebody off the panel. What they scored stays; what they had still to read goes back
    to be given out again: says how many.
    """
    lock_cohort(panel.cohort_id)
    unread = Review.objects.select_for_update().filter(
        reader=panel.person_id,
        application__cohort=panel.cohort_id,
        state=ReviewState.ASSIGNED,
    )
    held = [review.pk for review in unread]  # locked: one sent in this moment is left out
    Review.objects.filter(pk__in=held).delete()
    Review.objects.filter(
        reader=panel.person_id,
        application__cohort=panel.cohort_id,
        state=ReviewState.CLOSED,
    ).delete()
    audit.record("programme.reader_removed", by=by, at=at, thing=panel.cohort, subject=panel.person)
    panel.delete()
    return len(held)


@transaction.atomic
def assign_readers(*, cohort: Cohort, due_on: date, by: Person, at: datetime) -> Assignment:
    """Give every application its two readers, loads even, and write to each reader once.

    Running it again fills only what is missing. Raises ReadingClosed.
    """
    cohort = lock_cohort(cohort.pk)
    if cohort.state not in READING_STATES:
        raise errors.ReadingClosed
    applications = (
        Application.objects.filter(cohort=cohort, state__in=UNDECIDED_STATES)
        .select_related("applicant", "support")
        .prefetch_related("exclusions")
        .order_by("submitted_at", "pk")
    )
    by_key = {application.pk: application for application in applications}
    assignment = assign(
        conflicts.to_read(by_key.values()),
        conflicts.panel_of(cohort),
        conflicts.applicants_of(cohort),
    )
    for key, reader in assignment.pairs:
        _give(by_key[key], reader, due_on=due_on, by=by, at=at)
    _tell(cohort, {reader for _, reader in assignment.pairs}, at=at)
    audit.record("programme.readers_assigned", by=by, at=at, thing=cohort)
    return assignment


@transaction.atomic
def set_readers(
    *, application: Application, readers: Collection[Person], due_on: date, by: Person, at: datetime
) -> None:
    """Say by hand who reads an application; a name that may be one the applicant excluded is
    allowed here, since somebody has looked. A finished reading stays.

    Raises OwnApplication, TooManyReaders, ReaderBarred, ReviewFinished, ReadingClosed.
    """
    cohort = lock_cohort(application.cohort_id)
    if application.applicant_id == by.pk:
        raise errors.OwnApplication
    application = Application.objects.select_related("applicant", "support").get(pk=application.pk)
    if cohort.state not in READING_STATES or application.state not in UNDECIDED_STATES:
        raise errors.ReadingClosed
    wanted = {person.pk: person for person in readers}
    if len(wanted) > READINGS_WANTED:
        raise errors.TooManyReaders
    held = {
        review.reader_id: review
        for review in application.reviews.select_for_update().exclude(state=ReviewState.RECUSED)
    }
    for key in held.keys() - wanted.keys():
        if held[key].state == ReviewState.SUBMITTED:
            raise errors.ReviewFinished
        held[key].delete()
    new = [person for key, person in wanted.items() if key not in held]
    _check_by_hand(cohort, application, new)
    for person in new:
        CohortReader.objects.get_or_create(cohort=cohort, person=person, defaults={"added_at": at})
        _give(application, person.pk, due_on=due_on, by=by, at=at)
    _tell(cohort, {person.pk for person in new}, at=at)
    audit.record(
        "programme.readers_changed",
        by=by,
        at=at,
        thing=application,
        subject=application.applicant,
    )


def _check_by_hand(cohort: Cohort, application: Application, people: list[Person]) -> None:
    (facts,) = conflicts.to_read([application])
    applicants = conflicts.applicants_of(cohort)
    for reader in conflicts.panel_of(cohort, people):
        why = bar(facts, reader, applicants)
        if why is not None and why != Bar.MAYBE_EXCLUDED:
            raise errors.ReaderBarred(_BARRED[why].format(name=reader.name))


_BARRED = {
    Bar.APPLICANT: "{name} applied to this cohort, so they cannot read in it.",
    Bar.COLLEAGUE: "{name} works for the applicant’s employer. Choose somebody from elsewhere.",
    Bar.LINE_MANAGER: "{name} is in the applicant’s line of management. Choose somebody else.",
    Bar.EXCLUDED: "The applicant asked that {name} does not read this. Choose somebody else.",
    Bar.STEPPED_ASIDE: "{name} stepped aside from this application. Choose somebody else.",
}


def _give(application: Application, reader: int, *, due_on: date, by: Person, at: datetime) -> None:
    Review.objects.create(application=application, reader_id=reader, assigned_at=at, due_on=due_on)
    move(
        application,
        ApplicationState.UNDER_REVIEW,
        out_of=[ApplicationState.SUBMITTED],
        by=by,
        at=at,
    )


def _tell(cohort: Cohort, readers: Collection[int], *, at: datetime) -> None:
    panels = CohortReader.objects.filter(cohort=cohort, person__in=readers)
    for panel in panels.select_related("person"):
        send(
            "programme.reader_assigned",
            to=panel.person,
            about=panel,
            at=at,
            key=at.isoformat(timespec="seconds"),
        )


@transaction.atomic
def chase_reader(*, panel: CohortReader, by: Person, at: datetime) -> None:
    """Remind a reader of what waits for them: once a day at most."""
    audit.record("programme.reader_chased", by=by, at=at, thing=panel.cohort, subject=panel.person)
    send(
        "programme.reader_chased",
        to=panel.person,
        about=panel,
        at=at,
        key=f"by-hand:{at:%Y-%m-%d}",
    )
