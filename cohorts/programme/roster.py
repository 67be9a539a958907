"""The people of one cohort: searched, narrowed, sorted, and where each stands."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Q, QuerySet

from cohorts.programme import policies
from cohorts.programme.enums import EnrolmentState
from cohorts.programme.models import Cohort, Enrolment
from cohorts.programme.querysets import EnrolmentQuerySet
from cohorts.programme.services.register.standings import standing_of
from cohorts.programme.standing import Reason, Standing
from lic_site.accounts.models import Organisation, Person

NO_SET = "none"
SORTS = {
    "name": ("person__family_name", "person__given_name", "pk"),
    "employer": ("person__organisation__name", "person__family_name", "pk"),
    "set": ("learning_set__position", "learning_set__name", "person__family_name", "pk"),
    "state": ("state", "person__family_name", "pk"),
}


@dataclass(frozen=True)
class Row:
    """One place on the list."""

    enrolment: Enrolment
    standing: Standing
    reasons: tuple[Reason, ...]
    """Why they may need support, since somebody last asked."""
    borough: str

    @property
    def person(self) -> Person:
        return self.enrolment.person


def people_of(looking: Person, cohort: Cohort) -> EnrolmentQuerySet:
    """Every place ever held in the cohort, with what the list shows of it."""
    return (
        policies.visible(looking, Enrolment.objects.filter(cohort=cohort))
        .with_asked_at()
        .select_related("cohort", "person__organisation", "learning_set", "certificate")
        .prefetch_related("person__organisation__boroughs")
    )


def expected_in(looking: Person, cohort: Cohort) -> QuerySet[Enrolment]:
    """Places of earlier cohorts whose holders mean to go on in this one."""
    deferred = Enrolment.objects.to_come_back().filter(deferred_to=cohort)
    return (
        policies.visible(looking, deferred)
        .select_related("person", "cohort")
        .order_by("person__family_name", "person__given_name", "pk")
    )


def borough_of(employer: Organisation | None) -> str:
    """The boroughs an employer serves, by name. Wants them fetched."""
    if employer is None:
        return ""
    return " and ".join(sorted(borough.name for borough in employer.boroughs.all()))


def search(
    looking: Person, cohort: Cohort, wanted: Mapping[str, Any], sort: str, at: datetime
) -> QuerySet[Enrolment] | list[Enrolment]:
    """Everybody of the cohort who fits, in order. A list only where the registers must be asked
    of everybody: for who may need support, and by attendance.
    """
    places = sorted_by(found(people_of(looking, cohort), wanted), sort)
    by_register = sort.removeprefix("-") == "attendance"
    if not by_register and not wanted.get("support"):
        return places
    rows = rows_of(places, at)
    if wanted.get("support"):
        rows = [row for row in rows if row.reasons]
    if by_register:
        rows = by_attendance(rows, most_first=sort.startswith("-"))
    return [row.enrolment for row in rows]


def found(places: EnrolmentQuerySet, wanted: Mapping[str, Any]) -> EnrolmentQuerySet:
    """Those that fit what somebody searches for; ``wanted`` comes from the form of the page."""
    for word in (wanted.get("q") or "").split():
        places = places.filter(
            Q(person__given_name__icontains=word)
            | Q(person__family_name__icontains=word)
            | Q(person__organisation__name__icontains=word)
        )
    if state := wanted.get("state"):
        places = places.filter(state=state)
    if chosen := wanted.get("set"):
        one = None if chosen == NO_SET else int(chosen)
        places = places.filter(learning_set=one)
    if borough := wanted.get("borough"):
        places = places.filter(person__organisation__boroughs=int(borough))
    if wanted.get("untold"):
        places = places.filter(state=EnrolmentState.ACTIVE, needs_told_at=None)
    return places


def sorted_by(places: EnrolmentQuerySet, sort: str) -> EnrolmentQuerySet:
    """By a column of the database; ``-`` before its name turns it round."""
    names = SORTS.get(sort.removeprefix("-"), SORTS["name"])
    return places.order_by(*(f"-{name}" if sort.startswith("-") else name for name in names))


def rows_of(places: Iterable[Enrolment], at: datetime) -> list[Row]:
    """Where each of them stands, in the order given. Wants them from ``people_of``."""
    listed = list(places)
    standings = standing_of(listed, at=at)
    return [
        Row(
            enrolment=place,
            standing=standings[place.pk],
            reasons=standings[place.pk].new_reasons(place.asked_at),  # type: ignore[attr-defined]
            borough=borough_of(place.person.organisation),
        )
        for place in listed
    ]


def by_attendance(rows: Iterable[Row], *, most_first: bool) -> list[Row]:
    """Those without a session yet come last either way."""
    sign = -1 if most_first else 1

    def key(row: Row) -> tuple[bool, int]:
        percent = row.standing.percent
        return percent is None, sign * (percent or 0)

    return sorted(rows, key=key)
