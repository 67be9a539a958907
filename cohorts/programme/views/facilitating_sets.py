"""What facilitators see of the cohorts they work with."""

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from cohorts.programme import policies
from cohorts.programme.company import company
from cohorts.programme.models import LearningSet, Session
from lic_site.accounts.guards import allowed, fetch, must
from lic_site.accounts.requests import SignedInRequest


@require_safe
@allowed("facilitate", policies)
def learning_set(request: SignedInRequest, pk: int) -> HttpResponse:
    """A set that the person facilitates: who is in it, as each shared it, and its dates."""
    found = LearningSet.objects.select_related("cohort")
    shown = fetch(policies, request.person, found, pk=pk)
    must(policies.can(request.person, "facilitate_set", shown))
    ahead = Session.objects.live().filter(learning_set=shown, ends_at__gt=timezone.now())
    context = {
        "cohort": shown.cohort,
        "learning_set": shown,
        "mates": company(shown, request.person),
        "sessions": policies.visible(request.person, ahead),
    }
    return render(request, "programme/taking_part/facilitated_set.html", context)
