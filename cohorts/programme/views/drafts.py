"""What every page of writing an application shares: finding it, keeping a step, going on."""

from collections.abc import Callable
from functools import update_wrapper
from typing import Any, Concatenate

from django.forms import BaseForm
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone

from cohorts.programme import policies
from cohorts.programme.models import Application, Cohort
from cohorts.programme.services.applications import NotEligible
from lic_site.accounts.guards import person_required
from lic_site.accounts.requests import SignedInRequest
from lic_site.common.errors import Refusal
from lic_site.common.links import safe_next

type OwnView[**P] = Callable[Concatenate[SignedInRequest, Application, P], HttpResponseBase]


def of_own[**P](verb: str) -> Callable[[OwnView[P]], Callable[..., HttpResponseBase]]:
    """Hand the view the person's own live application to the cohort in the address.

    Without one they are led to the start. When ``verb`` is no longer theirs to do, the
    application's own page opens; but a POST goes on, so that the verb's refusal is shown beside
    what was typed.
    """

    def decorate(view: OwnView[P]) -> Callable[..., HttpResponseBase]:
        def guarded(
            request: SignedInRequest, slug: str, *args: P.args, **kwargs: P.kwargs
        ) -> HttpResponseBase:
            application = own_live(request, slug)
            if application is None:
                if not policies.visible(request.person, Cohort.objects.filter(slug=slug)).exists():
                    raise Http404
                return redirect("programme:start", slug=slug)
            if request.method != "POST" and not policies.can(request.person, verb, application):
                return redirect("programme:application", reference=application.reference)
            return view(request, application, *args, **kwargs)

        update_wrapper(guarded, view)
        return person_required(guarded)

    return decorate


def own_live(request: SignedInRequest, slug: str) -> Application | None:
    """The person's live application to this cohort."""
    mine = policies.own(request.person, Application.objects.live().filter(cohort__slug=slug))
    return mine.select_related("cohort", "organisation").first()


def keep[F: BaseForm](
    request: HttpRequest,
    application: Application,
    form: F,
    save: Callable[[F], object],
    *,
    template: str,
    then: str,
    **context: Any,
) -> HttpResponse:
    """Show the step; on a valid POST keep it with ``save`` and go on to ``then``.

    'Save and come back later' goes to the task list, a change from the check page back to it.
    Raises NotEligible.
    """
    refusal: Refusal | None = None
    if request.method == "POST" and form.is_valid():
        try:
            save(form)
        except NotEligible:
            raise  # it has a page of its own
        except Refusal as said_no:
            if said_no.field in form.fields:
                form.add_error(said_no.field, str(said_no))
            else:
                refusal = said_no
        else:
            return redirect(onward(request, application, then))
    return step_page(request, application, form, template=template, refusal=refusal, **context)


def step_page(
    request: HttpRequest, application: Application, form: BaseForm, *, template: str, **context: Any
) -> HttpResponse:
    context |= {
        "application": application,
        "cohort": application.cohort,
        "form": form,
        "back": safe_next(request, address("tasks", application)),
        "late": application.cohort.applications_close_at <= timezone.now(),
    }
    return render(request, template, context)


def onward(request: HttpRequest, application: Application, then: str) -> str:
    tasks = address("tasks", application)
    return tasks if "later" in request.POST else safe_next(request, then)


def address(name: str, application: Application, **parts: Any) -> str:
    """The address of one of the pages of writing this application."""
    return reverse(f"programme:{name}", kwargs={"slug": application.cohort.slug, **parts})
