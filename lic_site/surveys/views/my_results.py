"""``/my/surveys/results/``: results that were shared with those they are about."""

from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from lic_site.accounts.guards import fetch, person_required
from lic_site.accounts.requests import SignedInRequest
from lic_site.surveys import comments, policies, results
from lic_site.surveys.models import Deed, Release, Wave


@require_safe
@person_required
def listing(request: SignedInRequest) -> HttpResponse:
    found = policies.visible(request.person, _shared(request)).order_by("-shared_at", "-pk")
    return render(request, "surveys/results/mine.html", {"releases": found})


@require_safe
@person_required
def one(request: SignedInRequest, pk: int) -> HttpResponse:
    release = fetch(policies, request.person, _shared(request), wave=pk)
    deeds = policies.visible(request.person, Deed.objects.filter(wave=release.wave))
    context = {
        "release": release,
        "wave": release.wave,
        "results": results.of(release),
        "said": comments.shown(release.wave),
        "deeds": deeds.filter(shared_at__isnull=False),
    }
    return render(request, "surveys/results/my_results.html", context)


def _shared(request: SignedInRequest) -> QuerySet[Release]:
    """Of what the person took part in or led: whoever sees every result has other pages for the
    rest.
    """
    found = Release.objects.filter(shared_at__isnull=False)
    if policies.can(request.person, "see_results"):
        found = found.filter(wave__in=Wave.objects.filter(policies.read_by(request.person)))
    return found.select_related("wave__version", "wave__questionnaire")
