"""Other leadership programmes: on a person's own page, and for Staff College on anybody's."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from cohorts.programme import policies
from cohorts.programme.forms.routes import RouteForm
from cohorts.programme.models import OtherRoute
from cohorts.programme.services.routes import record_route, remove_route
from lic_site.accounts import audit
from lic_site.accounts import policies as people
from lic_site.accounts.guards import fetch, must, person_required
from lic_site.accounts.models import Person
from lic_site.accounts.requests import SignedInRequest
from lic_site.common.errors import Refusal

asks = require_http_methods(["GET", "HEAD", "POST"])


@asks
@person_required
def own(request: SignedInRequest) -> HttpResponse:
    """What the person says of themselves."""
    return _page(request, request.person, "own_routes")


@require_POST
@person_required
def remove_own(request: SignedInRequest, pk: int) -> HttpResponse:
    return _remove(request, request.person, pk, "own_routes")


@asks
@person_required
def of_person(request: SignedInRequest, pk: int) -> HttpResponse:
    """Somebody's, for Staff College. The look is written down."""
    shown = _person(request, pk)
    audit.record(
        "programme.routes_viewed", by=request.person, at=timezone.now(), thing=shown, subject=shown
    )
    return _page(request, shown, "person_routes", shown.pk)


@require_POST
@person_required
def remove_of_person(request: SignedInRequest, pk: int, route: int) -> HttpResponse:
    return _remove(request, _person(request, pk), route, "person_routes", pk)


def _person(request: SignedInRequest, pk: int) -> Person:
    shown = fetch(people, request.person, Person.objects.all(), pk=pk)
    must(people.can(request.person, "search_people"))
    must(policies.can(request.person, "record_route", shown))
    return shown


def _page(request: SignedInRequest, shown: Person, name: str, *args: object) -> HttpResponse:
    form = RouteForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        try:
            record_route(person=shown, done=form.done, by=request.person, at=timezone.now())
        except Refusal as refusal:
            form.add_error(refusal.field or None, str(refusal))
        else:
            messages.success(request, "Saved.")
            return redirect(f"programme:{name}", *args)
    held = policies.visible(request.person, OtherRoute.objects.filter(person=shown))
    context = {
        "form": form,
        "shown": shown,
        "routes": held,
        "who_sees": policies.who_sees_place("routes"),
    }
    return render(request, f"programme/routes/{name}.html", context)


def _remove(
    request: SignedInRequest, shown: Person, pk: int, name: str, *args: object
) -> HttpResponse:
    must(policies.can(request.person, "record_route", shown))
    route = fetch(policies, request.person, OtherRoute.objects.filter(person=shown), pk=pk)
    remove_route(route=route, by=request.person, at=timezone.now())
    messages.success(request, "It has been taken out.")
    return redirect(f"programme:{name}", *args)
