"""Coaching slots of a cohort: a row of them added at once, and who has booked which."""

from collections.abc import Sequence
from typing import Any

from django.http import HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_safe

from cohorts.programme import diary, policies
from cohorts.programme.clashes import Clash
from cohorts.programme.forms.coaching import SlotsForm
from cohorts.programme.models import Cohort, Session
from cohorts.programme.services.sessions import slots as verbs
from cohorts.programme.views.staff.finding import matching
from cohorts.programme.views.staff.sessions import fingerprint
from cohorts.programme.views.staff.shared import carried_out, cohort_of, page, to
from lic_site.accounts.guards import allowed
from lic_site.accounts.requests import SignedInRequest
from lic_site.common.posted import edit_methods


@require_safe
@allowed("manage_cohorts", policies)
def slots(request: SignedInRequest, slug: str) -> HttpResponse:
    cohort, now = cohort_of(request, slug), timezone.now()
    found = policies.visible(
        request.person, Session.objects.filter(cohort=cohort, is_slot=True).live()
    )
    rows = list(diary.with_leaders(found))
    coming = [each for each in rows if each.ends_at > now]
    return page(
        request,
        "slots",
        cohort,
        coming=coming,
        past=[each for each in reversed(rows) if each.ends_at <= now],
        free=sum(1 for each in coming if each.participant_id is None),
    )


@edit_methods
@allowed("manage_cohorts", policies)
def add_slots(request: SignedInRequest, slug: str) -> HttpResponse:
    cohort, now = cohort_of(request, slug), timezone.now()
    form = SlotsForm(request.POST or None, find=lambda words: matching(request.person, words))
    clashes: Sequence[Clash] = ()
    if request.method == "POST" and form.is_valid():
        by, plan = request.person, form.plan()
        clashes = _unseen_clashes(request, cohort, plan)
        if not clashes and carried_out(
            request,
            form,
            lambda: verbs.add_slots(cohort=cohort, by=by, at=now, **plan),
            "The slots are added.",
        ):
            return to("slots", slug)
    return page(request, "slots_add", cohort, form=form, clashes=clashes, seen=fingerprint(clashes))


def _unseen_clashes(
    request: SignedInRequest, cohort: Cohort, plan: dict[str, Any]
) -> Sequence[Clash]:
    """What speaks against any of the slots, unless it was shown already."""
    planned = [
        Session(cohort=cohort, is_slot=True, starts_at=slot.starts_at, ends_at=slot.ends_at)
        for slot in plan["slots"]
    ]
    found = diary.clashes_of(cohort, planned, at=timezone.now(), coach=plan["coach"])[0]
    return [] if request.POST.get("seen") == fingerprint(found) else found
