"""``/staff/surveys/<pk>/answers/``: what was named to the programme team. Each look is written
down, of everybody whose answers are looked at, so that they can see it.
"""

from collections.abc import Iterable

from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from lic_site.accounts import audit
from lic_site.accounts.guards import allowed, fetch, must
from lic_site.accounts.requests import SignedInRequest
from lic_site.common.spreadsheets import download
from lic_site.surveys import policies
from lic_site.surveys.models import Response, Wave
from lic_site.surveys.replies import replies

PER_PAGE = 10


@require_safe
@allowed("see_named", policies)
def answers(request: SignedInRequest, pk: int) -> HttpResponse:
    """Ten people a page."""
    wave = _fetch(request, pk)
    page = Paginator(_responses(request, wave), PER_PAGE).get_page(request.GET.get("page"))
    _write_down("surveys.answers_viewed", request, wave, page)
    found = [(each, list(replies(each))) for each in page]
    context = {"wave": wave, "page": page, "found": found, "sees_waves": True}
    return render(request, "surveys/results/answers.html", context)


@require_POST
@allowed("see_named", policies)
def export(request: SignedInRequest, pk: int) -> HttpResponseBase:
    """A row for each person, a column for each question."""
    wave = _fetch(request, pk)
    responses = list(_responses(request, wave))
    _write_down("surveys.answers_exported", request, wave, responses)
    questions = list(wave.version.definition.questions()) if wave.version else []
    rows = []
    for each in responses:
        said = {reply.code: reply.line for reply in replies(each)}
        name = each.person.name if each.person else ""
        rows.append([name, each.on, *(said.get(question.code, "") for question in questions)])
    return download("answers", ["Name", "Day", *(each.words for each in questions)], rows)


def _fetch(request: SignedInRequest, pk: int) -> Wave:
    waves = Wave.objects.select_related("version", "questionnaire")
    wave = fetch(policies, request.person, waves, pk=pk)
    must(policies.can(request.person, "see_named", wave))
    return wave


def _responses(request: SignedInRequest, wave: Wave) -> QuerySet[Response]:
    found = wave.responses.filter(person__isnull=False).select_related("wave__version", "person")
    return (
        policies.visible(request.person, found)
        .prefetch_related("answers", "comments")
        .order_by("person__family_name", "person__given_name", "pk")
    )


def _write_down(
    verb: str, request: SignedInRequest, wave: Wave, responses: Iterable[Response]
) -> None:
    about = [(wave, each.person) for each in responses if each.person]
    audit.record_each(verb, by=request.person, at=timezone.now(), about=about)
