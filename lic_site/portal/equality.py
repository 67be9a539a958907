"""Equality figures of the whole programme, for those who answer for them."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone

from cohorts.programme.enums import ApplicationState
from cohorts.programme.models import Application
from lic_site.accounts import audit, policies
from lic_site.accounts.guards import allowed
from lic_site.accounts.models import Person
from lic_site.accounts.requests import SignedInRequest
from lic_site.insight.equality import monitoring_nested
from lic_site.insight.suppression import FLOOR, Table


@allowed("see_equality_figures", policies)
def equality(request: SignedInRequest) -> HttpResponse:
    """Who applied and who has a place, by ethnic group, once applications have closed.

    Only cohorts that have closed are counted: figures that grow by one a day tell who that one is.
    """
    now = timezone.now()
    audit.record("portal.equality_figures_viewed", by=request.person, at=now)
    sent = Application.objects.filter(
        cohort__applications_close_at__lt=now, submitted_at__isnull=False
    )
    placed = sent.filter(state=ApplicationState.ACCEPTED)
    tables = monitoring_nested(
        Person.objects.filter(pk__in=sent.values("applicant")),
        Person.objects.filter(pk__in=placed.values("applicant")),
    )
    context = {
        "floor": FLOOR,
        "parts": [
            {"title": title, "total": table.total, "rows": _rows(table)}
            for title, table in zip(("Applied", "Have a place"), tables, strict=True)
        ],
    }
    return render(request, "portal/equality.html", context)


def _rows(table: Table) -> list[dict[str, Any]]:
    """Each group with its share of the total in percent, halves rounded up."""
    total = table.total or 1
    return [
        {
            "label": cell.label,
            "count": cell.count,
            "share": None if cell.count is None else (200 * cell.count + total) // (2 * total),
        }
        for cell in table.cells
    ]
