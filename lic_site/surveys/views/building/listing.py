"""Every questionnaire, and a new one."""

from typing import Any

from django.db.models import Count, Exists, OuterRef, Q, QuerySet
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.http import require_safe

from lic_site.accounts.requests import SignedInRequest
from lic_site.common.errors import Refusal
from lic_site.common.posted import edit_methods
from lic_site.surveys import policies
from lic_site.surveys.enums import VersionState
from lic_site.surveys.forms.building.questionnaires import DescribeForm, FilterForm
from lic_site.surveys.library import ready
from lic_site.surveys.models import Questionnaire, Version
from lic_site.surveys.services import questionnaires as verbs
from lic_site.surveys.views.building.shared import builds, page

BLANK = "blank"


@require_safe
@builds
def listing(request: SignedInRequest) -> HttpResponse:
    form = FilterForm(request.GET)
    wanted = form.cleaned_data if form.is_valid() else {}
    found = _found(policies.visible(request.person, Questionnaire.objects.all()), wanted)
    return page(request, "list", form=form, questionnaires=found, is_filtered=any(wanted.values()))


def _found(rows: QuerySet[Questionnaire], wanted: dict[str, Any]) -> QuerySet[Any]:
    of_it = Version.objects.filter(questionnaire=OuterRef("pk"))
    rows = rows.annotate(
        has_draft=Exists(of_it.filter(state=VersionState.DRAFT)),
        published=Count(
            "versions", filter=Q(versions__state=VersionState.PUBLISHED), distinct=True
        ),
        asked=Count("waves", distinct=True),
        planned=Count("plans", filter=Q(plans__is_on=True), distinct=True),
    ).order_by("name", "pk")
    if words := wanted.get("q"):
        rows = rows.filter(Q(name__icontains=words) | Q(summary__icontains=words))
    if level := wanted.get("level"):
        rows = rows.filter(level=level)
    match wanted.get("state"):
        case "retired":
            return rows.filter(retired_at__isnull=False)
        case "draft":
            return rows.filter(has_draft=True)
    return rows.filter(retired_at=None)


@require_safe
@builds
def choose(request: SignedInRequest) -> HttpResponse:
    """What a new one begins with."""
    return page(request, "new", library=ready().values())


@edit_methods
@builds
def new(request: SignedInRequest, begin: str) -> HttpResponse:
    """``begin``: the code of a ready questionnaire, or ``blank``."""
    begin_with = ready().get(begin)
    if begin_with is None and begin != BLANK:
        raise Http404
    initial = {}
    if begin_with:
        initial = {name: getattr(begin_with, name) for name in ("name", "level", "summary")}
    form = DescribeForm(request.POST if request.method == "POST" else None, initial=initial)
    refusal = ""
    if form.is_valid():
        try:
            made = verbs.make(
                **form.cleaned_data, begin_with=begin_with, by=request.person, at=timezone.now()
            )
        except Refusal as no:
            refusal = str(no)
        else:
            return redirect("questionnaires:draft", made.pk)
    return page(request, "describe", form=form, refusal=refusal, begin_with=begin_with)
