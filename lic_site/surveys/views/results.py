"""``/staff/surveys/<pk>/results/``: what was released of a wave, and sharing it."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from lic_site.accounts.guards import allowed
from lic_site.accounts.requests import SignedInRequest
from lic_site.common.errors import Refusal
from lic_site.surveys import comments, policies, results
from lic_site.surveys.models import Release
from lic_site.surveys.services import releasing


@require_safe
@allowed("see_results", policies)
def everybody(request: SignedInRequest, pk: int) -> HttpResponse:
    """How everybody answered, and what they said."""
    release = results.released(request.person, pk)
    deeds = policies.visible(request.person, release.wave.deeds.all())
    context = {
        **_context(request, release),
        "results": results.of(release),
        "said": comments.shown(release.wave),
        "deeds": deeds,
        "staff": policies.can(request.person, "say_what_was_done"),
    }
    return render(request, "surveys/results/results.html", context)


@require_safe
@allowed("see_results", policies)
def by(request: SignedInRequest, pk: int, code: str) -> HttpResponse:
    """How the groups of one cut answered."""
    release = results.released(request.person, pk)
    found = results.of(release, cut=code)
    cut = next((each for each in found.cuts if each.code == code), None)
    if cut is None:
        raise Http404
    context = {**_context(request, release), "results": found, "cut": cut}
    return render(request, "surveys/results/by.html", context)


def _context(request: SignedInRequest, release: Release) -> dict[str, Any]:
    return {
        "release": release,
        "wave": release.wave,
        "sees_waves": policies.can(request.person, "see_waves"),
        "can_share": policies.can(request.person, "share_results"),
        "can_see_named": policies.can(request.person, "see_named", release.wave),
    }


@require_POST
@allowed("share_results", policies)
def share(request: SignedInRequest, pk: int) -> HttpResponse:
    """Open the results to those who took part, or close them again."""
    release = results.released(request.person, pk)
    at = timezone.now()
    if request.POST.get("do") == "unshare":
        releasing.unshare(release=release, by=request.person, at=at)
        messages.success(request, "Only staff see these results now.")
    else:
        try:
            releasing.share(release=release, by=request.person, at=at)
        except Refusal as no:
            messages.error(request, str(no))
        else:
            messages.success(request, "Those who took part see these results now.")
    return redirect("surveys:results", pk)
