"""One cohort at a glance: what needs somebody now, then where it stands. Counts, no names."""

from typing import Any

from django.http import HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_safe

from cohorts.programme import boards, overview, policies
from cohorts.programme.enums import CohortState
from cohorts.programme.models import Cohort, Interest
from cohorts.programme.services import cohorts as verbs
from cohorts.programme.views.staff.shared import cohort_of, page
from cohorts.programme.work import Facts, facts_of, laid_out, of_cohort
from lic_site.accounts.guards import allowed
from lic_site.accounts.requests import SignedInRequest

CHOOSING = (CohortState.OPEN, CohortState.SELECTING)
NEXT_DATES = 4
ELSEWHERE = {"open", "closing", "starts", "ended"}
"""Work that the page's own next step is about: not said twice."""


@require_safe
@allowed("see_boards", policies)
def cohort(request: SignedInRequest, slug: str) -> HttpResponse:
    shown = cohort_of(request, slug)
    now = timezone.now()
    facts = facts_of([shown], now)[shown.pk]
    places = overview.places_of(facts)
    can_manage = policies.can(request.person, "manage_cohorts")
    work = [each for each in laid_out(of_cohort(facts)) if each.what not in ELSEWHERE]
    return page(
        request,
        "cohort",
        shown,
        can_manage=can_manage,
        work=work if can_manage else [],
        funnel=facts.funnel,
        places=places,
        stages=list(overview.stages(facts, places)),
        on_offer=facts.funnel.offered,
        free=shown.places - facts.funnel.offered - places.taking_part,
        **(_planning(shown, facts) if shown.state in {CohortState.DRAFT, *CHOOSING} else {}),
        **_running(shown, facts, with_sets=can_manage),
    )


def _planning(cohort: Cohort, facts: Facts) -> dict[str, Any]:
    """Until participants are settled: what is missing, how far the reading is, who may apply."""
    is_draft = cohort.state == CohortState.DRAFT
    known: dict[str, Any] = {"boroughs": cohort.eligible_boroughs.count()}
    if is_draft:
        known["obstacles"] = [each.value for each in verbs.readiness(cohort, facts.at)]
        known["interested"] = Interest.objects.live().filter(programme=cohort.programme_id).count()
    else:
        known["reading"] = boards.reading_of(cohort, facts.today)
    return known


def _running(cohort: Cohort, facts: Facts, *, with_sets: bool) -> dict[str, Any]:
    """Once anybody has heard: the sessions and the messages."""
    if cohort.state == CohortState.DRAFT:
        return {}
    sessions = overview.sessions_of(cohort, facts.at, with_sets=with_sets)
    return {
        "sessions": sessions,
        "next_dates": sessions.ahead[:NEXT_DATES],
        "messages_about": overview.messages_of(cohort),
    }
