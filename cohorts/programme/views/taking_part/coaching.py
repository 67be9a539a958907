"""Coaching that a participant books, changes and gives back."""

from collections.abc import Callable

from django.contrib import messages
from django.db.models import QuerySet
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from cohorts.programme import diary, policies
from cohorts.programme.enums import TOLD_STATES
from cohorts.programme.models import Enrolment, Session
from cohorts.programme.policies import session_words
from cohorts.programme.services.sessions import slots as verbs
from cohorts.programme.views.staff.finding import number
from cohorts.programme.views.taking_part.home import own_place
from lic_site.accounts.guards import must, person_required
from lic_site.accounts.requests import SignedInRequest
from lic_site.common.errors import Refusal
from lic_site.common.posted import edit_methods


@edit_methods
@person_required
def coaching(request: SignedInRequest, slug: str) -> HttpResponse:
    """What one holds first, then what is free."""
    enrolment, now = own_place(request, slug), timezone.now()
    must(policies.can(request.person, "change_own_place", enrolment))
    if request.method == "POST":
        _act(request, enrolment)
        return redirect("programme:coaching", slug)
    slots = diary.with_leaders(_slots(request, enrolment))
    held = slots.filter(participant=enrolment, ends_at__gt=now).first()
    free = slots.filter(participant=None, starts_at__gt=now + verbs.CUT_OFF)
    context = {
        "cohort": enrolment.cohort,
        "held": held,
        "can_change": held is None or held.starts_at > now + verbs.CUT_OFF,
        "free": list(free) if enrolment.cohort.state in TOLD_STATES else [],
        "past": list(slots.filter(participant=enrolment, ends_at__lte=now)),
        "who_sees": session_words.COACHING,
    }
    return render(request, "programme/taking_part/coaching.html", context)


def _slots(request: SignedInRequest, enrolment: Enrolment) -> QuerySet[Session]:
    slots = Session.objects.live().filter(cohort=enrolment.cohort_id, is_slot=True)
    return policies.visible(request.person, slots)


def _act(request: SignedInRequest, enrolment: Enrolment) -> None:
    """One that somebody else has won meanwhile is refused by the verb, in words."""
    slots = Session.objects.filter(cohort=enrolment.cohort_id, is_slot=True)
    slot = slots.filter(pk=number(request.POST.get("slot"))).first()
    verb, said = _ACTS.get(request.POST.get("do", ""), (None, ""))
    if slot is None or verb is None:
        raise Http404
    try:
        verb(slot=slot, enrolment=enrolment, by=request.person, at=timezone.now())
    except Refusal as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, said)


_ACTS: dict[str, tuple[Callable[..., object], str]] = {
    "book": (verbs.book_slot, "The time is yours. You are told by e-mail as well."),
    "give_back": (
        verbs.give_back_slot,
        "You gave the time back. Somebody else can have it now.",
    ),
}
