"""What the person chooses to tell for equality monitoring: one thing a page, all of it optional."""

from urllib.parse import urlencode

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST

from lic_site.accounts.equality import DETAILED_GROUPS, words_for
from lic_site.accounts.forms import EqualityForm, EthnicBackgroundForm, EthnicGroupForm
from lic_site.accounts.guards import person_required
from lic_site.accounts.policies import WHO_SEES
from lic_site.accounts.requests import SignedInRequest
from lic_site.accounts.services.equality import (
    equality_answers,
    record_equality,
    withdraw_equality,
)
from lic_site.common.links import safe_next


@person_required
def overview(request: SignedInRequest) -> HttpResponse:
    """The answers so far, for their owner alone. ``next`` leads back to where they came from."""
    told = words_for(equality_answers(request.person))
    context = {
        "rows": [{"key": question, "value": answer} for question, answer in told.items()],
        "who_sees": WHO_SEES["equality"],
        "back": safe_next(request, ""),
        "query": _query(request),
    }
    return render(request, "accounts/equality.html", context)


@person_required
def ethnic_group(request: SignedInRequest) -> HttpResponse:
    form = EthnicGroupForm(request.POST or None, initial=equality_answers(request.person))
    if request.method == "POST" and form.is_valid():
        chosen = form.cleaned_data["ethnic_group"]
        answers = {"ethnic_group": chosen}
        if chosen not in DETAILED_GROUPS:
            answers |= {"ethnic_detail": "", "ethnic_own_words": ""}
        record_equality(person=request.person, answers=answers, at=timezone.now())
        step = "ethnic_background" if chosen in DETAILED_GROUPS else "equality_more"
        return _on(request, step)
    return _page(request, form, "accounts/equality_group.html", step=1)


@person_required
def ethnic_background(request: SignedInRequest) -> HttpResponse:
    told = equality_answers(request.person)
    group = told.get("ethnic_group", "")
    if group not in DETAILED_GROUPS:
        return _on(request, "ethnic_group")
    form = EthnicBackgroundForm(request.POST or None, initial=told, group=group)
    if request.method == "POST" and form.is_valid():
        record_equality(person=request.person, answers=form.cleaned_data, at=timezone.now())
        return _on(request, "equality_more")
    return _page(request, form, "accounts/equality_background.html", step=2)


@person_required
def more(request: SignedInRequest) -> HttpResponse:
    form = EqualityForm(request.POST or None, initial=equality_answers(request.person))
    if request.method == "POST" and form.is_valid():
        record_equality(person=request.person, answers=form.cleaned_data, at=timezone.now())
        messages.success(request, "Saved. Thank you.")
        return _on(request, "equality")
    return _page(request, form, "accounts/equality_more.html", step=3)


@require_POST
@person_required
def withdraw(request: SignedInRequest) -> HttpResponse:
    withdraw_equality(person=request.person, at=timezone.now())
    messages.success(request, "Your answers have been deleted.")
    return _on(request, "equality")


def _query(request: SignedInRequest) -> str:
    onward = safe_next(request, "")
    return f"?{urlencode({'next': onward})}" if onward else ""


def _on(request: SignedInRequest, step: str) -> HttpResponse:
    return redirect(reverse(f"accounts:{step}") + _query(request))


def _page(request: SignedInRequest, form: forms.Form, template: str, step: int) -> HttpResponse:
    context = {
        "form": form,
        "step": step,
        "who_sees": WHO_SEES["equality"],
        "query": _query(request),
    }
    return render(request, template, context)
