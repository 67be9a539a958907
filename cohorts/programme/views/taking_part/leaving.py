"""A participant defers or gives up their place: chosen, checked, done; and what comes after."""

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from cohorts.programme import policies
from cohorts.programme.enums import EnrolmentState
from cohorts.programme.forms.places import LeaveForm
from cohorts.programme.models import Cohort, Enrolment
from cohorts.programme.services import enrolments
from cohorts.programme.services.steps import LEFT
from cohorts.programme.views.taking_part.home import own_place
from lic_site.accounts.guards import must, person_required
from lic_site.accounts.requests import SignedInRequest
from lic_site.common.errors import Refusal
from lic_site.common.posted import edit_methods, posted


@edit_methods
@person_required
def leave(request: SignedInRequest, slug: str) -> HttpResponse:
    """Nothing is kept before it is confirmed. Whoever has left reads what happens next."""
    place = own_place(request, slug)
    if place.state in LEFT:
        return _left(request, place)
    must(policies.can(request.person, "leave_place", place))
    later = _later(request, place)
    form = LeaveForm(posted(request), later=later)
    context = {
        "place": place,
        "cohort": place.cohort,
        "form": form,
        "who_sees": policies.who_sees_place("leaving"),
        "refusal": None,
    }
    if request.method != "POST" or "change" in request.POST or not form.is_valid():
        return render(request, "programme/taking_part/leave.html", context)
    if "confirmed" not in request.POST:
        return render(request, "programme/taking_part/leave_check.html", context)
    try:
        _carry_out(request, place, form)
    except Refusal as refusal:
        context["refusal"] = refusal
        return render(request, "programme/taking_part/leave.html", context)
    return redirect("programme:leave", slug)


def _later(request: SignedInRequest, place: Enrolment) -> object:
    """Cohorts in which the person could go on."""
    cohorts = Cohort.objects.filter(
        state__in=enrolments.GOING_ON_STATES, starts_on__gt=place.cohort.starts_on
    )
    return policies.visible(request.person, cohorts).exclude(pk=place.cohort_id)


def _carry_out(request: SignedInRequest, place: Enrolment, form: LeaveForm) -> None:
    by, at = request.person, timezone.now()
    if form.defers:
        enrolments.defer(enrolment=place, reason=form.why, until=form.later, by=by, at=at)
    else:
        enrolments.withdraw_place(enrolment=place, reason=form.why, by=by, at=at)


def _left(request: SignedInRequest, place: Enrolment) -> HttpResponse:
    successor = Enrolment.objects.filter(follows=place).select_related("cohort").first()
    context = {
        "place": place,
        "cohort": place.cohort,
        "is_deferred": place.state == EnrolmentState.DEFERRED,
        "until": place.deferred_to,
        "successor": successor,
    }
    return render(request, "programme/taking_part/left.html", context)
