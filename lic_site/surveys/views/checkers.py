"""``/staff/surveys/comments/checkers/``: the two who read comments as they were written."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from lic_site.accounts.guards import allowed, fetch
from lic_site.accounts.requests import SignedInRequest
from lic_site.common.errors import Refusal
from lic_site.common.posted import edit_methods
from lic_site.surveys import comments, policies
from lic_site.surveys.forms.comments import CheckerForm
from lic_site.surveys.models import Checker
from lic_site.surveys.services import checking


@edit_methods
@allowed("keep_checkers", policies)
def listing(request: SignedInRequest) -> HttpResponse:
    form = CheckerForm(request.POST if request.method == "POST" else None, by=request.person)
    refusal = ""
    if form.is_valid():
        try:
            checking.name_checker(
                person=form.cleaned_data["person"], by=request.person, at=timezone.now()
            )
        except Refusal as no:
            refusal = str(no)
        else:
            messages.success(request, "They check comments from now on.")
            return redirect("surveys:checkers")
    rows = policies.visible(request.person, Checker.objects.select_related("person"))
    found = list(rows)
    now = [each for each in found if each.ended_at is None]
    context = {
        "form": form,
        "refusal": refusal,
        "now": now,
        "past": [each for each in found if each.ended_at],
        "is_full": len(now) >= comments.CHECKERS,
    }
    return render(request, "surveys/comments/checkers.html", context)


@edit_methods
@allowed("keep_checkers", policies)
def end(request: SignedInRequest, pk: int) -> HttpResponse:
    """Ask once more, then end their time."""
    rows = Checker.objects.select_related("person")
    checker, refusal = fetch(policies, request.person, rows, pk=pk), ""
    if request.method == "POST":
        try:
            checking.end_checker(checker=checker, by=request.person, at=timezone.now())
        except Refusal as no:
            refusal = str(no)
        else:
            messages.success(request, "Their time as a checker has ended.")
            return redirect("surveys:checkers")
    context = {"checker": checker, "refusal": refusal}
    return render(request, "surveys/comments/checker_end.html", context)
