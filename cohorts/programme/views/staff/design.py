"""A cohort's questions and criteria."""

from typing import Any

from django.http import Http404, HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from cohorts.programme import policies
from cohorts.programme.forms.cohorts import CriterionForm, QuestionForm
from cohorts.programme.models import Criterion, Question
from cohorts.programme.services import design
from cohorts.programme.views.staff.shared import carried_out, cohort_of, page, to
from lic_site.accounts.guards import allowed, fetch
from lic_site.accounts.requests import SignedInRequest
from lic_site.common.posted import edit_methods


@require_safe
@allowed("manage_cohorts", policies)
def questions(request: SignedInRequest, slug: str) -> HttpResponse:
    cohort = cohort_of(request, slug)
    return page(
        request,
        "questions",
        cohort,
        items=cohort.questions.all(),
        locked=design.questions_locked(cohort),
    )


@require_safe
@allowed("manage_cohorts", policies)
def criteria(request: SignedInRequest, slug: str) -> HttpResponse:
    cohort = cohort_of(request, slug)
    items = list(cohort.criteria.all())
    return page(
        request,
        "criteria",
        cohort,
        items=items,
        total=sum(item.weight for item in items),
        locked=design.criteria_locked(cohort),
    )


_KINDS: dict[str, tuple[Any, Any]] = {
    "questions": (Question, QuestionForm),
    "criteria": (Criterion, CriterionForm),
}


def _kind(kind: str) -> tuple[Any, Any]:
    if kind not in _KINDS:
        raise Http404
    return _KINDS[kind]


@edit_methods
@allowed("manage_cohorts", policies)
def change_item(
    request: SignedInRequest, slug: str, kind: str, pk: int | None = None
) -> HttpResponse:
    """Add or change a question or a criterion."""
    cohort = cohort_of(request, slug)
    model, form_class = _kind(kind)
    item = model(cohort=cohort)
    if pk is not None:
        item = fetch(policies, request.person, model.objects.filter(cohort=cohort), pk=pk)
    form = form_class(request.POST or None, instance=item)
    if request.method == "POST" and form.is_valid():
        by, at, values = request.person, timezone.now(), form.cleaned_data
        if carried_out(request, form, lambda: design.save_item(item=item, by=by, at=at, **values)):
            return to(kind, slug)
    return page(request, "item_edit", cohort, form=form, kind=kind, is_new=pk is None)


@require_POST
@allowed("manage_cohorts", policies)
def arrange_item(request: SignedInRequest, slug: str, kind: str, pk: int) -> HttpResponse:
    """Move a question or a criterion up or down, or take it out."""
    cohort = cohort_of(request, slug)
    model, _ = _kind(kind)
    item = fetch(policies, request.person, model.objects.filter(cohort=cohort), pk=pk)
    by, at = request.person, timezone.now()
    match request.POST.get("do"):
        case "remove":
            carried_out(request, None, lambda: design.remove_item(item=item, by=by, at=at))
        case "up" | "down" as way:
            carried_out(
                request,
                None,
                lambda: design.move_item(item=item, up=way == "up", by=by, at=at),
            )
    return to(kind, slug)
