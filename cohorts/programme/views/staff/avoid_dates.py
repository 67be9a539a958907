"""The list of days on which sessions are better not held."""

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from cohorts.programme import policies
from cohorts.programme.forms.materials import AvoidDateForm
from cohorts.programme.models import AvoidDate
from cohorts.programme.services.sessions import avoiding
from cohorts.programme.views.staff.shared import to
from lic_site.accounts.guards import allowed, fetch
from lic_site.accounts.requests import SignedInRequest
from lic_site.common.posted import edit_methods


@require_safe
@allowed("manage_cohorts", policies)
def dates(request: SignedInRequest) -> HttpResponse:
    """What lies ahead, by year; past days on request."""
    every = policies.visible(request.person, AvoidDate.objects.all())
    with_past = "past" in request.GET
    if not with_past:
        every = every.filter(ends_on__gte=timezone.localdate())
    context = {"dates": list(every), "with_past": with_past}
    return render(request, "programme/staff/dates_to_avoid.html", context)


@edit_methods
@allowed("manage_cohorts", policies)
def change(request: SignedInRequest, pk: int | None = None) -> HttpResponse:
    days = AvoidDate()
    if pk is not None:
        days = fetch(policies, request.person, AvoidDate.objects.all(), pk=pk)
    form = AvoidDateForm(request.POST or None, instance=days)
    if request.method == "POST" and form.is_valid():
        avoiding.save_avoid_date(
            avoid_date=days, by=request.person, at=timezone.now(), **form.cleaned_data
        )
        return to("dates_to_avoid")
    context = {"form": form, "days": days if pk else None}
    return render(request, "programme/staff/date_to_avoid.html", context)


@require_POST
@allowed("manage_cohorts", policies)
def delete(request: SignedInRequest, pk: int) -> HttpResponse:
    days = fetch(policies, request.person, AvoidDate.objects.all(), pk=pk)
    avoiding.remove_avoid_date(avoid_date=days, by=request.person, at=timezone.now())
    return to("dates_to_avoid")
