"""Applying: whose support to ask for, and who must not read."""

from django.contrib import messages
from django.forms import model_to_dict
from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.http import require_POST

from cohorts.programme import policies
from cohorts.programme.enums import SupportRoute
from cohorts.programme.forms.applying import AskForm, ExclusionForm, RouteForm, SupporterForm
from cohorts.programme.models import Application, ManagerSupport
from cohorts.programme.services import applications
from cohorts.programme.services import support as verbs
from cohorts.programme.views.drafts import address, keep, of_own
from lic_site.accounts.guards import fetch
from lic_site.accounts.requests import SignedInRequest
from lic_site.common.errors import Refusal
from lic_site.common.posted import posted


def _chosen(application: Application) -> ManagerSupport | None:
    return ManagerSupport.objects.filter(application=application).first()


@of_own("ask_for_support")
def support(request: SignedInRequest, application: Application) -> HttpResponseBase:
    """Whom to ask. For a colleague, the next page asks who it is."""
    chosen = _chosen(application)
    form = RouteForm(posted(request), initial={"route": chosen.route if chosen else ""})
    if request.method == "POST" and form.is_valid():
        route = SupportRoute(form.cleaned_data["route"])
        if route in verbs.NAMED_ROUTES and "later" not in request.POST:
            return redirect(address("supporter", application, route=route.value))
    on = "tasks" if request.POST.get("route") == SupportRoute.NOBODY else "ask"
    return keep(
        request,
        application,
        form,
        lambda form: _choose(request, application, SupportRoute(form.cleaned_data["route"])),
        template="programme/applying/support.html",
        then=address(on, application),
        who_sees=policies.who_sees("support", application),
        chosen=chosen,
    )


def _choose(
    request: SignedInRequest,
    application: Application,
    route: SupportRoute,
    named: verbs.Named | None = None,
) -> None:
    if route in verbs.NAMED_ROUTES and named is None:
        return  # to be told another time: nothing is chosen yet
    verbs.choose_support(
        application=application, route=route, named=named, by=request.person, at=timezone.now()
    )


@of_own("ask_for_support")
def supporter(request: SignedInRequest, application: Application, route: str) -> HttpResponse:
    """Who the colleague is. The next page shows what they would see, and asks whether to ask."""
    if route not in verbs.NAMED_ROUTES:
        raise Http404
    chosen = _chosen(application)
    form = SupporterForm(posted(request), initial=model_to_dict(chosen) if chosen else None)
    return keep(
        request,
        application,
        form,
        lambda form: _choose(
            request, application, SupportRoute(route), verbs.Named(**form.cleaned_data)
        ),
        template="programme/applying/supporter.html",
        then=address("ask", application),
        who_sees=policies.who_sees("support", application),
        is_manager=route == SupportRoute.MANAGER,
    )


@of_own("ask_for_support")
def ask(request: SignedInRequest, application: Application) -> HttpResponseBase:
    """What the colleague would see, and whether to ask now."""
    chosen = _chosen(application)
    if chosen is None or chosen.route == SupportRoute.NOBODY:
        return redirect(address("support", application))
    form = AskForm(posted(request))

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
    form = ExclusionForm(posted(request))
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
        who_sees=policies.who_sees("exclusions", application),
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
