"""A person's applications once they are begun: the list, the status page, withdrawing, an offer."""

from typing import Any

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from cohorts.programme import policies
from cohorts.programme.dates import entries
from cohorts.programme.enums import (
    LIVE_STATES,
    ApplicationState,
    CohortState,
    EnrolmentState,
    OfferState,
)
from cohorts.programme.forms.applying import AcceptForm
from cohorts.programme.journey import timeline
from cohorts.programme.models import Application, Cohort, Enrolment, ManagerSupport, Offer
from cohorts.programme.services import offers, submission
from cohorts.programme.services.errors import NotCommitted
from cohorts.programme.services.needs import needs_wanted
from cohorts.programme.views.applying_tasks import sections_of
from lic_site.accounts.guards import fetch, must, person_required
from lic_site.accounts.requests import SignedInRequest
from lic_site.common.errors import Refusal
from lic_site.common.posted import posted
from lic_site.notices.views.calendars import calendar_file


def _mine(request: SignedInRequest) -> QuerySet[Application]:
    return Application.objects.filter(applicant=request.person).select_related(
        "cohort", "organisation"
    )


def _own(request: SignedInRequest, reference: str) -> Application:
    return fetch(policies, request.person, _mine(request), reference=reference)


@person_required
def applications(request: SignedInRequest) -> HttpResponse:
    mine = policies.own(request.person, _mine(request))
    cohorts = policies.visible(request.person, Cohort.objects.open_at(timezone.now()))
    context = {
        "live": [each for each in mine if each.state in LIVE_STATES],
        "past": [each for each in mine if each.state not in LIVE_STATES],
        "open_cohort": cohorts.exclude(
            applications__in=Application.objects.live().filter(applicant=request.person)
        ).first(),
    }
    return render(request, "programme/applying/applications.html", context)


@person_required
def application(request: SignedInRequest, reference: str) -> HttpResponse:
    """Where it is, what happens next, and everything that was written."""
    this = _own(request, reference)
    offer = _offer(request, this)
    is_open = offer is not None and offer.state == OfferState.OPEN
    events = this.events.order_by("at", "pk").values_list("state", "at")
    context = {
        "application": this,
        "cohort": this.cohort,
        "offer": offer if is_open else None,
        "support": ManagerSupport.objects.filter(application=this).first(),
        "can_ask": policies.can(request.person, "ask_for_support", this),
        "can_exclude": policies.can(request.person, "exclude_readers", this),
        "timeline": list(
            timeline(
                events,
                this.state,
                decisions_by=this.cohort.decisions_by,
                answer_by=offer.expires_at if offer else None,
                starts_on=this.cohort.starts_on,
            )
        ),
        "sections": list(sections_of(this, change=False)),
        "sessions": this.cohort.sessions.for_all(),
        "can_withdraw": policies.can(request.person, "withdraw_application", this),
    }
    return render(request, "programme/applying/application.html", context)


def _offer(request: SignedInRequest, application: Application) -> Offer | None:
    """The latest offer."""
    made = Offer.objects.filter(application=application).select_related("application__cohort")
    return policies.visible(request.person, made).order_by("-made_at", "-pk").first()


@person_required
def withdraw(request: SignedInRequest, reference: str) -> HttpResponse:
    """Ask once more, then withdraw. What was written is kept."""
    this = _own(request, reference)
    if this.state != ApplicationState.WITHDRAWN:
        must(policies.can(request.person, "withdraw_application", this))
    if request.method == "POST":
        try:
            submission.withdraw_application(application=this, by=request.person, at=timezone.now())
        except Refusal as refusal:
            messages.error(request, str(refusal))
    if request.method == "POST" or this.state == ApplicationState.WITHDRAWN:
        return redirect("programme:application", reference=reference)
    context = {
        "application": this,
        "cohort": this.cohort,
        "has_place": this.state in {ApplicationState.OFFERED, ApplicationState.ACCEPTED},
    }
    return render(request, "programme/applying/withdraw.html", context)


@person_required
def offer(request: SignedInRequest, reference: str) -> HttpResponse:
    """A place on offer: the dates, the deadline, yes or no. Answering twice answers once."""
    this = _own(request, reference)
    made = _offer(request, this)
    if made is None:
        return redirect("programme:application", reference=reference)
    form = AcceptForm(posted(request))
    refusal: Refusal | None = None
    if request.method == "POST" and made.state != OfferState.ACCEPTED:
        try:
            offers.accept_offer(
                offer=made, committed=form.is_valid(), by=request.person, at=timezone.now()
            )
        except NotCommitted:
            pass  # the form says so beside its box
        except Refusal as said_no:
            refusal = said_no
        else:
            return redirect("programme:accepted", reference=reference)
    if made.state == OfferState.ACCEPTED:
        return redirect("programme:accepted", reference=reference)
    return render(request, "programme/applying/offer.html", _place(this, made, form, refusal))


@person_required
def decline(request: SignedInRequest, reference: str) -> HttpResponse:
    """Ask once more, then let the place go."""
    this = _own(request, reference)
    made = _offer(request, this)
    if made is None or made.state in {OfferState.DECLINED, OfferState.ACCEPTED}:
        return redirect("programme:application", reference=reference)
    refusal: Refusal | None = None
    if request.method == "POST":
        try:
            offers.decline_offer(offer=made, by=request.person, at=timezone.now())
        except Refusal as said_no:
            refusal = said_no
        else:
            return redirect("programme:application", reference=reference)
    context = _place(this, made, AcceptForm(), refusal)
    return render(request, "programme/applying/decline.html", context)


def _place(
    application: Application, offer: Offer, form: AcceptForm, refusal: Refusal | None
) -> dict[str, Any]:
    return {
        "application": application,
        "cohort": application.cohort,
        "offer": offer,
        "is_open": offer.state == OfferState.OPEN and offer.expires_at > timezone.now(),
        "sessions": application.cohort.sessions.for_all(),
        "form": form,
        "refusal": refusal,
    }


@person_required
def accepted(request: SignedInRequest, reference: str) -> HttpResponse:
    """The confirmation of a place, with its dates."""
    this = _own(request, reference)
    if this.state != ApplicationState.ACCEPTED:
        return redirect("programme:application", reference=reference)
    held = policies.visible(request.person, Enrolment.objects.filter(application=this))
    place = held.select_related("cohort").first()
    context = {
        "application": this,
        "cohort": this.cohort,
        "sessions": this.cohort.sessions.for_all(),
        "over": this.cohort.state in {CohortState.COMPLETE, CohortState.ARCHIVED},
        "asks_needs": place is not None and needs_wanted(place),
    }
    return render(request, "programme/applying/accepted.html", context)


@person_required
def dates(request: SignedInRequest, reference: str) -> HttpResponse:
    """Every date of the person's cohort, for their calendar."""
    cohort = _own(request, reference).cohort
    taking_part = Enrolment.objects.filter(person=request.person, state=EnrolmentState.ACTIVE)
    fetch(policies, request.person, taking_part, cohort=cohort)
    sessions = policies.visible(request.person, cohort.sessions.for_all())
    return calendar_file(list(entries(sessions)))
