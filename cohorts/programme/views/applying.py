"""Applying: whether it is for me, my details, each question, what I need."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone

from cohorts.programme import policies
from cohorts.programme.forms.applying import (
    AdjustmentsForm,
    AnswerForm,
    DetailsForm,
    EligibilityForm,
)
from cohorts.programme.models import Application, Cohort, Question
from cohorts.programme.services import applications, submission
from cohorts.programme.views.applying_tasks import tasks_of
from cohorts.programme.views.drafts import address, keep, of_own, onward, own_live, step_page
from cohorts.programme.words import count_words
from lic_site.accounts.enums import GradeBand
from lic_site.accounts.guards import fetch, person_required
from lic_site.accounts.requests import SignedInRequest
from lic_site.common.errors import Refusal
from lic_site.common.posted import posted


@person_required
def begin(request: SignedInRequest, slug: str) -> HttpResponse:
    """The one question about eligibility. A no is not kept."""
    if own_live(request, slug) is not None:
        return redirect("programme:tasks", slug=slug)
    cohort = fetch(policies, request.person, Cohort.objects.all(), slug=slug)
    form = EligibilityForm(posted(request))
    context: dict[str, Any] = {"cohort": cohort, "form": form}
    if request.method == "POST" and form.is_valid():
        try:
            application = applications.start_application(
                cohort=cohort,
                says_eligible=form.cleaned_data["eligible"] == "yes",
                by=request.person,
                at=timezone.now(),
            )
        except applications.NotEligible as no:
            return not_for_you(request, cohort, no)
        except Refusal as refusal:
            context["refusal"] = refusal
        else:
            return redirect(address("details", application))
    return render(request, "programme/applying/begin.html", context)


def not_for_you(request: HttpRequest, cohort: Cohort, no: applications.NotEligible) -> HttpResponse:
    grades = [grade.label for grade in GradeBand if grade.value in cohort.eligible_grades]
    boroughs = list(cohort.eligible_boroughs.values_list("name", flat=True))
    context = {"cohort": cohort, "why": no.why, "grades": grades, "boroughs": boroughs}
    return render(request, "programme/applying/not_for_you.html", context)


@of_own("write_application")
def tasks(request: SignedInRequest, application: Application) -> HttpResponse:
    gaps = list(submission.gaps(application))
    items = tasks_of(application, gaps)
    context = {
        "application": application,
        "cohort": application.cohort,
        "tasks": items,
        "done": sum(task.is_done for task in items if task.is_needed),
        "needed": sum(task.is_needed for task in items),
        "ready": not gaps,
        "late": application.cohort.applications_close_at <= timezone.now(),
    }
    return render(request, "programme/applying/tasks.html", context)


@of_own("write_application")
def details(request: SignedInRequest, application: Application) -> HttpResponse:
    person = request.person
    form = DetailsForm(
        posted(request),
        initial={
            "job_title": application.job_title or person.job_title,
            "grade_band": application.grade_band or person.grade_band,
            "organisation": application.organisation_id or person.organisation_id,
        },
    )
    first = application.cohort.questions.first()
    try:
        return keep(
            request,
            application,
            form,
            lambda form: applications.save_details(
                application=application, by=person, at=timezone.now(), **form.cleaned_data
            ),
            template="programme/applying/details.html",
            then=address("question", application, pk=first.pk)
            if first
            else address("tasks", application),
            who_sees=policies.who_sees("details", application),
        )
    except applications.NotEligible as no:
        return not_for_you(request, application.cohort, no)


@of_own("write_application")
def question(request: SignedInRequest, application: Application, pk: int) -> HttpResponseBase:
    """One question. What was written is kept before the limit is looked at."""
    asked = list(application.cohort.questions.all())
    place = next((place for place, each in enumerate(asked) if each.pk == pk), None)
    if place is None:
        raise Http404
    this = asked[place]
    answer = application.answers.filter(question=this).first()
    form = AnswerForm(
        posted(request), question=this, initial={"text": answer.text if answer else ""}
    )
    context: dict[str, Any] = {
        "question": this,
        "number": place + 1,
        "total": len(asked),
        "who_sees": policies.who_sees("answers", application),
    }
    if request.method == "POST" and form.is_valid():
        text = form.cleaned_data["text"]
        try:
            applications.save_answer(
                application=application,
                question=this,
                text=text,
                by=request.person,
                at=timezone.now(),
            )
        except Refusal as refusal:
            context["refusal"] = refusal
        else:
            context["over"] = over = max(0, count_words(text) - this.max_words)
            if not over or "later" in request.POST:
                return redirect(onward(request, application, _next(application, asked, place)))
    return step_page(
        request, application, form, template="programme/applying/question.html", **context
    )


def _next(application: Application, asked: list[Question], place: int) -> str:
    if place + 1 < len(asked):
        return address("question", application, pk=asked[place + 1].pk)
    return address("tasks", application)


@of_own("write_application")
def adjustments(request: SignedInRequest, application: Application) -> HttpResponse:
    form = AdjustmentsForm(posted(request), initial={"text": application.adjustments})
    return keep(
        request,
        application,
        form,
        lambda form: applications.save_adjustments(
            application=application,
            text=form.cleaned_data["text"],
            by=request.person,
            at=timezone.now(),
        ),
        template="programme/applying/adjustments.html",
        then=address("tasks", application),
        who_sees=policies.who_sees("adjustments", application),
    )
