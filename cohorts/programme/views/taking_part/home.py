"""A participant's page of one cohort, and whether their employer's coordinator sees their name."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from cohorts.programme import participation, policies
from cohorts.programme.models import Enrolment
from cohorts.programme.services.naming import name_to_coordinator
from lic_site.accounts.guards import fetch, must, person_required
from lic_site.accounts.requests import SignedInRequest
from lic_site.common.errors import Refusal


def own_place(request: SignedInRequest, slug: str) -> Enrolment:
    """The person's latest place in the cohort of the address, or a 404."""
    mine = participation.places_of(request.person)
    return fetch(policies, request.person, mine, cohort__slug=slug)


@require_safe
@person_required
def my_cohorts(request: SignedInRequest) -> HttpResponse:
    """Every cohort the person has or had a place in; whoever has one is led straight to it."""
    places = list(participation.places_of(request.person))
    if len({place.cohort_id for place in places}) == 1:
        return redirect("programme:my_cohort", places[0].cohort.slug)
    return render(request, "programme/taking_part/cohorts.html", {"places": places})


@require_safe
@person_required
def my_cohort(request: SignedInRequest, slug: str) -> HttpResponse:
    """What is next, then everything else of the place, then the line from applying on."""
    enrolment = own_place(request, slug)
    must(policies.can(request.person, "see_own_place", enrolment))
    now = timezone.now()
    place = participation.place(request.person, enrolment, now)
    employer = request.person.organisation
    context = {
        "place": place,
        "enrolment": enrolment,
        "cohort": enrolment.cohort,
        "employer": employer,
        "is_on_now": place.next is not None and place.next.starts_at <= now,
        "is_named": enrolment.named_to_coordinator_at is not None
        and enrolment.named_to_id == request.person.organisation_id,
        "can_leave": policies.can(request.person, "leave_place", enrolment),
        "can_name": policies.can(request.person, "name_to_coordinator", enrolment),
        "who_sees_name": policies.who_sees_place("named"),
    }
    return render(request, "programme/taking_part/cohort.html", context)


@require_POST
@person_required
def be_named(request: SignedInRequest, slug: str) -> HttpResponse:
    """Turn the switch one way or the other."""
    enrolment = own_place(request, slug)
    must(policies.can(request.person, "name_to_coordinator", enrolment))
    agreed = request.POST.get("agreed") == "yes"
    try:
        name_to_coordinator(
            enrolment=enrolment, agreed=agreed, by=request.person, at=timezone.now()
        )
    except Refusal as refusal:
        messages.error(request, str(refusal))
    else:
        said = "may see your name." if agreed else "no longer sees your name."
        messages.success(request, f"Your employer’s coordinator {said}")
    return redirect("programme:my_cohort", slug)
