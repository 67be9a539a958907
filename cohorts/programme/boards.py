"""What the boards show, drawn together in few queries: one cohort's ranking, every cohort's
funnel.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction

from django.db.models import Count, Q

from cohorts.programme import policies
from cohorts.programme.enums import (
    DECIDABLE_STATES,
    UNDECIDED_STATES,
    ApplicationState,
    ReviewState,
)
from cohorts.programme.models import Application, Cohort, Review
from cohorts.programme.selection import (
    READINGS_WANTED,
    Funnel,
    Standing,
    funnel,
    rank,
    weighted_percent,
)
from lic_site.accounts.enums import GradeBand
from lic_site.accounts.models import Organisation, Person

NO_EMPLOYER = "Employer not given"
NO_SUB_REGION = "No sub-region"
NAMED_STATES = frozenset(
    {
        ApplicationState.OFFERED,
        ApplicationState.ACCEPTED,
        ApplicationState.DECLINED,
        ApplicationState.LAPSED,
    }
)
"""Once a place was offered, whoever runs the cohort needs the name, hidden or not."""


@dataclass(frozen=True)
class Row:
    """One application on the board."""

    application: Application
    standing: Standing[int]
    borough: str
    sub_region: str
    grade: str
    readers: int
    """How many have it, those who stepped aside or need not read left out."""
    name: str
    """Empty while names are hidden."""
    is_own: bool
    """It is the looking admin's own application: no scores, no decision."""
    is_unread: bool
    """The looking admin is still to read it, so they see nobody's scores."""

    @property
    def can_decide(self) -> bool:
        return self.application.state in DECIDABLE_STATES and not self.is_own


def ranking(cohort: Cohort, person: Person) -> list[Row]:
    """The cohort's sent applications, best first, as this person may see them."""
    applications = {
        application.pk: application
        for application in policies.visible(person, Application.objects.filter(cohort=cohort))
        .filter(submitted_at__isnull=False)
        .select_related("applicant", "organisation")
        .prefetch_related("organisation__boroughs__sub_region")
        .order_by("submitted_at", "pk")
    }
    weights = dict(cohort.criteria.values_list("pk", "weight"))
    reviews = Review.objects.filter(
        application__in=applications, state__in=[ReviewState.ASSIGNED, ReviewState.SUBMITTED]
    )
    held: defaultdict[int, int] = defaultdict(int)
    mine = set()
    for key, reader, state in reviews.values_list("application_id", "reader_id", "state"):
        held[key] += 1
        if reader == person.pk and state == ReviewState.ASSIGNED:
            mine.add(key)
    readings: dict[int, list[Fraction]] = {key: [] for key in applications}
    seen = policies.visible(person, reviews.filter(state=ReviewState.SUBMITTED))
    for review in seen.order_by("pk").prefetch_related("scores"):
        points = {score.criterion_id: score.points or 0 for score in review.scores.all()}
        readings[review.application_id].append(weighted_percent(points, weights))
    rows = []
    for standing in rank(readings):
        application = applications[standing.key]
        borough, sub_region = places_of(application.organisation)
        shows_name = not cohort.names_hidden or application.state in NAMED_STATES
        rows.append(
            Row(
                application=application,
                standing=standing,
                borough=borough,
                sub_region=sub_region,
                grade=application.get_grade_band_display(),
                readers=held[application.pk],
                name=application.applicant.name if shows_name else "",
                is_own=application.applicant_id == person.pk,
                is_unread=application.pk in mine,
            )
        )
    return rows


def places_of(organisation: Organisation | None) -> tuple[str, str]:
    """The boroughs an employer serves and their sub-regions, one label each. A joint service is a
    group of its own, so that nobody is counted twice. Wants the boroughs fetched.
    """
    if organisation is None:
        return NO_EMPLOYER, NO_SUB_REGION
    boroughs = list(organisation.boroughs.all())
    regions = {str(borough.sub_region) for borough in boroughs if borough.sub_region}
    return _joined(map(str, boroughs)) or organisation.name, _joined(regions) or NO_SUB_REGION


def _joined(words: Iterable[str]) -> str:
    return " and ".join(sorted(words))


GRADE_ORDER = tuple(str(label) for label in GradeBand.labels)


def funnels(cohorts: Iterable[Cohort]) -> dict[int, Funnel]:
    """Each cohort's funnel, in one query."""
    keys = [cohort.pk for cohort in cohorts]
    counted = (
        Application.objects.filter(cohort__in=keys)
        .order_by()
        .values_list("cohort_id", "state")
        .annotate(number=Count("pk"), sent=Count("submitted_at"))
    )
    rows: defaultdict[int, list[tuple[str, bool, int]]] = defaultdict(list)
    for key, state, number, sent in counted:
        rows[key] += [(state, True, sent), (state, False, number - sent)]
    return {key: funnel(rows[key]) for key in keys}


@dataclass(frozen=True)
class Reading:
    """How far the reading of a cohort has got."""

    applications: int
    unassigned: int
    """Applications with fewer than two readers."""
    wanted: int
    finished: int
    overdue: int


def reading_of(cohort: Cohort, today: object) -> Reading:
    """Counts over the applications that are to be read."""
    held = Q(reviews__state__in=[ReviewState.ASSIGNED, ReviewState.SUBMITTED])
    per_application = (
        Application.objects.filter(
            cohort=cohort,
            submitted_at__isnull=False,
        )
        .exclude(state=ApplicationState.WITHDRAWN)
        .annotate(
            held=Count("reviews", filter=held),
            done=Count("reviews", filter=Q(reviews__state=ReviewState.SUBMITTED)),
            late=Count(
                "reviews",
                filter=Q(reviews__state=ReviewState.ASSIGNED, reviews__due_on__lt=today),
            ),
        )
        .values_list("state", "held", "done", "late")
    )
    rows = list(per_application)
    to_read = [row for row in rows if row[0] in UNDECIDED_STATES]
    return Reading(
        applications=len(rows),
        unassigned=sum(held < READINGS_WANTED for _, held, _, _ in to_read),
        wanted=READINGS_WANTED * len(rows),
        finished=sum(done for _, _, done, _ in rows),
        overdue=sum(late for _, _, _, late in to_read),
    )
