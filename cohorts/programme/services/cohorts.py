"""A cohort's life: planned, copied, opened, closed, confirmed; and its dates moved on the way."""

from collections.abc import Collection, Mapping
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.text import slugify

from cohorts.programme.enums import UNDECIDED_STATES, ApplicationState, CohortState, OfferState
from cohorts.programme.models import (
    Application,
    Cohort,
    Interest,
    Offer,
    PositiveActionRecord,
    Programme,
    Review,
)
from cohorts.programme.readiness import Obstacle, Plan, obstacles
from cohorts.programme.services import errors
from cohorts.programme.services.places import free_places, lock_cohort, promote
from cohorts.programme.services.sessions.facilitators import tell_facilitators
from lic_site.accounts import audit
from lic_site.accounts.models import Borough, Person
from lic_site.common import page_cache
from lic_site.common.errors import Refusal
from lic_site.notices.services import send

DEADLINES = ("applications_open_at", "applications_close_at", "decisions_by")


class NotReady(Refusal):
    """The cohort is not ready to open. Put right what is listed first."""

    def __init__(self, obstacles: Collection[Obstacle]) -> None:
        super().__init__()
        self.obstacles = tuple(obstacles)


@transaction.atomic
def create_cohort(
    *,
    programme: Programme,
    by: Person,
    at: datetime,
    boroughs: Collection[Borough] = (),
    **plan: Any,
) -> Cohort:
    """Plan a cohort. ``plan`` holds its own fields; nobody but staff sees it until it opens."""
    cohort = Cohort.objects.create(
        programme=programme, slug=_free_slug(plan["name"]), created_at=at, **plan
    )
    cohort.eligible_boroughs.set(boroughs)
    audit.record("programme.cohort_created", by=by, at=at, thing=cohort)
    return cohort


@transaction.atomic
def change_cohort(
    *,
    cohort: Cohort,
    by: Person,
    at: datetime,
    boroughs: Collection[Borough] | None = None,
    **plan: Any,
) -> Cohort:
    """Change a cohort's plan; more places are offered to the waiting list at once.

    Raises TooFewPlaces, EligibilityNarrowed, NamesSettled, and what ``move_deadlines`` raises.
    """
    cohort = lock_cohort(cohort.pk)
    before = {name: getattr(cohort, name) for name in plan}
    changed = {name: value for name, value in plan.items() if value != before[name]}
    _check_change(cohort, changed, boroughs)
    if any(name in changed for name in DEADLINES):
        changed |= _moved_deadlines(cohort, changed, at)
    for name, value in changed.items():
        setattr(cohort, name, value)
    cohort.save(update_fields=list(changed))
    if boroughs is not None:
        cohort.eligible_boroughs.set(boroughs)
    audit.record("programme.cohort_changed", by=by, at=at, thing=cohort, fields=changed)
    if "places" in changed:
        promote(cohort_id=cohort.pk, at=at)
    page_cache.bump()
    return cohort


def move_deadlines(
    *,
    cohort: Cohort,
    applications_open_at: datetime,
    applications_close_at: datetime,
    decisions_by: date,
    by: Person,
    at: datetime,
) -> Cohort:
    """Move the dates; reminders not yet sent follow. A later close opens applications again, as
    long as nothing is decided. Raises DateInPast, DecisionsMade.
    """
    return change_cohort(
        cohort=cohort,
        by=by,
        at=at,
        applications_open_at=applications_open_at,
        applications_close_at=applications_close_at,
        decisions_by=decisions_by,
    )


def _moved_deadlines(cohort: Cohort, changed: Mapping[str, Any], at: datetime) -> dict[str, Any]:
    """What else changes when a deadline does."""
    moved: dict[str, Any] = {"revision": cohort.revision + 1}
    closes_at = changed.get("applications_close_at")
    if closes_at is None or cohort.state == CohortState.DRAFT:
        return moved
    if closes_at <= at:
        raise errors.DateInPast
    if cohort.state != CohortState.OPEN:
        if cohort.state != CohortState.SELECTING or _sent(cohort).exclude(
            state__in=[*UNDECIDED_STATES, ApplicationState.WITHDRAWN]
        ):
            raise errors.DecisionsMade
        moved["state"] = CohortState.OPEN
    return moved


def _sent(cohort: Cohort) -> Any:
    return Application.objects.filter(cohort=cohort, submitted_at__isnull=False)


def _check_change(
    cohort: Cohort, changed: Mapping[str, Any], boroughs: Collection[Borough] | None
) -> None:
    if "places" in changed:
        used = cohort.places - free_places(cohort)
        if changed["places"] < used:
            raise errors.TooFewPlaces(
                f"{used} places are taken or on offer. Give at least {used}, or take back an "
                "offer first."
            )
    if "names_hidden" in changed and Review.objects.filter(application__cohort=cohort).exists():
        raise errors.NamesSettled
    if not Application.objects.filter(cohort=cohort).exists():
        return
    lost_grades = set(cohort.eligible_grades) - set(
        changed.get("eligible_grades", cohort.eligible_grades)
    )
    if lost_grades or (boroughs is not None and _narrows(cohort, boroughs)):
        raise errors.EligibilityNarrowed


def _narrows(cohort: Cohort, boroughs: Collection[Borough]) -> bool:
    """None chosen means all of them."""
    before = set(cohort.eligible_boroughs.values_list("pk", flat=True))
    after = {borough.pk for borough in boroughs}
    return bool(after) and (not before or not before <= after)


@transaction.atomic
def copy_cohort(*, cohort: Cohort, by: Person, at: datetime, **plan: Any) -> Cohort:
    """A new draft with the same questions, criteria, eligibility and promises. ``plan`` gives its
    name and its dates.
    """
    kept = ("summary", "places", "offer_days", "eligible_grades", "names_hidden", "commitment")
    new = create_cohort(
        programme=cohort.programme,
        by=by,
        at=at,
        boroughs=list(cohort.eligible_boroughs.all()),
        **{name: getattr(cohort, name) for name in kept},
        **plan,
    )
    for things in (cohort.questions.all(), cohort.criteria.all()):
        for thing in things:
            thing.pk = None
            thing.cohort = new
            thing.save(force_insert=True)
    return new


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
    _enter(cohort, CohortState.OPEN, by=by, at=at, opened_at=at)
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
    return _enter(cohort, CohortState.SELECTING, by=by, at=at, **fields)


def close_due(at: datetime) -> int:
    """Close every cohort whose deadline has passed; says how many. Idempotent, for the clock."""
    due = Cohort.objects.filter(state=CohortState.OPEN, applications_close_at__lte=at)
    return sum(_close_one(pk, at) for pk in due.order_by("pk").values_list("pk", flat=True))


@transaction.atomic
def _close_one(cohort_id: int, at: datetime) -> int:
    cohort = lock_cohort(cohort_id)
    if cohort.state != CohortState.OPEN or cohort.applications_close_at > at:
        return 0
    _enter(cohort, CohortState.SELECTING, by=None, at=at)
    return 1


@transaction.atomic
def confirm_cohort(*, cohort: Cohort, by: Person, at: datetime) -> Cohort:
    """Say who takes part for good. The waiting list stays until the cohort starts.

    Raises NotChoosing, LiveOffers, Undecided.
    """
    cohort = lock_cohort(cohort.pk)
    if cohort.state != CohortState.SELECTING:
        raise errors.NotChoosing
    offers = Offer.objects.filter(application__cohort=cohort, state=OfferState.OPEN).count()
    if offers:
        raise errors.LiveOffers(
            f"{_count(offers, 'offer')} still {'waits' if offers == 1 else 'wait'} for an answer. "
            "Wait for the deadline, or take back what is not answered, before you confirm."
        )
    undecided = Application.objects.filter(cohort=cohort, state__in=UNDECIDED_STATES).count()
    if undecided:
        raise errors.Undecided(
            f"{_count(undecided, 'application')} still "
            f"{'waits' if undecided == 1 else 'wait'} for a decision. Decide on each first."
        )
    tell_facilitators(cohort=cohort, at=at)
    return _enter(cohort, CohortState.CONFIRMED, by=by, at=at)


@transaction.atomic
def delete_cohort(*, cohort: Cohort, by: Person, at: datetime) -> None:
    """Delete a cohort that never opened. Raises NotDraft, CohortHasApplications."""
    cohort = lock_cohort(cohort.pk)
    if cohort.state != CohortState.DRAFT:
        raise errors.NotDraft
    if Application.objects.filter(cohort=cohort).exists():
        raise errors.CohortHasApplications
    audit.record("programme.cohort_deleted", by=by, at=at, thing=cohort)
    cohort.delete()


def _enter(
    cohort: Cohort, state: CohortState, *, by: Person | None, at: datetime, **fields: Any
) -> Cohort:
    """Bring a locked cohort into its next state; the public pages follow."""
    for name, value in {"state": state, **fields}.items():
        setattr(cohort, name, value)
    cohort.save(update_fields=["state", *fields])
    audit.record(f"programme.cohort_{state.value}", by=by, at=at, thing=cohort, fields=["state"])
    page_cache.bump()
    return cohort


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"


def _free_slug(name: str) -> str:
    """A slug from the name that no cohort has yet."""
    base = slugify(name)[:40] or "cohort"
    taken = set(Cohort.objects.filter(slug__startswith=base).values_list("slug", flat=True))
    return next(
        slug
        for slug in (base, *(f"{base}-{number}" for number in range(2, len(taken) + 3)))
        if slug not in taken
    )
