"""What anybody may read and do: a cohort's start page, 'tell me when applications open'."""

from typing import cast

from allauth.core.ratelimit import consume_or_429
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone

from cohorts.programme import policies
from cohorts.programme.enums import CohortState
from cohorts.programme.forms.public import InterestForm
from cohorts.programme.models import Application, Cohort, Programme
from cohorts.programme.services import interest as verbs
from lic_site.accounts.enums import GradeBand
from lic_site.accounts.guards import fetch
from lic_site.accounts.requests import PersonRequest
from lic_site.common.posted import posted


def start(request: HttpRequest, slug: str) -> HttpResponse:
    """What the cohort is, whom it is for, when, what is asked, who sees it."""
    person = cast("PersonRequest", request).person
    cohort = fetch(policies, person, Cohort.objects.select_related("programme"), slug=slug)
    now = timezone.now()
    grades = [grade.label for grade in GradeBand if grade.value in cohort.eligible_grades]
    mine = Application.objects.live().filter(cohort=cohort, applicant=person) if person else None
    is_draft = cohort.state == CohortState.DRAFT
    is_open = Cohort.objects.open_at(now).filter(pk=cohort.pk).exists()
    opens_later = cohort.state == CohortState.OPEN and cohort.applications_open_at > now
    context = {
        "cohort": cohort,
        "sessions": cohort.sessions.for_all(),
        "questions": cohort.questions.all(),
        "boroughs": list(cohort.eligible_boroughs.values_list("name", flat=True)),
        "grades": grades if len(grades) < len(GradeBand) else [],
        "is_draft": is_draft,
        "is_open": is_open,
        "opens_later": opens_later,
        "is_over": not (is_draft or is_open or opens_later),
        "mine": mine.first() if mine is not None else None,
    }
    return render(request, "programme/public/start.html", context)


def interest(request: HttpRequest, slug: str) -> HttpResponse:
    """'Tell me when applications open'. The answer is the same whoever asks."""
    programme = get_object_or_404(Programme, slug=slug)
    person = cast("PersonRequest", request).person
    initial = {"given_name": person.given_name, "email": person.address_for()} if person else None
    form = InterestForm(posted(request), initial=initial)
    if request.method == "POST" and form.is_valid():
        if (too_many := consume_or_429(request, action="interest")) is not None:
            return cast("HttpResponse", too_many)
        verbs.note_interest(programme=programme, by=person, at=timezone.now(), **form.cleaned_data)
        return redirect("programme:interest_noted", slug=slug)
    context = {"programme": programme, "form": form}
    return render(request, "programme/public/interest.html", context)


def interest_noted(request: HttpRequest, slug: str) -> HttpResponse:
    programme = get_object_or_404(Programme, slug=slug)
    return render(request, "programme/public/interest_noted.html", {"programme": programme})


def interest_end(request: HttpRequest, token: str) -> HttpResponse:
    """The link in the message: a page with one button."""
    found = verbs.find_interest(token)
    if found is None:
        return render(request, "programme/public/link_ended.html", status=404)
    if request.method == "POST":
        verbs.end_interest(interest=found, at=timezone.now())
        return redirect("programme:interest_end", token=token)
    context = {"programme": found.programme, "ended": found.ended_at is not None}
    return render(request, "programme/public/interest_end.html", context)
