"""Materials of a session: added and shared by who leads it and by staff, read by who it is for."""

from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from cohorts.programme import policies
from cohorts.programme.forms.materials import MaterialForm
from cohorts.programme.models import Material, Session
from cohorts.programme.services.sessions import materials as verbs
from lic_site.accounts.guards import fetch, must, person_required
from lic_site.accounts.requests import SignedInRequest
from lic_site.common.errors import Refusal
from lic_site.common.posted import edit_methods
from lic_site.common.storage import serve_private
from lic_site.common.uploads import Kind


def _page_of(request: SignedInRequest, session: Session) -> str:
    """The page of the session where this person works on it."""
    if policies.can(request.person, "lead_session", session):
        return reverse("programme:led_session", args=[session.pk])
    return reverse("programme:staff_session", args=[session.cohort.slug, session.pk])


@edit_methods
@person_required
def add_material(request: SignedInRequest, pk: int) -> HttpResponse:
    session = fetch(policies, request.person, Session.objects.select_related("cohort"), pk=pk)
    must(policies.can(request.person, "add_material", session))
    form = MaterialForm(request.POST or None, request.FILES or None)
    back = _page_of(request, session)
    if request.method == "POST" and form.is_valid():
        try:
            verbs.add_material(session=session, by=request.person, at=timezone.now(), **form.plan())
        except Refusal as refusal:
            form.add_error(None, str(refusal))
        else:
            return redirect(back)
    context = {"session": session, "form": form, "back": back}
    return render(request, "programme/leading/material.html", context)


@require_POST
@person_required
def change_material(request: SignedInRequest, pk: int) -> HttpResponse:
    """Share it, keep it back again, or remove it."""
    rows = Material.objects.select_related("session__cohort", "session__learning_set")
    material = fetch(policies, request.person, rows, pk=pk)
    session = material.session
    must(policies.can(request.person, "add_material", session))
    by, at = request.person, timezone.now()
    match request.POST.get("do"):
        case "share":
            verbs.share_material(material=material, by=by, at=at)
            messages.success(request, f"‘{material.title}’ is shared.")
        case "hide":
            verbs.hide_material(material=material, by=by, at=at)
        case "remove":
            verbs.remove_material(material=material, by=by, at=at)
            messages.success(request, f"‘{material.title}’ is removed.")
    return redirect(_page_of(request, session))


@require_safe
@person_required
def material(request: SignedInRequest, pk: int) -> HttpResponseBase:
    """The file, under a name that tells nothing."""
    this = fetch(policies, request.person, Material.objects.exclude(file=""), pk=pk)
    kind = Kind[this.file_kind]
    try:
        opened = this.file.open("rb")
    except FileNotFoundError as gone:
        raise Http404 from gone
    name = f"document{kind.endings[0]}"
    return serve_private(opened, name=name, content_type=kind.content_type)
