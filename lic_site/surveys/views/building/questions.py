"""Questions of a draft: added, changed, moved, removed."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from lic_site.accounts.requests import SignedInRequest
from lic_site.common.posted import edit_methods
from lic_site.surveys import editing
from lic_site.surveys.definition import Definition, Question
from lic_site.surveys.enums import Kind
from lic_site.surveys.forms.building.questionnaires import MoveForm
from lic_site.surveys.forms.building.questions import QuestionForm
from lic_site.surveys.library import scales
from lic_site.surveys.models import Version
from lic_site.surveys.protocol import subjects
from lic_site.surveys.views.building.drafts import section_of
from lic_site.surveys.views.building.shared import (
    UP_OR_DOWN,
    builds,
    draft_of,
    page,
    save,
    used,
)


def audiences() -> dict[str, str]:
    """Everybody who can be asked, in words, by name."""
    return {
        name: label for subject in subjects().values() for name, label in subject.audiences.items()
    }


@require_safe
@builds
def kinds(request: SignedInRequest, pk: int, code: str) -> HttpResponse:
    """Choose the sort of question first; its form then asks for what that needs."""
    version = draft_of(request, pk)
    return page(
        request,
        "kinds",
        version=version,
        section=section_of(version.definition, code),
        kinds=[each for each in Kind if each != Kind.SCALE],
        scales=scales().values(),
    )


@edit_methods
@builds
def add(request: SignedInRequest, pk: int, code: str, kind: str) -> HttpResponse:
    """``?scale=`` names a ready scale to begin with."""
    version, refusal = draft_of(request, pk), ""
    section = section_of(version.definition, code)
    if kind not in Kind.values:
        raise Http404
    scale = scales().get(request.GET.get("scale", ""))
    form = QuestionForm(
        request.POST if request.method == "POST" else None,
        kind=Kind(kind),
        begin_with=scale.options if scale and kind == Kind.SCALE else (),
        audiences=audiences(),
        published={},
    )
    if form.is_valid():
        codes = used(version).questions
        before = set(version.definition.by_code)
        refusal = save(
            request,
            version,
            lambda it: editing.add_question(it, code, form.given(), used=codes),
        )
        if not refusal:
            [added] = set(version.definition.by_code) - before
            return _onwards(request, version, added)
    return page(request, "question", version=version, section=section, form=form, refusal=refusal)


@edit_methods
@builds
def change(request: SignedInRequest, pk: int, code: str) -> HttpResponse:
    version, refusal = draft_of(request, pk), ""
    question = question_of(version.definition, code)
    published = used(version).options_of(code)
    form = QuestionForm(
        request.POST if request.method == "POST" else None,
        kind=question.kind,
        question=question,
        audiences=audiences(),
        published=published,
    )
    if form.is_valid():
        refusal = save(request, version, lambda it: _changed(request, it, form, published))
        if not refusal:
            return _onwards(request, version, code)
    return page(
        request,
        "question",
        version=version,
        question=question,
        form=form,
        refusal=refusal,
        move=MoveForm(definition=version.definition, question=code),
    )


def _changed(
    request: SignedInRequest, definition: Definition, form: QuestionForm, published: Any
) -> Definition:
    """As typed, and then the answer beside whose button was pressed moved or removed."""
    code = form.given().code
    changed = editing.change_question(definition, form.given(), used=set(published))
    do, _, option = request.POST.get("do", "").partition(":")
    if do == "remove":
        return editing.remove_option(changed, code, option)
    if do in UP_OR_DOWN:
        return editing.move_option(changed, code, option, UP_OR_DOWN[do])
    return changed


def _onwards(request: SignedInRequest, version: Version, code: str) -> HttpResponse:
    """Back to the draft, or on with the answers."""
    pk = version.questionnaire_id
    if request.POST.get("do", "save") == "save":
        return redirect(f"{reverse('questionnaires:draft', args=[pk])}#question-{code}")
    return redirect(f"{reverse('questionnaires:question', args=[pk, code])}#answers")


@require_POST
@builds
def move(request: SignedInRequest, pk: int, code: str) -> HttpResponse:
    """Up, down, or to another page."""
    version = draft_of(request, pk)
    question_of(version.definition, code)
    form = MoveForm(request.POST, definition=version.definition, question=code)

    def moved(it: Definition) -> Definition:
        if form.is_valid():
            return editing.place_question(it, code, form.cleaned_data["section"])
        by = UP_OR_DOWN.get(request.POST.get("do", ""), 0)
        return editing.move_question(it, code, by)

    if refusal := save(request, version, moved):
        messages.warning(request, refusal)
    return redirect(f"{reverse('questionnaires:draft', args=[pk])}#question-{code}")


@edit_methods
@builds
def remove(request: SignedInRequest, pk: int, code: str) -> HttpResponse:
    version, refusal = draft_of(request, pk), ""
    question = question_of(version.definition, code)
    if request.method == "POST":
        refusal = save(request, version, lambda it: editing.remove_question(it, code))
        if not refusal:
            messages.success(request, "The question is removed.")
            return redirect("questionnaires:draft", pk)
    return page(request, "remove", version=version, refusal=refusal, question=question)


def question_of(definition: Definition, code: str) -> Question:
    found = definition.by_code.get(code)
    if found is None:
        raise Http404
    return found
