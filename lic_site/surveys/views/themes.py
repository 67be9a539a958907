"""``/staff/surveys/comments/themes/``: what comments are coded to."""

from django.contrib import messages
from django.db.models import Count
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from lic_site.accounts.guards import allowed, fetch
from lic_site.accounts.requests import SignedInRequest
from lic_site.common.errors import Refusal
from lic_site.common.posted import edit_methods
from lic_site.surveys import policies
from lic_site.surveys.forms.comments import ThemeForm
from lic_site.surveys.models import Theme
from lic_site.surveys.services import themes as verbs


@edit_methods
@allowed("keep_themes", policies)
def listing(request: SignedInRequest) -> HttpResponse:
    form = ThemeForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        try:
            verbs.add_theme(by=request.person, at=timezone.now(), **form.cleaned_data)
        except Refusal as no:
            form.add_error("name", str(no))
        else:
            messages.success(request, "The theme is there.")
            return redirect("surveys:themes")
    rows = Theme.objects.annotate(used=Count("comments"))
    context = {"form": form, "themes": policies.visible(request.person, rows)}
    return render(request, "surveys/comments/themes.html", context)


@edit_methods
@allowed("keep_themes", policies)
def change(request: SignedInRequest, pk: int) -> HttpResponse:
    """Another name, or out of use, or back."""
    theme = fetch(policies, request.person, Theme.objects.all(), pk=pk)
    now = timezone.now()
    if request.method == "POST" and request.POST.get("do") == "retire":
        verbs.retire_theme(theme=theme, by=request.person, at=now)
        messages.success(
            request, "It is offered no more." if theme.retired_at else "It is offered again."
        )
        return redirect("surveys:themes")
    posted = request.POST if request.method == "POST" else None
    form = ThemeForm(posted, initial={"name": theme.name})
    if form.is_valid():
        try:
            verbs.rename_theme(theme=theme, by=request.person, at=now, **form.cleaned_data)
        except Refusal as no:
            form.add_error("name", str(no))
        else:
            messages.success(request, "It has its new name.")
            return redirect("surveys:themes")
    return render(request, "surveys/comments/theme.html", {"form": form, "theme": theme})
