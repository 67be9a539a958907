"""When a page or a question of a draft is asked."""

from collections.abc import Callable
from dataclasses import dataclass

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect

from lic_site.accounts.requests import SignedInRequest
from lic_site.common.posted import edit_methods
from lic_site.surveys import editing
from lic_site.surveys.definition import Condition, Definition, Question
from lic_site.surveys.forms.building.conditions import ConditionForm
from lic_site.surveys.views.building.drafts import section_of
from lic_site.surveys.views.building.questions import question_of
from lic_site.surveys.views.building.shared import builds, draft_of, page, save


@dataclass(frozen=True)
class Target:
    """What is asked only on a condition."""

    words: str
    is_page: bool
    when: Condition | None
    earlier: list[Question]
    """What it can depend on."""
    put: Callable[[Definition, Condition | None], Definition]


def _target(definition: Definition, what: str, code: str) -> Target:
    is_page = what == "pages"
    if is_page:
        section = section_of(definition, code)
        words, when = section.title, section.when
    else:
        question = question_of(definition, code)
        section = next(each for each in definition.sections if question in each.questions)
        words, when = question.words, question.when
    before = definition.sections[: definition.sections.index(section)]
    change = editing.set_section_condition if is_page else editing.set_question_condition
    return Target(
        words=words,
        is_page=is_page,
        when=when,
        earlier=[each for earlier in before for each in earlier.questions],
        put=lambda it, condition: change(it, code, condition),
    )


@edit_methods
@builds
def condition(request: SignedInRequest, pk: int, what: str, code: str) -> HttpResponse:
    """``?on=`` names the earlier question; without it, choose one first."""
    version = draft_of(request, pk)
    target = _target(version.definition, what, code)
    on = request.GET.get("on", "")
    asked = next((each for each in target.earlier if each.code == on), None)
    form, refusal = None, ""
    if request.POST.get("do") == "clear":
        refusal = save(request, version, lambda it: target.put(it, None))
        if not refusal:
            messages.success(request, "It is always asked now.")
            return redirect("questionnaires:draft", pk)
    elif asked:
        data = request.POST if request.method == "POST" else None
        when = target.when if target.when and target.when.question == asked.code else None
        form = ConditionForm(data, asked=asked, when=when)
        if form.is_valid():
            refusal = save(request, version, lambda it: target.put(it, form.given()))
            if not refusal:
                return redirect("questionnaires:draft", pk)
    return page(request, "condition", version=version, target=target, form=form, refusal=refusal)
