"""What the boards show, drawn together in few queries: one cohort's ranking, every cohort's
funnel.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from fractions import Fraction

from django.db.models import Count, F, Q, Sum

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
    percent_of,
    rank,
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


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One application on the board. Plain values: a cohort may have thousands."""

    pk: int
    reference: str
    state: ApplicationState
    grade_band: str
    decided_at: datetime | None
    waitlist_position: int | None
    standing: Standing[int]
    borough: str
    sub_region: str
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
        return self.state in DECIDABLE_STATES and not self.is_own

    @property
    def grade(self) -> str:
        return str(GradeBand(self.grade_band).label) if self.grade_band else ""

    @property
    def get_state_display(self) -> str:
        """As a model says it, for the tag that both are shown with."""
        return str(self.state.label)


def ranking(cohort: Cohort, person: Person) -> list[Row]:
    """The cohort's sent applications, best first, as this person may see them."""
    found = {
        facts["pk"]: facts
        for facts in policies.visible(person, Application.objects.filter(cohort=cohort))
        .filter(submitted_at__isnull=False)
        .order_by("submitted_at", "pk")
        .values(*_PLAIN, *_OTHERS)
    }
    held, unread = _held_by(cohort, person)
    places = _places_of({facts["organisation_id"] for facts in found.values()})
    readings = _readings(cohort, person)
    rows = []
    for standing in rank({key: readings.get(key, ()) for key in found}):
        facts = found[standing.key]
        state = ApplicationState(facts["state"])
        shows_name = not cohort.names_hidden or state in NAMED_STATES
        whole = (facts["applicant__given_name"], facts["applicant__family_name"])
        borough, sub_region = places[facts["organisation_id"]]
        rows.append(
            Row(
                **{name: facts[name] for name in _PLAIN},
                state=state,
                standing=standing,
                borough=borough,
                sub_region=sub_region,
                readers=held[standing.key],
                name=" ".join(whole).strip() if shows_name else "",
                is_own=facts["applicant_id"] == person.pk,
                is_unread=standing.key in unread,
            )
        )
    return rows


_PLAIN = ("pk", "reference", "grade_band", "decided_at", "waitlist_position")
_OTHERS = (
    "state",
    "organisation_id",
    "applicant_id",
    "applicant__given_name",
    "applicant__family_name",
)


def _held_by(cohort: Cohort, person: Person) -> tuple[Counter[int], set[int]]:
    """How many hold each application to read it, and those that this person is still to read."""
    held: Counter[int] = Counter()
    unread = set()
    reviews = Review.objects.filter(
        application__cohort=cohort, state__in=[ReviewState.ASSIGNED, ReviewState.SUBMITTED]
    )
    for key, reader, state in reviews.values_list("application_id", "reader_id", "state"):
        held[key] += 1
        if reader == person.pk and state == ReviewState.ASSIGNED:
            unread.add(key)
    return held, unread


def _readings(cohort: Cohort, person: Person) -> dict[int, list[Fraction]]:
    """The readings of each application that this person may see, added up by the database."""
    weights = cohort.criteria.aggregate(total=Sum("weight"))["total"] or 0
    given = F("scores__points") * F("scores__criterion__weight")
    reviews = Review.objects.filter(application__cohort=cohort, state=ReviewState.SUBMITTED)
    seen = (
        policies.visible(person, reviews)
        .annotate(points=Sum(given))
        .order_by("pk")
        .values_list("application_id", "points")
    )
    readings: defaultdict[int, list[Fraction]] = defaultdict(list)
    for key, points in seen:
        readings[key].append(percent_of(points or 0, weights))
    return readings


def _places_of(organisations: Iterable[int | None]) -> dict[int | None, tuple[str, str]]:
    """The boroughs each employer serves and their sub-regions, one label each. A joint service is a
    group of its own, so that nobody is counted twice.
    """
    boroughs: defaultdict[int, set[str]] = defaultdict(set)
    regions: defaultdict[int, set[str]] = defaultdict(set)
    names: dict[int, str] = {}
    found = Organisation.objects.filter(pk__in=[key for key in organisations if key])
    for key, name, borough, region in found.order_by().values_list(
        "pk", "name", "boroughs__name", "boroughs__sub_region__name"
    ):
        names[key] = name
        boroughs[key] |= {borough} - {None}
        regions[key] |= {region} - {None}
    places: dict[int | None, tuple[str, str]] = {
        key: (_joined(boroughs[key]) or name, _joined(regions[key]) or NO_SUB_REGION)
        for key, name in names.items()
    }
    return places | {None: (NO_EMPLOYER, NO_SUB_REGION)}


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
