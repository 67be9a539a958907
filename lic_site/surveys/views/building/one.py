"""One questionnaire: its versions, which of them is out, and what can be done with it."""

from django.contrib import messages
from django.db.models import Count, Q
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from lic_site.accounts.requests import SignedInRequest
from lic_site.common.errors import Refusal
from lic_site.common.posted import edit_methods
from lic_site.surveys.enums import VersionState, WaveState
from lic_site.surveys.forms.building.questionnaires import DescribeForm, NameForm
from lic_site.surveys.services import questionnaires as verbs
from lic_site.surveys.views.building.shared import (
    builds,
    page,
    questionnaire_of,
    version_of,
)


@require_safe
@builds
def one(request: SignedInRequest, pk: int) -> HttpResponse:
    questionnaire = questionnaire_of(request, pk)
    versions = list(
        questionnaire.versions.annotate(
            asked=Count("waves"),
            open=Count("waves", filter=Q(waves__state=WaveState.OPEN)),
        ).order_by("-number")
    )
    out = next((each for each in versions if each.state == VersionState.PUBLISHED), None)
    draft = next((each for each in versions if each.state == VersionState.DRAFT), None)
    plans = questionnaire.plans.order_by("name")
    return page(
        request,
        "one",
        questionnaire=questionnaire,
        versions=versions,
        out=out,
        draft=draft,
        plans=plans,
        planned=questionnaire.waves.filter(state=WaveState.PLANNED).count(),
    )


@require_safe
@builds
def version(request: SignedInRequest, pk: int, number: int) -> HttpResponse:
    """What a version asks, as it stands for good."""
    found = version_of(request, pk, number)
    return page(
        request,
        "version",
        version=found,
        questionnaire=found.questionnaire,
        definition=found.definition,
    )


@edit_methods
@builds
def describe(request: SignedInRequest, pk: int) -> HttpResponse:
    questionnaire, refusal = questionnaire_of(request, pk), ""
    initial = {name: getattr(questionnaire, name) for name in ("name", "level", "summary")}
    form = DescribeForm(request.POST if request.method == "POST" else None, initial=initial)
    if form.is_valid():
        try:
            verbs.describe(
                questionnaire=questionnaire,
                by=request.person,
                at=timezone.now(),
                **form.cleaned_data,
            )
        except Refusal as no:
            refusal = str(no)
        else:
            messages.success(request, "It is changed.")
            return redirect("questionnaires:one", pk)
        questionnaire.refresh_from_db()
    return page(request, "describe", form=form, refusal=refusal, questionnaire=questionnaire)


@edit_methods
@builds
def copy(request: SignedInRequest, pk: int) -> HttpResponse:
    questionnaire, refusal = questionnaire_of(request, pk), ""
    initial = {"name": f"{questionnaire.name}: copy"[:120]}
    form = NameForm(request.POST if request.method == "POST" else None, initial=initial)
    if form.is_valid():
        try:
            made = verbs.copy(
                questionnaire=questionnaire,
                name=form.cleaned_data["name"],
                by=request.person,
                at=timezone.now(),
            )
        except Refusal as no:
            refusal = str(no)
        else:
            return redirect("questionnaires:draft", made.pk)
    return page(request, "copy", form=form, refusal=refusal, questionnaire=questionnaire)


@require_POST
@builds
def begin(request: SignedInRequest, pk: int) -> HttpResponse:
    """A draft to change what is out."""
    questionnaire = questionnaire_of(request, pk)
    try:
        verbs.begin_version(questionnaire=questionnaire, by=request.person, at=timezone.now())
    except Refusal as no:
        messages.warning(request, str(no))
        return redirect("questionnaires:one", pk)
    return redirect("questionnaires:draft", pk)


@edit_methods
@builds
def retire(request: SignedInRequest, pk: int) -> HttpResponse:
    questionnaire, refusal = questionnaire_of(request, pk), ""
    if request.method == "POST":
        try:
            verbs.retire(questionnaire=questionnaire, by=request.person, at=timezone.now())
        except Refusal as no:
            refusal = str(no)
        else:
            messages.success(request, f"‘{questionnaire}’ is retired.")
            return redirect("questionnaires:one", pk)
    return page(request, "retire", questionnaire=questionnaire, refusal=refusal)


@require_POST
@builds
def bring_back(request: SignedInRequest, pk: int) -> HttpResponse:
    questionnaire = questionnaire_of(request, pk)
    verbs.bring_back(questionnaire=questionnaire, by=request.person, at=timezone.now())
    messages.success(request, f"‘{questionnaire}’ can be used again.")
    return redirect("questionnaires:one", pk)
