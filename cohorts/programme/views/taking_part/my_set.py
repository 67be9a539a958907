"""The participant's own learning set, and what they share with it."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from cohorts.programme import policies
from cohorts.programme.company import company, mine
from cohorts.programme.forms.sets import IntroductionForm
from cohorts.programme.models import Enrolment, Introduction, LearningSet, Session
from cohorts.programme.services.sets import introduce
from lic_site.accounts.guards import fetch, must, person_required
from lic_site.accounts.requests import SignedInRequest
from lic_site.common.posted import edit_methods, posted


def _own_place(request: SignedInRequest, slug: str) -> Enrolment:
    """The person's place in the cohort, or a 404."""
    own = Enrolment.objects.taking_part().filter(person=request.person, cohort__slug=slug)
    return fetch(policies, request.person, own.select_related("cohort", "person__organisation"))


def _own_set(request: SignedInRequest, place: Enrolment) -> LearningSet | None:
    """Theirs once it is named."""
    found = LearningSet.objects.filter(members=place).select_related("facilitator")
    return policies.visible(request.person, found).first()


@require_safe
@person_required
def my_set(request: SignedInRequest, slug: str) -> HttpResponse:
    place = _own_place(request, slug)
    learning_set = _own_set(request, place)
    context: dict[str, Any] = {"cohort": place.cohort, "learning_set": learning_set}
    if learning_set is not None:
        ahead = Session.objects.live().filter(learning_set=learning_set, ends_at__gt=timezone.now())
        context |= {
            "mates": company(learning_set, request.person),
            "me": mine(place),
            "sessions": policies.visible(request.person, ahead),
            "who_sees": policies.who_sees_place("introduction"),
        }
    return render(request, "programme/taking_part/my_set.html", context)


@edit_methods
@person_required
def share(request: SignedInRequest, slug: str) -> HttpResponse:
    place = _own_place(request, slug)
    must(policies.can(request.person, "change_own_place", place))
    if _own_set(request, place) is None:
        return redirect("programme:my_set", slug=slug)
    form = IntroductionForm(
        posted(request), instance=Introduction.objects.filter(enrolment=place).first()
    )
    if request.method == "POST" and form.is_valid():
        introduce(enrolment=place, by=request.person, at=timezone.now(), **form.cleaned_data)
        messages.success(request, "What you share is saved.")
        return redirect("programme:my_set", slug=slug)
    context = {
        "cohort": place.cohort,
        "form": form,
        "person": request.person,
        "who_sees": policies.who_sees_place("introduction"),
    }
    return render(request, "programme/taking_part/share.html", context)
