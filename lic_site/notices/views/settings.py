"""``/staff/messages/settings/``: what the office chose for every message."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from lic_site.accounts.guards import allowed
from lic_site.accounts.requests import SignedInRequest
from lic_site.common.errors import Refusal
from lic_site.notices import policies
from lic_site.notices.forms.preferences import OfficeForm
from lic_site.notices.services.office import change_settings, office


@allowed("change_settings", policies)
def settings(request: SignedInRequest) -> HttpResponse:
    form = OfficeForm(request.POST or None, office=office())
    if form.is_valid():
        me, now = request.person, timezone.now()
        try:
            changed = change_settings(values=form.cleaned_data, by=me, at=now)
        except Refusal as refusal:
            form.add_error(refusal.field, str(refusal))
        else:
            saved = "Saved. Every message from now on follows this."
            messages.success(request, saved if changed else "Nothing was changed.")
            return redirect("notices:settings")
    return render(request, "notices/settings.html", {"form": form})
