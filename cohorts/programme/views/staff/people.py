"""The people of a cohort, and one of them: for Staff College's admins alone. Each look is written
down.
"""

from typing import Any

from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_safe

from cohorts.programme import participation, policies, roster
from cohorts.programme.enums import AdjustmentState
from cohorts.programme.forms.people import PeopleForm
from cohorts.programme.models import Enrolment
from cohorts.programme.views.staff.places import about_place
from cohorts.programme.views.staff.shared import cohort_of, page
from lic_site.accounts import audit
from lic_site.accounts.guards import allowed, fetch
from lic_site.accounts.requests import SignedInRequest

PER_PAGE = 25


@require_safe
@allowed("search_participants", policies)
def people(request: SignedInRequest, slug: str) -> HttpResponse:
    """Only the page's own standings are worked out, unless the search asks for them all."""
    cohort, now = cohort_of(request, slug), timezone.now()
    form = PeopleForm(request.GET or None, cohort=cohort)
    wanted = form.cleaned_data if form.is_valid() else {}
    sort = request.GET.get("sort", "")
    found = roster.search(request.person, cohort, wanted, sort, now)
    shown = Paginator[Any](found, PER_PAGE).get_page(request.GET.get("page"))
    audit.record("programme.participants_viewed", by=request.person, at=now, thing=cohort)
    return page(
        request,
        "people",
        cohort,
        form=form,
        page=shown,
        rows=roster.rows_of(shown, now),
        expected=roster.expected_in(request.person, cohort),
        is_narrowed=any(wanted.values()),
        query=request.GET.urlencode(),
    )


@require_safe
@allowed("search_participants", policies)
def person(request: SignedInRequest, slug: str, pk: int) -> HttpResponse:
    """One participant: where they stand, what happened to their place, what is theirs."""
    cohort, now = cohort_of(request, slug), timezone.now()
    places = roster.people_of(request.person, cohort).select_related(
        "deferred_to", "successor__cohort"
    )
    shown = fetch(policies, request.person, places, pk=pk)
    audit.record(
        "programme.participant_viewed",
        by=request.person,
        at=now,
        thing=shown,
        subject=shown.person,
    )
    (row,) = roster.rows_of([shown], now)
    needs = list(shown.needs.values_list("state", flat=True))
    return page(
        request,
        "person",
        cohort,
        row=row,
        held=participation.held_of(request.person, shown),
        elsewhere=_elsewhere(request, shown),
        needs=len(needs),
        needs_open=needs.count(AdjustmentState.WORKING),
        **about_place(request, shown),
    )


def _elsewhere(request: SignedInRequest, shown: Enrolment) -> QuerySet[Enrolment]:
    """The person's places in other cohorts."""
    others = Enrolment.objects.filter(person=shown.person_id).exclude(pk=shown.pk)
    return policies.visible(request.person, others).select_related("cohort").order_by("-pk")
