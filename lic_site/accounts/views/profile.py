"""Who the person is, as they tell it."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from lic_site.accounts.forms import (
    AboutYouForm,
    AddressesForm,
    DetailsForm,
    EmployerForm,
    ManagerForm,
)
from lic_site.accounts.guards import person_required
from lic_site.accounts.models import Person, User
from lic_site.accounts.policies import WHO_SEES
from lic_site.accounts.requests import SignedInRequest
from lic_site.accounts.services.people import (
    DETAILS,
    change_details,
    change_employer,
    choose_address,
    find_or_add_person,
    introduce_oneself,
)
from lic_site.accounts.services.roles import name_manager
from lic_site.common.errors import Refusal
from lic_site.common.links import safe_next


@login_required
def about_you(request: HttpRequest) -> HttpResponse:
    """A new user says who they are, then goes on to where they were going."""
    onward = safe_next(request, "/my/")
    assert isinstance(request.user, User)  # noqa: S101  login_required
    if Person.objects.filter(user=request.user).exists():
        return redirect(onward)
    form = AboutYouForm(request.POST or None)
    if form.is_valid():
        introduce_oneself(user=request.user, at=timezone.now(), **form.cleaned_data)
        return redirect(onward)
    return render(request, "accounts/about_you.html", {"form": form, "next": onward})


@person_required
def second_factor(request: SignedInRequest) -> HttpResponse:
    """Why a second step is needed, and the way to set one up."""
    return render(request, "accounts/second_factor.html", {"next": safe_next(request, "/my/")})


@person_required
def profile(request: SignedInRequest) -> HttpResponse:
    """Everything a person can correct about themselves, in one place."""
    manager = request.person.managers.filter(ends_on=None).first()
    context = {"manager": manager.named_as if manager else "", "who_sees": WHO_SEES}
    return render(request, "accounts/profile.html", context)


@person_required
def details(request: SignedInRequest) -> HttpResponse:
    initial = {name: getattr(request.person, name) for name in DETAILS}
    form = DetailsForm(request.POST or None, initial=initial)
    if form.is_valid():
        me = request.person
        change_details(person=me, details=form.cleaned_data, by=me, at=timezone.now())
        return _saved(request)
    return render(request, "accounts/details.html", {"form": form})


@person_required
def employer(request: SignedInRequest) -> HttpResponse:
    form = EmployerForm(request.POST or None, initial={"organisation": request.person.organisation})
    if form.is_valid():
        me = request.person
        now = timezone.now()
        change_employer(person=me, organisation=form.cleaned_data["organisation"], by=me, at=now)
        return _saved(request)
    return render(request, "accounts/employer.html", {"form": form})


@person_required
def manager(request: SignedInRequest) -> HttpResponse:
    form = ManagerForm(request.POST or None)
    refusal = None
    if form.is_valid():
        me, now = request.person, timezone.now()
        try:
            named = find_or_add_person(by=me, at=now, **form.cleaned_data)
            name_manager(person=me, manager=named, named_as=form.name(), by=me, at=now)
        except Refusal as no:
            refusal = str(no)
        else:
            return _saved(request)
    return render(request, "accounts/manager.html", {"form": form, "refusal": refusal})


@person_required
def addresses(request: SignedInRequest) -> HttpResponse:
    form = AddressesForm(request.POST or None, person=request.person)
    if form.is_valid():
        for category, chosen in form.cleaned_data.items():
            choose_address(
                person=request.person,
                address=form.addresses[chosen],
                category=category,
                at=timezone.now(),
            )
        return _saved(request)
    return render(request, "accounts/addresses.html", {"form": form, "who_sees": WHO_SEES})


def _saved(request: SignedInRequest) -> HttpResponse:
    messages.success(request, "Saved.")
    return redirect("accounts:profile")
