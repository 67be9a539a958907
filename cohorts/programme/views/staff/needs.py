"""What participants need, each answered. Every look is written down."""

from functools import partial

from django.contrib import messages
from django.http import HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from cohorts.programme import policies
from cohorts.programme.enums import AdjustmentState, NeedKind
from cohorts.programme.forms.needs import AnswerForm
from cohorts.programme.models import Cohort, Enrolment, Need
from cohorts.programme.needed import Count, counts
from cohorts.programme.services import needs as verbs
from cohorts.programme.views.staff.shared import carried_out, cohort_of, page, to
from lic_site.accounts import audit
from lic_site.accounts.guards import allowed, fetch
from lic_site.accounts.requests import SignedInRequest
from lic_site.common.posted import edit_methods

ANSWERED = (NeedKind.DIET, NeedKind.ACCESS)
"""Kinds to which there is a reply: whom to ring is only noted."""


def _places(request: SignedInRequest, cohort: Cohort) -> list[Enrolment]:
    """Active participants, by name."""
    found = Enrolment.objects.active().filter(cohort=cohort).select_related("person")
    seen = policies.visible(request.person, found)
    return sorted(seen, key=lambda each: (each.person.name.casefold(), each.pk))


def told(request: SignedInRequest, cohort: Cohort, *kinds: NeedKind) -> list[Need]:
    """What active participants have said that they need, once they sent it, 'nothing' left out."""
    active = Enrolment.objects.active().filter(cohort=cohort, needs_told_at__isnull=False)
    found = Need.objects.filter(enrolment__in=active, kind__in=kinds)
    seen = policies.visible(request.person, found.select_related("enrolment__person"))
    named = sorted(seen, key=lambda need: (need.enrolment.person.name.casefold(), need.pk))
    return [need for need in named if need.is_something]


@require_safe
@allowed("see_needs", policies)
def needs(request: SignedInRequest, slug: str) -> HttpResponse:
    cohort = cohort_of(request, slug)
    places = _places(request, cohort)
    asked = told(request, cohort, *ANSWERED)
    audit.record_each(
        "programme.need_viewed",
        by=request.person,
        at=timezone.now(),
        about=[(need, need.enrolment.person) for need in asked],
    )
    open_now = [need for need in asked if need.state == AdjustmentState.WORKING]
    return page(
        request,
        "needs",
        cohort,
        people=len(places),
        untold=[place for place in places if place.needs_told_at is None],
        asked=asked,
        waiting=len(open_now),
        due_on=verbs.needs_due_on(cohort),
        gives_contact=verbs.gives_contact(cohort),
    )


@edit_methods
@allowed("see_needs", policies)
def answer(request: SignedInRequest, slug: str, pk: int) -> HttpResponse:
    cohort = cohort_of(request, slug)
    found = Need.objects.filter(
        enrolment__cohort=cohort, enrolment__needs_told_at__isnull=False, kind__in=ANSWERED
    )
    need = fetch(policies, request.person, found.select_related("enrolment__person"), pk=pk)
    by, at = request.person, timezone.now()
    audit.record("programme.need_viewed", by=by, at=at, thing=need, subject=need.enrolment.person)
    initial = {"state": need.state, "reply": need.reply} if need.answered_at else {}
    said_at = need.told_at.isoformat()
    given = request.POST.copy() if request.method == "POST" else None
    form = AnswerForm(given, initial={**initial, "told_at": said_at})
    if given is not None and form.is_valid():
        data = form.cleaned_data
        given["told_at"] = said_at  # if it was changed meanwhile: the page shows how it is now
        if carried_out(
            request,
            form,
            lambda: verbs.answer_need(
                need=need,
                said_at=data["told_at"],
                state=AdjustmentState(data["state"]),
                reply=data["reply"],
                by=by,
                at=at,
            ),
            "The participant can read your reply, and is told by e-mail that there is one.",
        ):
            return to("staff_needs", slug)
    return page(request, "need", cohort, form=form, need=need)


@require_POST
@allowed("see_needs", policies)
def remind(request: SignedInRequest, slug: str) -> HttpResponse:
    """One participant who has not told us, or with no one named all of them."""
    cohort = cohort_of(request, slug)
    wanted = request.POST.get("place")
    untold = [each for each in _places(request, cohort) if each.needs_told_at is None]
    chosen = [each for each in untold if wanted in {None, str(each.pk)}]
    by, at = request.person, timezone.now()
    asked = [
        carried_out(request, None, partial(verbs.ask_needs, enrolment=place, by=by, at=at))
        for place in chosen
    ]
    messages.success(request, _said(sum(asked)))
    return to("staff_needs", slug)


def _said(count: int) -> str:
    if count == 0:
        return "Nobody is left to remind."
    return "A reminder is on its way." if count == 1 else f"{count} reminders are on their way."


def counted(request: SignedInRequest, cohort: Cohort) -> list[Count]:
    """For the venue, without names: those who have told us and take part."""
    return counts((need.kind, need.codes) for need in told(request, cohort, *ANSWERED))


@require_safe
@allowed("see_needs", policies)
def venue(request: SignedInRequest, slug: str) -> HttpResponse:
    cohort = cohort_of(request, slug)
    places = _places(request, cohort)
    found = counted(request, cohort)
    audit.record("programme.venue_viewed", by=request.person, at=timezone.now(), thing=cohort)
    return page(
        request,
        "needs_venue",
        cohort,
        people=len(places),
        told=sum(1 for place in places if place.needs_told_at),
        groups=[(kind, [each for each in found if each.kind == kind]) for kind in ANSWERED],
    )
