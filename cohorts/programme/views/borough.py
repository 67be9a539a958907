"""A borough coordinator's page: own counts under disclosure control, nobody's name.

Only cohorts whose applications have closed are counted: a figure that moves from day to day tells
who made it move.
"""

from collections import Counter

from django.db.models import Count
from django.http import HttpResponse
from django.shortcuts import render

from cohorts.programme import policies
from cohorts.programme.enums import ApplicationState, CohortState, EnrolmentState
from cohorts.programme.models import Application, Cohort, Enrolment
from lic_site.accounts.guards import allowed
from lic_site.accounts.models import Organisation
from lic_site.accounts.requests import SignedInRequest
from lic_site.insight.suppression import FLOOR, Table, suppress_nested

MOVING = (CohortState.DRAFT, CohortState.OPEN)
NOT_COUNTED = (ApplicationState.DRAFT, ApplicationState.WITHDRAWN)


@allowed("see_borough_counts", policies)
def counts(request: SignedInRequest) -> HttpResponse:
    own = Organisation.objects.filter(pk__in=policies.coordinated(request.person))
    sent, places = _counts(set(own.values_list("pk", flat=True)))
    context = {
        "organisations": own,
        "floor": FLOOR,
        "columns": [
            {"text": "Cohort"},
            {"text": "Applied", "numeric": True},
            {"text": "Took a place", "numeric": True},
        ],
        "rows": [
            {"cells": [{"text": applied.label}, _cell(applied.count), _cell(placed.count)]}
            for applied, placed in zip(sent.cells, places.cells, strict=True)
        ],
    }
    return render(request, "programme/applying/borough.html", context)


def _cell(count: int | None) -> dict[str, str]:
    return {"text": f"Under {FLOOR}, or hidden" if count is None else str(count)}


def _counts(organisations: set[int]) -> tuple[Table, Table]:
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
    shown = [(pk, name) for pk, name in cohorts.values_list("pk", "name") if applied[pk]]
    return suppress_nested(
        {name: applied[pk] for pk, name in shown}, {name: placed[pk] for pk, name in shown}
    )


def _by_cohort(pairs: object) -> Counter[int]:
    return Counter(dict(pairs))  # type: ignore[call-overload]
