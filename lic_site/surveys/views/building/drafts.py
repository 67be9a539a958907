"""The draft: its pages, their order, what is said at the end; published or discarded."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from lic_site.accounts.requests import SignedInRequest
from lic_site.common.errors import Refusal
from lic_site.common.posted import edit_methods
from lic_site.surveys import editing
from lic_site.surveys.definition import Definition, Section
from lic_site.surveys.enums import WaveState
from lic_site.surveys.forms.building.questionnaires import ClosingForm, SectionForm
from lic_site.surveys.services import questionnaires as verbs
from lic_site.surveys.views.building.shared import (
    UP_OR_DOWN,
    builds,
    draft_of,
    page,
    questionnaire_of,
    revision_of,
    save,
    used,
)


@require_safe
@builds
def draft(request: SignedInRequest, pk: int) -> HttpResponse:
    version = draft_of(request, pk)
    return page(
        request,
        "draft",
        version=version,
        questionnaire=version.questionnaire,
        definition=version.definition,
        faults=editing.faults(version.definition),
    )


@edit_methods
@builds
def add_section(request: SignedInRequest, pk: int) -> HttpResponse:
    version, refusal = draft_of(request, pk), ""
    form = SectionForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        codes = used(version).sections
        refusal = save(
            request, version, lambda it: editing.add_section(it, **form.cleaned_data, used=codes)
        )
        if not refusal:
            return redirect("questionnaires:draft", pk)
    return page(request, "section", version=version, form=form, refusal=refusal, section=None)


@edit_methods
@builds
def section(request: SignedInRequest, pk: int, code: str) -> HttpResponse:
    version, refusal = draft_of(request, pk), ""
    found = section_of(version.definition, code)
    form = SectionForm(request.POST if request.method == "POST" else None, section=found)
    if form.is_valid():
        refusal = save(
            request, version, lambda it: editing.change_section(it, code, **form.cleaned_data)
        )
        if not refusal:
            return redirect("questionnaires:draft", pk)
    return page(request, "section", version=version, form=form, refusal=refusal, section=found)


@require_POST
@builds
def move_section(request: SignedInRequest, pk: int, code: str) -> HttpResponse:
    version = draft_of(request, pk)
    section_of(version.definition, code)
    by = UP_OR_DOWN.get(request.POST.get("do", ""), 0)
    if refusal := save(request, version, lambda it: editing.move_section(it, code, by)):
        messages.warning(request, refusal)
    return redirect("questionnaires:draft", pk)


@edit_methods
@builds
def remove_section(request: SignedInRequest, pk: int, code: str) -> HttpResponse:
    version, refusal = draft_of(request, pk), ""
    found = section_of(version.definition, code)
    if request.method == "POST":
        refusal = save(request, version, lambda it: editing.remove_section(it, code))
        if not refusal:
            messages.success(request, f"The page ‘{found.title}’ is removed.")
            return redirect("questionnaires:draft", pk)
    return page(request, "remove", version=version, refusal=refusal, section=found)


@edit_methods
@builds
def closing(request: SignedInRequest, pk: int) -> HttpResponse:
    version, refusal = draft_of(request, pk), ""
    data = request.POST if request.method == "POST" else None
    form = ClosingForm(data, definition=version.definition)
    if form.is_valid():
        words = form.cleaned_data["closing"]
        refusal = save(request, version, lambda it: editing.set_closing(it, words))
        if not refusal:
            return redirect("questionnaires:draft", pk)
    return page(request, "closing", version=version, form=form, refusal=refusal)


@edit_methods
@builds
def publish(request: SignedInRequest, pk: int) -> HttpResponse:
    """Say what it means once more, then publish."""
    version, refusal = draft_of(request, pk), ""
    if request.method == "POST":
        try:
            verbs.publish(
                version=version,
                revision=revision_of(request),
                by=request.person,
                at=timezone.now(),
            )
        except Refusal as no:
            refusal = str(no)
        else:
            messages.success(request, f"Version {version.number} is out.")
            return redirect("questionnaires:one", pk)
        version = draft_of(request, pk)
    waves = version.questionnaire.waves
    return page(
        request,
        "publish",
        version=version,
        definition=version.definition,
        refusal=refusal,
        faults=editing.faults(version.definition),
        open=waves.filter(state=WaveState.OPEN).count(),
        planned=waves.filter(state=WaveState.PLANNED).count(),
        is_first=not version.questionnaire.versions.published().exists(),
    )


@edit_methods
@builds
def discard(request: SignedInRequest, pk: int) -> HttpResponse:
    version = draft_of(request, pk)
    if request.method == "POST":
        try:
            is_gone = verbs.discard(version=version, by=request.person, at=timezone.now())
        except Refusal as no:
            messages.warning(request, str(no))
            return redirect("questionnaires:one", pk)
        messages.success(request, "The draft is discarded.")
        return redirect("questionnaires:list") if is_gone else redirect("questionnaires:one", pk)
    questionnaire = questionnaire_of(request, pk)
    others = questionnaire.versions.exclude(pk=version.pk)
    return page(request, "discard", version=version, is_only=not others.exists())


def section_of(definition: Definition, code: str) -> Section:
    for each in definition.sections:
        if each.code == code:
            return each
    raise Http404
