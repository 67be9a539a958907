"""What the staff pages have in common."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render

from cohorts.programme import policies
from cohorts.programme.models import Cohort
from cohorts.programme.views.staff.menu import menu
from lic_site.accounts.guards import fetch
from lic_site.accounts.requests import SignedInRequest
from lic_site.common.errors import Refusal


def cohort_of(request: SignedInRequest, slug: str) -> Cohort:
    """The cohort of the address, or a 404."""
    return fetch(policies, request.person, Cohort.objects.select_related("programme"), slug=slug)


def page(
    request: SignedInRequest,
    template: str,
    cohort: Cohort | None = None,
    **context: Any,
) -> HttpResponse:
    """A staff page; with a cohort it has the cohort's own menu."""
    if cohort is not None:
        context["cohort"] = cohort
        if policies.can(request.person, "manage_cohorts"):
            context["cohort_menu"] = menu(cohort, request.path)
    return render(request, f"programme/staff/{template}.html", context)


def carried_out(
    request: SignedInRequest,
    form: forms.BaseForm | None,
    verb: Callable[[], object],
    said: str = "",
) -> bool:
    """Run the verb. A refusal becomes the form's error, or without a form a message; what was
    typed stays.
    """
    try:
        verb()
    except Refusal as refusal:
        if form is not None and hasattr(form, "add_error"):
            form.add_error(None, str(refusal))
        else:
            messages.error(request, str(refusal))
        return False
    if said:
        messages.success(request, said)
    return True


def to(name: str, *args: object) -> HttpResponse:
    """On to another page of the programme."""
    return redirect(f"programme:{name}", *args)
