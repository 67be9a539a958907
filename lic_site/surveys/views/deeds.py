"""``/staff/surveys/<wave>/deeds/``: 'you said, we did'."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from lic_site.accounts.guards import allowed, fetch
from lic_site.accounts.requests import SignedInRequest
from lic_site.common.errors import Refusal
from lic_site.common.posted import edit_methods
from lic_site.surveys import policies
from lic_site.surveys.forms.comments import DeedForm
from lic_site.surveys.models import Deed, Wave
from lic_site.surveys.services import deeds as verbs


def _wave(request: SignedInRequest, pk: int) -> Wave:
    return fetch(policies, request.person, Wave.objects.select_related("questionnaire"), pk=pk)


@edit_methods
@allowed("say_what_was_done", policies)
def listing(request: SignedInRequest, pk: int) -> HttpResponse:
    wave = _wave(request, pk)
    form = DeedForm(request.POST if request.method == "POST" else None)
    refusal = ""
    if form.is_valid():
        try:
            verbs.say_deed(wave=wave, by=request.person, at=timezone.now(), **form.cleaned_data)
        except Refusal as no:
            refusal = str(no)
        else:
            messages.success(request, "It is noted. Staff alone see it until you share it.")
            return redirect("surveys:deeds", wave.pk)
    context = {
        "wave": wave,
        "form": form,
        "refusal": refusal,
        "deeds": policies.visible(request.person, wave.deeds.all()),
    }
    return render(request, "surveys/comments/deeds.html", context)


@edit_methods
@allowed("say_what_was_done", policies)
def change(request: SignedInRequest, pk: int, deed: int) -> HttpResponse:
    wave = _wave(request, pk)
    found = fetch(policies, request.person, Deed.objects.filter(wave=wave), pk=deed)
    now = timezone.now()
    do = request.POST.get("do")
    if do == "share":
        verbs.share_deed(deed=found, by=request.person, at=now)
        messages.success(request, "Those who may read the results see it now.")
        return redirect("surveys:deeds", wave.pk)
    if do == "remove":
        verbs.remove_deed(deed=found, by=request.person, at=now)
        messages.success(request, "It is removed.")
        return redirect("surveys:deeds", wave.pk)
    posted = request.POST if request.method == "POST" else None
    form = DeedForm(posted, initial={"said": found.said, "did": found.did})
    if form.is_valid():
        verbs.change_deed(deed=found, by=request.person, at=now, **form.cleaned_data)
        messages.success(request, "It is changed.")
        return redirect("surveys:deeds", wave.pk)
    context = {"wave": wave, "form": form, "deed": found}
    return render(request, "surveys/comments/deed.html", context)
