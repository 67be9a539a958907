"""A version, page by page, as whoever answers sees it. Every page is shown, whatever the
conditions: they are told instead.
"""

from urllib.parse import urlencode

from django.http import Http404, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_safe

from lic_site.accounts.requests import SignedInRequest
from lic_site.surveys.definition import Condition, Section
from lic_site.surveys.enums import VersionState
from lic_site.surveys.forms.answering import AnswersForm
from lic_site.surveys.views.building.shared import builds, page, version_of


@require_safe
@builds
def preview(request: SignedInRequest, pk: int, number: int, page_number: int) -> HttpResponse:
    version = version_of(request, pk, number)
    definition = version.definition
    sections = [each for each in definition.sections if each.questions]
    if not 0 < page_number <= len(sections):
        raise Http404
    section = sections[page_number - 1]
    audiences = sorted({name for each in definition.questions() for name in each.other_words})
    audience = request.GET.get("audience", "")
    is_draft = version.state == VersionState.DRAFT
    return page(
        request,
        "preview",
        version=version,
        questionnaire=version.questionnaire,
        definition=definition,
        section=section,
        form=AnswersForm(section.questions, {}, audience=audience),
        conditions=_conditions(section, audience),
        audiences=audiences,
        audience=audience if audience in audiences else "",
        query=f"?{urlencode({'audience': audience})}" if audience in audiences else "",
        number=page_number,
        total=len(sections),
        back=reverse("questionnaires:draft" if is_draft else "questionnaires:one", args=[pk]),
    )


def _conditions(section: Section, audience: str) -> list[tuple[str, Condition]]:
    found = [(section.title, section.when)] if section.when else []
    return found + [
        (each.words_for(audience), each.when) for each in section.questions if each.when
    ]
