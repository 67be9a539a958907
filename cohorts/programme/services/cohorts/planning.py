"""A cohort planned, changed, copied, given up; and its dates moved on the way."""

from collections.abc import Collection, Mapping
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db import transaction

from cohorts.programme.enums import UNDECIDED_STATES, ApplicationState, CohortState
from cohorts.programme.models import Application, Cohort, Programme, Review
from cohorts.programme.services import errors
from cohorts.programme.services.cohorts.shared import follow_close
from cohorts.programme.services.needs import follow_needs
from cohorts.programme.services.places import free_places, lock_cohort, promote
from cohorts.programme.services.slugs import free_slug
from lic_site.accounts import audit
from lic_site.accounts.models import Borough, Person
from lic_site.common import page_cache
from lic_site.common.errors import Refusal

DEADLINES = ("applications_open_at", "applications_close_at", "decisions_by")


class Archived(Refusal):
    """This cohort is archived: it can be read, and no longer changed."""


@transaction.atomic
def create_cohort(
    *,
    programme: Programme,
    by: Person,
    at: datetime,
    boroughs: Collection[Borough] = (),
    made_with: UUID | None = None,
    **plan: Any,
) -> Cohort:
    """Plan a cohort. ``plan`` holds its own fields; nobody but staff sees it until it opens.

    ``made_with`` marks one filled-in form: a second time it leads to the cohort of the first.
    """
    Programme.objects.select_for_update().get(pk=programme.pk)  # one at a time
    if known := _made_with(made_with):
        return known
    cohort = Cohort.objects.create(
        programme=programme,
        slug=free_slug(plan["name"]),
        created_at=at,
        made_with=made_with,
        **plan,
    )
    cohort.eligible_boroughs.set(boroughs)
    audit.record("programme.cohort_created", by=by, at=at, thing=cohort)
    return cohort


def _made_with(mark: UUID | None) -> Cohort | None:
    return Cohort.objects.filter(made_with=mark).first() if mark else None


@transaction.atomic
def change_cohort(
    *,
    cohort: Cohort,
    by: Person,
    at: datetime,
    boroughs: Collection[Borough] | None = None,
    **plan: Any,
) -> Cohort:
    """Change a cohort's plan; more places are offered to the waiting list at once, as long as the
    cohort has not started.

    Raises Archived, TooFewPlaces, EligibilityNarrowed, NamesSettled, and what ``move_deadlines``
    raises.
    """
    cohort = lock_cohort(cohort.pk)
    if cohort.state == CohortState.ARCHIVED:
        raise Archived
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
    if any(name in changed for name in DEADLINES):
        follow_close(cohort, at=at)
    follow_needs(cohort=cohort, at=at)
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
def copy_cohort(
    *, cohort: Cohort, by: Person, at: datetime, made_with: UUID | None = None, **plan: Any
) -> Cohort:
    """A new draft with the same questions, criteria, eligibility and promises. ``plan`` gives its
    name and its dates; ``made_with`` is as for ``create_cohort``.
    """
    cohort = lock_cohort(cohort.pk)
    if known := _made_with(made_with):
        return known
    kept = (
        *("summary", "places", "offer_days", "eligible_grades", "names_hidden", "commitment"),
        *("attendance_wanted", "support_after"),
    )
    new = create_cohort(
        programme=cohort.programme,
        by=by,
        at=at,
        boroughs=list(cohort.eligible_boroughs.all()),
        made_with=made_with,
        **{name: getattr(cohort, name) for name in kept},
        **plan,
    )
    for things in (cohort.questions.all(), cohort.criteria.all()):
        for thing in things:
            thing.pk = None
            thing.cohort = new
            thing.save(force_insert=True)
    return new


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
