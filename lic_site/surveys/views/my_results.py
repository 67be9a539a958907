"""``/my/surveys/results/``: results that were shared with those they are about."""

from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from lic_site.accounts.guards import fetch, person_required
from lic_site.accounts.requests import SignedInRequest
from lic_site.surveys import comments, policies, results
from lic_site.surveys.models import Deed, Release, Wave
from lic_site.surveys.policies import read_by


@require_safe
@person_required
def listing(request: SignedInRequest) -> HttpResponse:
    """Of what the person took part in or led; staff have their own pages for the rest."""
    shared = (
        policies.visible(request.person, Release.objects.filter(shared_at__isnull=False))
        .filter(wave__in=_waves(request))
        .select_related("wave__questionnaire")
        .order_by("-shared_at", "-pk")
    )
    return render(request, "surveys/results/mine.html", {"releases": shared})


@require_safe
@person_required
def one(request: SignedInRequest, pk: int) -> HttpResponse:
    found = Release.objects.select_related("wave__version", "wave__questionnaire")
    mine = found.filter(shared_at__isnull=False, wave__in=_waves(request))
    release = fetch(policies, request.person, mine, wave=pk)
    deeds = policies.visible(request.person, Deed.objects.filter(wave=release.wave))
    context = {
        "release": release,
        "wave": release.wave,
        "results": results.of(release),
        "said": comments.shown(release.wave),
        "deeds": deeds.filter(shared_at__isnull=False),
    }
    return render(request, "surveys/results/my_results.html", context)


def _waves(request: SignedInRequest) -> QuerySet[Wave]:
    return Wave.objects.filter(read_by(request.person))
