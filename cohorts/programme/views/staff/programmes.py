"""The programme: strands, legal ground, money."""

from typing import Any

from django.db.models import Sum
from django.forms import ModelForm
from django.http import Http404, HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from cohorts.programme import boards, policies
from cohorts.programme.enums import StrandKind
from cohorts.programme.forms.programmes import (
    FundingForm,
    PositiveActionForm,
    ProgrammeForm,
    StrandForm,
)
from cohorts.programme.models import Cohort, Funding, PositiveActionRecord, Programme, Strand
from cohorts.programme.services.programmes import remove_funding, save_part
from cohorts.programme.views.staff.shared import carried_out, page, to
from lic_site.accounts.guards import allowed, fetch
from lic_site.accounts.requests import SignedInRequest
from lic_site.common.posted import edit_methods


def _programme(request: SignedInRequest, slug: str) -> Programme:
    return fetch(policies, request.person, Programme.objects.all(), slug=slug)


@require_safe
@allowed("see_programme", policies)
def programmes(request: SignedInRequest) -> HttpResponse:
    """Every programme; where there is one, that one's page."""
    found = list(policies.visible(request.person, Programme.objects.all())[:2])
    if len(found) == 1:
        return to("programme", found[0].slug)
    rows = policies.visible(request.person, Programme.objects.all())
    return page(request, "programmes", programmes=rows)


@require_safe
@allowed("see_programme", policies)
def programme(request: SignedInRequest, slug: str) -> HttpResponse:
    shown = _programme(request, slug)
    funding = policies.visible(request.person, Funding.objects.filter(programme=shown))
    cohorts = list(policies.visible(request.person, Cohort.objects.filter(programme=shown)))
    funnels = boards.funnels(cohorts)
    record = policies.visible(
        request.person, PositiveActionRecord.objects.filter(programme=shown)
    ).first()
    return page(
        request,
        "programme",
        programme=shown,
        strands=shown.strands.all(),
        strand_kinds=StrandKind.choices,
        record=record,
        is_review_due=record is not None and record.review_on <= timezone.localdate(),
        funding=funding,
        totals=funding.aggregate(
            allocated=Sum("allocated"), committed=Sum("committed"), spent=Sum("spent")
        ),
        cohorts=[(cohort, funnels[cohort.pk]) for cohort in cohorts],
    )


@edit_methods
@allowed("change_programme", policies)
def change_programme(request: SignedInRequest, slug: str) -> HttpResponse:
    shown = _programme(request, slug)
    form = ProgrammeForm(request.POST or None, instance=shown)
    return _edit(request, form, shown, heading="The programme")


@edit_methods
@allowed("change_programme", policies)
def change_strand(request: SignedInRequest, slug: str, kind: str) -> HttpResponse:
    shown = _programme(request, slug)
    if kind not in StrandKind:
        raise Http404
    strand = shown.strands.filter(kind=kind).first() or Strand(
        programme=shown, kind=StrandKind(kind)
    )
    form = StrandForm(request.POST or None, instance=strand)
    return _edit(request, form, shown, heading=strand.get_kind_display())


@edit_methods
@allowed("change_programme", policies)
def change_positive_action(request: SignedInRequest, slug: str) -> HttpResponse:
    shown = _programme(request, slug)
    record = PositiveActionRecord.objects.filter(programme=shown).first()
    form = PositiveActionForm(
        request.POST or None, instance=record or PositiveActionRecord(programme=shown)
    )
    return _edit(request, form, shown, heading="Positive-action record", record=True)


@edit_methods
@allowed("change_programme", policies)
def change_funding(request: SignedInRequest, slug: str, pk: int | None = None) -> HttpResponse:
    shown = _programme(request, slug)
    line = Funding(programme=shown)
    if pk is not None:
        line = fetch(policies, request.person, Funding.objects.filter(programme=shown), pk=pk)
    form = FundingForm(request.POST or None, instance=line)
    return _edit(request, form, shown, heading="Funding", funding=line if pk else None)


@require_POST
@allowed("change_programme", policies)
def delete_funding(request: SignedInRequest, slug: str, pk: int) -> HttpResponse:
    shown = _programme(request, slug)
    line = fetch(policies, request.person, Funding.objects.filter(programme=shown), pk=pk)
    remove_funding(funding=line, by=request.person, at=timezone.now())
    return to("programme", slug)


def _edit(
    request: SignedInRequest, form: ModelForm[Any], shown: Programme, **context: Any
) -> HttpResponse:
    """Ask for one part of the programme; saved, back to its page."""
    if request.method == "POST" and form.is_valid():
        part, values = form.instance, form.cleaned_data
        by, at = request.person, timezone.now()
        if carried_out(request, form, lambda: save_part(part=part, by=by, at=at, **values)):
            return to("programme", shown.slug)
    return page(request, "programme_edit", programme=shown, form=form, **context)
