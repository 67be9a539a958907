"""Saying beforehand that one cannot come, and catching up on what one missed."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from cohorts.programme import policies
from cohorts.programme.forms.register import ApologyForm, CatchUpForm
from cohorts.programme.models import Apology, Attendance, Enrolment, Material, Session
from cohorts.programme.policies.register_words import who_sees_register
from cohorts.programme.services import register as verbs
from lic_site.accounts.guards import fetch, person_required
from lic_site.accounts.requests import SignedInRequest
from lic_site.common.errors import Refusal
from lic_site.common.posted import edit_methods


def _expected(request: SignedInRequest, slug: str, pk: int) -> tuple[Session, Enrolment]:
    """The session, and the person's place by which they are expected at it; or a 404."""
    session = fetch(
        policies,
        request.person,
        Session.objects.filter(cohort__slug=slug).select_related("cohort"),
        pk=pk,
    )
    mine = Enrolment.objects.expected_at(session).filter(person=request.person)
    place = policies.visible(request.person, mine).first()
    if place is None or not policies.can(request.person, "change_own_place", place):
        raise Http404
    return session, place


@edit_methods
@person_required
def apologise(request: SignedInRequest, slug: str, pk: int) -> HttpResponse:
    """'I cannot come', why if one wants to say, and taking it back until the session starts."""
    session, place = _expected(request, slug, pk)
    given = Apology.objects.filter(session=session, enrolment=place).first()
    initial = {"words": given.words if given else ""}
    said = request.POST if request.method == "POST" else None
    form = ApologyForm(said, initial=initial, who_sees=who_sees_register("apology"))
    if form.is_valid():
        by, at = request.person, timezone.now()
        takes_back = request.POST.get("do") == "withdraw"
        try:
            if takes_back:
                verbs.withdraw_apology(session=session, enrolment=place, by=by, at=at)
            else:
                words = form.cleaned_data["words"]
                verbs.send_apology(session=session, enrolment=place, words=words, by=by, at=at)
        except Refusal as refusal:
            form.add_error(None, str(refusal))
        else:
            if takes_back:
                messages.success(request, "Good: you are expected again.")
            return redirect("programme:apologise", slug, pk)
    now = timezone.now()
    context = {
        "session": session,
        "cohort": session.cohort,
        "given": given,
        "form": form,
        "is_open": session.starts_at > now and session.cancelled_at is None,
        "is_changing": "change" in request.GET or form.is_bound,
    }
    return render(request, "programme/taking_part/cannot_come.html", context)


@edit_methods
@person_required
def catch_up(request: SignedInRequest, slug: str, pk: int) -> HttpResponse:
    """What there is of a missed session, and saying in one line that one has caught up."""
    mine = Attendance.objects.missed().filter(
        enrolment__person=request.person, session__cohort__slug=slug, session__cancelled_at=None
    )
    joined = mine.select_related("session__cohort", "enrolment")
    missed = fetch(policies, request.person, joined, session=pk)
    said = request.POST if request.method == "POST" else None
    form = CatchUpForm(said, who_sees=who_sees_register("catch_up"))
    if form.is_valid():
        by, at, words = request.person, timezone.now(), form.cleaned_data["words"]
        try:
            verbs.report_catch_up(attendance=missed, words=words, by=by, at=at)
        except Refusal as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, "Thank you. Somebody will confirm it, and then it counts.")
            return redirect("programme:catch_up", slug, pk)
    shared = Material.objects.filter(session=missed.session, shared_at__isnull=False)
    context = {
        "missed": missed,
        "session": missed.session,
        "cohort": missed.session.cohort,
        "materials": policies.visible(request.person, shared),
        "form": form,
    }
    return render(request, "programme/taking_part/catch_up.html", context)
