"""What the public pages say of the programme as it stands now: cohorts, strands, the case for
positive action. Facts about cohorts only, never about a person.
"""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Prefetch
from django.urls import reverse

from cohorts.programme.enums import CohortState
from cohorts.programme.models import Cohort, PositiveActionRecord, Programme, Session, Strand
from lic_site.accounts.enums import GradeBand


@dataclass(frozen=True)
class Opening:
    """A cohort that takes applications now, or will."""

    cohort: Cohort
    is_open: bool
    sessions: list[Session]
    boroughs: list[str]
    grades: list[str]

    @property
    def href(self) -> str:
        return reverse("programme:start", args=[self.cohort.slug])

    @property
    def interest_href(self) -> str:
        return reverse("programme:interest", args=[self.cohort.programme.slug])


def interest_address() -> str:
    """Where a visitor asks to be told when applications open; empty before there is a programme."""
    programme = Programme.objects.order_by("pk").first()
    return reverse("programme:interest", args=[programme.slug]) if programme else ""


def openings(at: datetime) -> list[Opening]:
    """Cohorts open now, soonest deadline first, then those announced for later."""
    announced = (
        Cohort.objects.filter(state=CohortState.OPEN, applications_close_at__gt=at)
        .select_related("programme")
        .prefetch_related(Prefetch("sessions", Session.objects.for_all()), "eligible_boroughs")
        .order_by("applications_open_at", "applications_close_at", "pk")
    )
    found = [
        Opening(
            cohort=cohort,
            is_open=cohort.applications_open_at <= at,
            sessions=list(cohort.sessions.all()),
            boroughs=[borough.name for borough in cohort.eligible_boroughs.all()],
            grades=_grades(cohort.eligible_grades),
        )
        for cohort in announced
    ]
    return sorted(found, key=lambda opening: not opening.is_open)


def _grades(chosen: list[str]) -> list[str]:
    """Labels of the grades, junior to senior; none when every grade may apply."""
    if set(chosen) >= set(GradeBand.values):
        return []
    return [str(grade.label) for grade in GradeBand if grade.value in chosen]


def strands() -> list[Strand]:
    return list(Strand.objects.order_by("pk"))


def positive_action() -> PositiveActionRecord | None:
    return PositiveActionRecord.objects.select_related("programme").order_by("pk").first()
