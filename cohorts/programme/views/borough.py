"""A borough coordinator's page: own counts under disclosure control, and the names of those who
agreed to be named. That the names were looked at is written down.

Only cohorts whose applications have closed are counted: a figure that moves from day to day tells
who made it move.
"""

from collections import Counter

from django.db.models import Count
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone

from cohorts.programme import policies
from cohorts.programme.enums import ApplicationState, CohortState, EnrolmentState
from cohorts.programme.models import Application, Cohort, Enrolment
from lic_site.accounts import audit
from lic_site.accounts.guards import allowed
from lic_site.accounts.models import Organisation, Person
from lic_site.accounts.requests import SignedInRequest
from lic_site.insight.suppression import FLOOR, Cell, suppress_nested

MOVING = (CohortState.DRAFT, CohortState.OPEN)
NOT_COUNTED = (ApplicationState.DRAFT, ApplicationState.WITHDRAWN)


@allowed("see_borough_counts", policies)
def counts(request: SignedInRequest) -> HttpResponse:
    own = Organisation.objects.filter(pk__in=policies.coordinated(request.person))
    context = {
        "organisations": own,
        "named": _named(request.person),
        "floor": FLOOR,
        "columns": [
            {"text": "Cohort"},
            {"text": "Applied", "numeric": True},
            {"text": "Took a place", "numeric": True},
        ],
        "rows": [
            {"cells": [{"text": name}, _cell(applied), _cell(placed)]}
            for name, applied, placed in _counts(set(own.values_list("pk", flat=True)))
        ],
    }
    return render(request, "programme/applying/borough.html", context)


def _named(coordinator: Person) -> list[tuple[str, str]]:
    """Name and cohort of each participant who agreed to it, and nothing else of them."""
    agreed = policies.named_to(coordinator).select_related("person", "cohort")
    rows = list(agreed.order_by("-cohort__starts_on", "person__family_name", "pk"))
    audit.record_each(
        "programme.name_shown_to_borough_viewed",
        by=coordinator,
        at=timezone.now(),
        about=[(row, row.person) for row in rows],
    )
    return [(row.person.name, row.cohort.name) for row in rows]


def _cell(cell: Cell) -> dict[str, str]:
    return {"text": f"Under {FLOOR}, or hidden" if cell.count is None else str(cell.count)}


def _counts(organisations: set[int]) -> list[tuple[str, Cell, Cell]]:
    """Who applied from these organisations and who of them took a place, by cohort."""
    cohorts = Cohort.objects.exclude(state__in=MOVING).order_by("starts_on", "pk")
    applied = _by_cohort(
        Application.objects.filter(organisation__in=organisations)
        .exclude(state__in=NOT_COUNTED)
        .order_by()
        .values_list("cohort")
        .annotate(Count("pk"))
    )
    placed = _by_cohort(
        Enrolment.objects.filter(application__organisation__in=organisations)
        .filter(state__in=[EnrolmentState.ACTIVE, EnrolmentState.COMPLETED])
        .order_by()
        .values_list("cohort")
        .annotate(Count("pk"))
    )
    # A cohort nobody applied to stands there too: its absence would tell the rest from none.
    shown = list(cohorts.values_list("pk", "name"))
    names = [name for _pk, name in shown]
    sent, places = suppress_nested(
        {str(pk): applied[pk] for pk, _name in shown},
        {str(pk): placed[pk] for pk, _name in shown},
    )
    return list(zip(names, sent.cells, places.cells, strict=True))


def _by_cohort(pairs: object) -> Counter[int]:
    return Counter(dict(pairs))  # type: ignore[call-overload]
