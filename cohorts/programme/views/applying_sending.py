"""Applying: check answers, send, and what happens next."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from cohorts.programme import policies
from cohorts.programme.enums import ApplicationState
from cohorts.programme.forms.applying import DeclarationForm
from cohorts.programme.models import Application, ManagerSupport
from cohorts.programme.services import submission
from cohorts.programme.services.applications import NotEligible
from cohorts.programme.views.applying import not_for_you
from cohorts.programme.views.applying_tasks import sections_of, tasks_of
from cohorts.programme.views.drafts import of_own
from lic_site.accounts.guards import fetch, person_required
from lic_site.accounts.requests import SignedInRequest
from lic_site.common.errors import Refusal
from lic_site.common.posted import posted


@of_own("write_application")
def check(request: SignedInRequest, application: Application) -> HttpResponse:
    """Check answers, declare, send. Sending twice gives the same confirmation."""
    form = DeclarationForm(posted(request))
    refusal: Refusal | None = None
    if request.method == "POST":
        try:
            submission.submit_application(
                application=application,
                declared=form.is_valid(),
                by=request.person,
                at=timezone.now(),
            )
        except submission.NotDeclared:
            pass  # the form says so beside its box
        except NotEligible as no:
            return not_for_you(request, application.cohort, no)
        except Refusal as said_no:
            refusal = said_no
        else:
            return redirect("programme:sent", reference=application.reference)
    gaps = list(submission.gaps(application))
    context: dict[str, Any] = {
        "application": application,
        "cohort": application.cohort,
        "form": form,
        "refusal": refusal,
        "sections": list(sections_of(application, change=True)),
        "unfinished": [
            task for task in tasks_of(application, gaps) if task.tone in {"todo", "stop"}
        ],
        "late": application.cohort.applications_close_at <= timezone.now(),
    }
    return render(request, "programme/applying/check.html", context)


@person_required
def sent(request: SignedInRequest, reference: str) -> HttpResponse:
    """The confirmation, which says what happens next."""
    application = fetch(
        policies,
        request.person,
        Application.objects.filter(applicant=request.person).select_related("cohort"),
        reference=reference,
    )
    if application.state in {ApplicationState.DRAFT, ApplicationState.WITHDRAWN}:
        return redirect("programme:application", reference=reference)
    support = ManagerSupport.objects.filter(application=application).first()
    context = {"application": application, "cohort": application.cohort, "support": support}
    return render(request, "programme/applying/sent.html", context)
