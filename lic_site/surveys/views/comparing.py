"""``/staff/surveys/compare/``: cohorts and sessions laid side by side."""

from dataclasses import dataclass, field

from django.db.models import Count, Max, QuerySet
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from lic_site.accounts.guards import allowed
from lic_site.accounts.requests import SignedInRequest
from lic_site.surveys import comparing, policies
from lic_site.surveys.models import Questionnaire, Release
from lic_site.surveys.views.waves import places


@dataclass
class Row:
    """A questionnaire, how many of its waves were released, the cohorts with two or more."""

    questionnaire: Questionnaire
    waves: int = 0
    groups: list[tuple[int, str]] = field(default_factory=list)


def _releases(request: SignedInRequest) -> QuerySet[Release]:
    return policies.visible(request.person, Release.objects.all())


@require_safe
@allowed("see_results", policies)
def start(request: SignedInRequest) -> HttpResponse:
    """Questionnaires with results, and the cohorts that answered each twice or more."""
    asked = (
        _releases(request)
        .order_by()
        .values("wave__questionnaire", "wave__group")
        .annotate(waves=Count("pk"), latest=Max("made_at"), group_name=Max("wave__group_name"))
        .order_by("-latest")
    )
    names = Questionnaire.objects.in_bulk({each["wave__questionnaire"] for each in asked})
    rows: dict[int, Row] = {}
    for each in asked:
        questionnaire = names[each["wave__questionnaire"]]
        row = rows.setdefault(questionnaire.pk, Row(questionnaire))
        row.waves += each["waves"]
        if each["wave__group"] is not None and each["waves"] > 1:
            row.groups.append((each["wave__group"], each["group_name"]))
    context = {"rows": rows.values(), "places": places(request.person, request.path)}
    return render(request, "surveys/results/compare.html", context)


@require_safe
@allowed("see_results", policies)
def side_by_side(request: SignedInRequest, slug: str, group: int | None = None) -> HttpResponse:
    """One questionnaire's waves: all of them, or those of one cohort."""
    found = _releases(request).filter(wave__questionnaire__slug=slug)
    if group is not None:
        found = found.filter(wave__group=group)
    releases = list(
        found.select_related("wave__questionnaire").order_by("-wave__opens_at", "-pk")[:60]
    )
    if not releases:
        raise Http404
    context = {
        "questionnaire": releases[0].wave.questionnaire,
        "group_name": releases[0].wave.group_name if group is not None else "",
        "releases": releases,
        "compared": comparing.side_by_side(releases),
    }
    return render(request, "surveys/results/side_by_side.html", context)
