"""A cohort opened to applications, closed, confirmed."""

from collections.abc import Collection
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone

from cohorts.programme.enums import UNDECIDED_STATES, CohortState
from cohorts.programme.models import Application, Cohort, Interest, PositiveActionRecord
from cohorts.programme.readiness import Obstacle, Plan, obstacles
from cohorts.programme.services import errors
from cohorts.programme.services.cohorts.shared import enter, follow_close, offers_waiting
from cohorts.programme.services.places import lock_cohort
from cohorts.programme.services.sessions.facilitators import tell_facilitators
from cohorts.programme.words import how_many
from lic_site.accounts.models import Person
from lic_site.common.errors import Refusal
from lic_site.notices.services import send


class NotReady(Refusal):
    """The cohort is not ready to open. Put right what is listed first."""

    def __init__(self, obstacles: Collection[Obstacle]) -> None:
        super().__init__()
        self.obstacles = tuple(obstacles)


def readiness(cohort: Cohort, at: datetime) -> list[Obstacle]:
    """What stands in the way of opening the cohort now."""
    sessions = cohort.sessions.for_all().values_list("starts_at", flat=True)
    plan = Plan(
        has_summary=bool(cohort.summary.strip()),
        questions=cohort.questions.count(),
        criteria=cohort.criteria.count(),
        has_legal_ground=PositiveActionRecord.objects.filter(
            programme=cohort.programme_id
        ).exists(),
        closes_at=cohort.applications_close_at,
        closes_on=timezone.localdate(cohort.applications_close_at),
        decisions_by=cohort.decisions_by,
        starts_on=cohort.starts_on,
        ends_on=cohort.ends_on,
        session_days=tuple(timezone.localdate(starts_at) for starts_at in sessions),
    )
    return list(obstacles(plan, at))


@transaction.atomic
def open_cohort(*, cohort: Cohort, by: Person, at: datetime) -> Cohort:
    """Open the cohort to applications from its opening time, and tell everybody who asked to
    know. Raises NotReady, NotDraft.
    """
    cohort = lock_cohort(cohort.pk)
    if cohort.state != CohortState.DRAFT:
        raise errors.NotDraft
    if missing := readiness(cohort, at):
        raise NotReady(missing)
    enter(cohort, CohortState.OPEN, by=by, at=at, opened_at=at)
    due_at = max(at, cohort.applications_open_at)
    interested = Interest.objects.live().filter(programme=cohort.programme_id)
    for interest in interested.select_related("person"):
        send(
            "programme.cohort_opened",
            to=interest.person,
            about=cohort,
            at=at,
            due_at=due_at,
            useless_after=cohort.applications_close_at,
        )
    return cohort


@transaction.atomic
def close_applications(*, cohort: Cohort, by: Person, at: datetime) -> Cohort:
    """Close applications before their time. Drafts stay with their writers. Raises NotOpen."""
    cohort = lock_cohort(cohort.pk)
    if cohort.state != CohortState.OPEN:
        raise errors.NotOpen
    moved = max(at, cohort.applications_open_at)
    fields: dict[str, Any] = {"revision": cohort.revision + 1}
    if moved > cohort.applications_open_at:
        fields["applications_close_at"] = min(moved, cohort.applications_close_at)
    enter(cohort, CohortState.SELECTING, by=by, at=at, **fields)
    follow_close(cohort, at=at)
    return cohort


def close_due(at: datetime) -> int:
    """Close every cohort whose deadline has passed; says how many. Idempotent, for the clock."""
    due = Cohort.objects.filter(state=CohortState.OPEN, applications_close_at__lte=at)
    return sum(_close_one(pk, at) for pk in due.order_by("pk").values_list("pk", flat=True))


@transaction.atomic
def _close_one(cohort_id: int, at: datetime) -> int:
    cohort = lock_cohort(cohort_id)
    if cohort.state != CohortState.OPEN or cohort.applications_close_at > at:
        return 0
    enter(cohort, CohortState.SELECTING, by=None, at=at)
    return 1


@transaction.atomic
def confirm_cohort(*, cohort: Cohort, by: Person, at: datetime) -> Cohort:
    """Say who takes part for good. The waiting list stays until the cohort starts.

    Raises NotChoosing, LiveOffers, Undecided.
    """
    cohort = lock_cohort(cohort.pk)
    if cohort.state != CohortState.SELECTING:
        raise errors.NotChoosing
    if waiting := offers_waiting(cohort):
        raise errors.LiveOffers(
            f"{waiting} Wait for the deadline, or take back what is not answered, before you "
            "confirm."
        )
    undecided = Application.objects.filter(cohort=cohort, state__in=UNDECIDED_STATES).count()
    if undecided:
        raise errors.Undecided(
            f"{how_many(undecided, 'application')} still "
            f"{'waits' if undecided == 1 else 'wait'} for a decision. Decide on each first."
        )
    tell_facilitators(cohort=cohort, at=at)
    return enter(cohort, CohortState.CONFIRMED, by=by, at=at)
