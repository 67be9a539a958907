"""Applying: whose support to ask for, and who must not read."""

from django.contrib import messages
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.http import require_POST

from cohorts.programme import policies
from cohorts.programme.enums import SupportRoute
from cohorts.programme.forms.applying import AskForm, ExclusionForm, SupportForm
from cohorts.programme.models import Application, ManagerSupport
from cohorts.programme.services import applications
from cohorts.programme.services import support as verbs
from cohorts.programme.views.drafts import address, keep, of_own
from lic_site.accounts.guards import fetch
from lic_site.accounts.requests import SignedInRequest
from lic_site.common.errors import Refusal


def _chosen(application: Application) -> ManagerSupport | None:
    return ManagerSupport.objects.filter(application=application).first()


@of_own("ask_for_support")
def support(request: SignedInRequest, application: Application) -> HttpResponse:
    """Whom to ask. The next page shows what they would see, and asks whether to ask."""
    chosen = _chosen(application)
    form = SupportForm(request.POST or None, initial=_initial(chosen))
    on = address("ask", application)
    if request.POST.get("route") == SupportRoute.NOBODY:
        on = address("tasks", application)
    return keep(
        request,
        application,
        form,
        lambda form: verbs.choose_support(
            application=application,
            route=SupportRoute(form.cleaned_data["route"]),
            named=form.named(),
            by=request.person,
            at=timezone.now(),
        ),
        template="programme/applying/support.html",
        then=on,
        who_sees=policies.who_sees("support_answer"),
        chosen=chosen,
    )


def _initial(chosen: ManagerSupport | None) -> dict[str, str]:
    if chosen is None:
        return {}
    return {
        "route": chosen.route,
        "given_name": chosen.given_name,
        "family_name": chosen.family_name,
        "email": chosen.email,
    }


@of_own("ask_for_support")
def ask(request: SignedInRequest, application: Application) -> HttpResponseBase:
    """What the colleague would see, and whether to ask now."""
    chosen = _chosen(application)
    if chosen is None or chosen.route == SupportRoute.NOBODY:
        return redirect(address("support", application))
    form = AskForm(request.POST or None)

    def save(form: AskForm) -> None:
        if form.cleaned_data["when"] == "now":
            verbs.ask_support(application=application, by=request.person, at=timezone.now())
            messages.success(request, "We have asked.")

    return keep(
        request,
        application,
        form,
        save,
        template="programme/applying/ask.html",
        then=address("tasks", application),
        support=chosen,
    )


@of_own("exclude_readers")
def readers(request: SignedInRequest, application: Application) -> HttpResponse:
    form = ExclusionForm(request.POST or None)
    return keep(
        request,
        application,
        form,
        lambda form: applications.exclude_reader(
            application=application, by=request.person, at=timezone.now(), **form.cleaned_data
        ),
        template="programme/applying/readers.html",
        then=address("readers", application),
        exclusions=application.exclusions.order_by("pk"),
        who_sees=policies.who_sees("exclusions"),
    )


@require_POST
@of_own("exclude_readers")
def reader_remove(request: SignedInRequest, application: Application, pk: int) -> HttpResponse:
    exclusion = fetch(policies, request.person, application.exclusions.all(), pk=pk)
    try:
        applications.allow_reader(exclusion=exclusion, by=request.person, at=timezone.now())
    except Refusal as refusal:
        messages.error(request, str(refusal))
    return redirect(address("readers", application))
