"""A reader's own pages: the queue, one application, scoring it, stepping aside."""

from typing import Any

from django.contrib import messages
from django.db.models import Exists, OuterRef
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from cohorts.programme import policies
from cohorts.programme.enums import ReviewState
from cohorts.programme.forms.selection import RecuseForm, ScoreForm
from cohorts.programme.models import Review, Score
from cohorts.programme.selection import half_up, weighted_percent
from cohorts.programme.services import reading
from lic_site.accounts import audit
from lic_site.accounts.guards import allowed, fetch
from lic_site.accounts.requests import SignedInRequest
from lic_site.common.errors import Refusal
from lic_site.common.posted import edit_methods


def _own(request: SignedInRequest, pk: int) -> Review:
    return fetch(
        policies,
        request.person,
        Review.objects.filter(reader=request.person).select_related(
            "application__cohort", "application__applicant", "application__organisation"
        ),
        pk=pk,
    )


@require_safe
@allowed("see_reading", policies)
def queue(request: SignedInRequest) -> HttpResponse:
    """What is to be read, the most urgent first, and what is done."""
    asked = (
        policies.own(request.person, Review.objects.asked_for())
        .annotate(has_scores=Exists(Score.objects.filter(review=OuterRef("pk"))))
        .select_related("application__cohort")
        .order_by("due_on", "pk")
    )
    finished = [review for review in asked if review.state == ReviewState.SUBMITTED]
    waiting = [review for review in asked if review.state != ReviewState.SUBMITTED]
    return render(
        request,
        "programme/reading/queue.html",
        {
            "waiting": waiting,
            "finished": finished,
            "asked": len(asked),
            "today": timezone.localdate(),
        },
    )


@edit_methods
@allowed("see_reading", policies)
def review(request: SignedInRequest, pk: int) -> HttpResponse:
    """One application and its scores: saved as one goes, then sent."""
    shown = _own(request, pk)
    if request.method != "POST":
        audit.record(
            "programme.application_viewed",
            by=request.person,
            at=timezone.now(),
            thing=shown.application,
            subject=shown.application.applicant,
        )
    if not policies.can(request.person, "read", shown):
        return _finished(request, shown)
    criteria = shown.application.cohort.criteria.all()
    form = ScoreForm(request.POST or None, criteria=criteria, review=shown)
    if request.method == "POST" and form.is_valid():
        answer = _scored(request, shown, form)
        if answer is not None:
            return answer
    return render(request, "programme/reading/review.html", _facts(request, shown, form=form))


def _scored(request: SignedInRequest, shown: Review, form: ScoreForm) -> HttpResponse | None:
    """Save what was typed, whatever else; send it if that was asked and nothing is missing."""
    given: dict[str, Any] = {
        "review": shown,
        "marks": form.marks(),
        "comment": form.cleaned_data["comment"],
        "by": request.person,
        "at": timezone.now(),
    }
    is_sent = "send" in request.POST
    try:
        if is_sent and not form.unscored():
            reading.submit_review(**given)
            return redirect("programme:review", shown.pk)
        reading.save_scores(**given)
    except Refusal as refusal:
        form.add_error(None, str(refusal))
        return None
    if is_sent:
        return None
    messages.success(request, "Saved. Nobody sees your scores until you send them.")
    return redirect("programme:reading")


def _finished(request: SignedInRequest, shown: Review) -> HttpResponse:
    """What the reader gave, and the other's once both are in."""
    if shown.state != ReviewState.SUBMITTED:
        return _done_with(request)
    weights = dict(shown.application.cohort.criteria.values_list("pk", "weight"))
    both = policies.visible(
        request.person,
        Review.objects.filter(application=shown.application, state=ReviewState.SUBMITTED),
    ).prefetch_related("scores__criterion")
    readings = []
    for each in both:
        points = {score.criterion_id: score.points or 0 for score in each.scores.all()}
        readings.append(
            {
                "review": each,
                "is_mine": each.reader_id == request.person.pk,
                "percent": half_up(weighted_percent(points, weights)),
            }
        )
    readings.sort(key=lambda row: not row["is_mine"])
    return render(
        request, "programme/reading/finished.html", _facts(request, shown, readings=readings)
    )


@edit_methods
@allowed("see_reading", policies)
def recuse(request: SignedInRequest, pk: int) -> HttpResponse:
    """Step aside from an application."""
    shown = _own(request, pk)
    if not policies.can(request.person, "read", shown):
        return _done_with(request)
    form = RecuseForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        by, at, reason = request.person, timezone.now(), form.cleaned_data["reason"]
        try:
            reading.recuse(review=shown, reason=reason, by=by, at=at)
        except Refusal as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, "Thank you. Somebody else will read it.")
            return redirect("programme:reading")
    return render(request, "programme/reading/recuse.html", _facts(request, shown, form=form))


def _done_with(request: SignedInRequest) -> HttpResponse:
    """Stepped aside from (perhaps by the same button, pressed twice), or decided on meanwhile."""
    messages.info(request, "You need not read that application any more.")
    return redirect("programme:reading")


def _facts(request: SignedInRequest, shown: Review, **more: Any) -> dict[str, Any]:
    """What a reader may see of an application: never support, adjustments or equality answers."""
    application = shown.application
    sees_names = policies.can(request.person, "see_names", application)
    return {
        "review": shown,
        "reference": application.reference,
        "cohort": application.cohort,
        "grade": application.get_grade_band_display(),
        "job_title": application.job_title if sees_names else "",
        "answers": application.answers.select_related("question").order_by(
            "question__position", "pk"
        ),
        "name": application.applicant.name if sees_names else "",
        "employer": application.organisation if sees_names else "",
        **more,
    }
