"""A site that grows: so many people, all applying to one cohort, sixty of them in another that
runs, the rest in cohorts that are over, ten messages to each.
"""

from collections.abc import Sequence
from datetime import datetime, time, timedelta
from itertools import batched

from django.utils import timezone

from cohorts.programme.enums import (
    ApplicationState,
    CohortState,
    EnrolmentState,
    Mark,
    ReviewState,
)
from cohorts.programme.forms.cohorts import london
from cohorts.programme.models import (
    Application,
    Attendance,
    Cohort,
    Criterion,
    Enrolment,
    Programme,
    Review,
    Score,
    Session,
)
from lic_site.accounts.enums import GradeBand, Role
from lic_site.accounts.models import Organisation, Person, RoleGrant, User
from lic_site.notices.enums import Reason, State
from lic_site.notices.models import Notice
from lic_site.notices.protocol import kinds, private_kinds

OFFICE = "office@bench.example"
CHOOSING, RUNNING = "crowd-choosing", "crowd-running"
PLACES = 60
MESSAGES = 10
DATES = 8
BATCH = 2_000


def grow(size: int, *, at: datetime) -> None:
    """Add people, and what belongs to each, until there are so many."""
    if not Cohort.objects.filter(slug=CHOOSING).exists():
        _begin(at)
    known = Application.objects.filter(cohort__slug=CHOOSING).count()
    people = _people(known, size, at)
    _applications(people, known, at)
    running = Cohort.objects.get(slug=RUNNING)
    first = people[: max(0, PLACES - running.enrolments.count())]
    _participants(running, first, at)
    for number, some in enumerate(batched(people[len(first) :], PLACES, strict=False)):
        _over(some, f"{known}-{number}", at)
    messages(len(people) * MESSAGES, to=people, at=at)


def messages(count: int, *, to: Sequence[Person], at: datetime) -> None:
    """So many, of every kind that staff see, sent over two years, in turn to each. One in five
    hundred failed, as many are held, and as many are to come within a month.
    """
    names = sorted(set(kinds()) - set(private_kinds()))
    for some in batched(range(count), BATCH, strict=False):
        Notice.objects.bulk_create(
            _message(number, names[number % len(names)], to[number % len(to)], at)
            for number in some
        )


def _message(number: int, kind: str, person: Person, at: datetime) -> Notice:
    state = {0: State.FAILED, 1: State.PARKED, 2: State.PENDING}.get(number % 500, State.SENT)
    due_at = at - timedelta(minutes=1 + (number * 7919) % (730 * 24 * 60))
    if state == State.PENDING:
        due_at = at + timedelta(minutes=60 + (number * 7919) % (30 * 24 * 60))
    return Notice(
        key=f"crowd:{person.pk}:{number}",
        kind=kind,
        recipient=person,
        anchor_id=person.pk,
        state=state,
        reason={State.FAILED: Reason.REFUSED, State.PARKED: Reason.HELD}.get(state, ""),
        due_at=due_at,
        not_before=due_at,
        created_at=min(due_at, at),
        finished_at=None if state in {State.PARKED, State.PENDING} else due_at,
    )


def _begin(at: datetime) -> None:
    """Staff, two readers, the cohort that is chosen for and the one that runs."""
    user = User.objects.create_user(OFFICE)
    office = Person.objects.create(
        given_name="Staff", family_name="College", user=user, created_at=at
    )
    today = timezone.localdate(at)
    RoleGrant.objects.create(
        person=office,
        role=Role.COLLEGE_ADMIN,
        starts_on=today,
        ends_on=today + timedelta(days=9),
        granted_at=at,
    )
    choosing = _cohort(CHOOSING, CohortState.SELECTING, starts=60, at=at)
    for position, weight in enumerate((3, 2)):
        Criterion.objects.create(
            cohort=choosing, position=position, name=f"Criterion {position}", weight=weight
        )
    _cohort(RUNNING, CohortState.RUNNING, starts=-100, at=at)


def _cohort(slug: str, state: CohortState, *, starts: int, at: datetime) -> Cohort:
    starts_on = timezone.localdate(at) + timedelta(days=starts)
    closes_at = london(starts_on - timedelta(days=90), time(23, 59))
    cohort = Cohort.objects.create(
        programme=Programme.objects.earliest("pk"),
        name=f"Cohort of the crowd {slug}",
        slug=slug,
        summary="-",
        state=state,
        places=PLACES,
        starts_on=starts_on,
        ends_on=starts_on + timedelta(days=270),
        applications_open_at=closes_at - timedelta(days=30),
        applications_close_at=closes_at,
        decisions_by=starts_on - timedelta(days=30),
        created_at=closes_at - timedelta(days=60),
    )
    names = ("The first day", *(f"Day {number}" for number in range(2, DATES + 1)))
    Session.objects.bulk_create(
        Session(
            cohort=cohort,
            title=title,
            starts_at=london(starts_on + timedelta(days=30 * number), time(9)),
            ends_at=london(starts_on + timedelta(days=30 * number), time(16)),
        )
        for number, title in enumerate(names)
    )
    return cohort


def _people(first: int, end: int, at: datetime) -> list[Person]:
    councils = list(Organisation.objects.filter(kind="council").order_by("pk"))
    grades = list(GradeBand)
    return Person.objects.bulk_create(
        [
            Person(
                given_name=f"Given{number}",
                family_name=f"Family{number % 997}",
                grade_band=grades[number % len(grades)],
                organisation=councils[number % len(councils)],
                created_at=at,
            )
            for number in range(first, end)
        ],
        batch_size=BATCH,
    )


def _applications(people: Sequence[Person], first: int, at: datetime) -> None:
    """Each to the cohort that is chosen for, read by two."""
    cohort = Cohort.objects.get(slug=CHOOSING)
    criteria = list(cohort.criteria.all())
    made = Application.objects.bulk_create(
        [
            Application(
                cohort=cohort,
                applicant=person,
                reference=f"C{first + number:05}",
                state=ApplicationState.UNDER_REVIEW,
                is_eligible=True,
                grade_band=person.grade_band,
                organisation_id=person.organisation_id,
                started_at=at - timedelta(days=99),
                submitted_at=at - timedelta(days=95),
            )
            for number, person in enumerate(people)
        ],
        batch_size=BATCH,
    )
    readers = _readers(at)
    reviews = Review.objects.bulk_create(
        [
            Review(
                application=application,
                reader=reader,
                state=ReviewState.SUBMITTED,
                assigned_at=at,
                due_on=at.date(),
                finished_at=at,
            )
            for application in made
            for reader in readers
        ],
        batch_size=BATCH,
    )
    Score.objects.bulk_create(
        [
            Score(review=review, criterion=criterion, points=(review.pk + place) % 6)
            for review in reviews
            for place, criterion in enumerate(criteria)
        ],
        batch_size=BATCH,
    )


def _readers(at: datetime) -> list[Person]:
    return [
        Person.objects.get_or_create(
            given_name="Reader", family_name=name, defaults={"created_at": at}
        )[0]
        for name in ("One", "Two")
    ]


def _participants(cohort: Cohort, people: Sequence[Person], at: datetime) -> None:
    enrolments = Enrolment.objects.bulk_create(
        Enrolment(cohort=cohort, person=person, enrolled_at=at - timedelta(days=120))
        for person in people
    )
    past = cohort.sessions.filter(ends_at__lt=at)
    past.update(register_taken_at=at)
    held = list(past)
    Attendance.objects.bulk_create(
        Attendance(
            session=session,
            enrolment=enrolment,
            mark=Mark.ABSENT if number % 5 == 0 else Mark.PRESENT,
            marked_at=session.ends_at,
        )
        for session in held
        for number, enrolment in enumerate(enrolments)
    )


def _over(people: Sequence[Person], name: str, at: datetime) -> None:
    """A cohort that is over, completed by all of them."""
    cohort = _cohort(f"crowd-{name}", CohortState.ARCHIVED, starts=-900, at=at)
    Enrolment.objects.bulk_create(
        Enrolment(
            cohort=cohort,
            person=person,
            state=EnrolmentState.COMPLETED,
            enrolled_at=at - timedelta(days=950),
            ended_at=at - timedelta(days=600),
        )
        for person in people
    )
