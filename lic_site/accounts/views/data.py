"""Everything held on the person, who has looked, a copy to take away, and the way out."""

from allauth.account.decorators import reauthentication_required
from django.contrib.auth import logout
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST

from lic_site.accounts import audit
from lic_site.accounts.guards import person_required
from lic_site.accounts.policies import WHO_SEES
from lic_site.accounts.records import archive, events_about, looks, sections
from lic_site.accounts.requests import SignedInRequest
from lic_site.accounts.services.privacy import erase_person


@person_required
def overview(request: SignedInRequest) -> HttpResponse:
    held = sections(request.person)
    context = {
        "sections": [section for section in held if section.rows],
        "nothing": [section for section in held if not section.rows],
        "looks": looks(request.person, events_about(request.person)[:5]),
        "who_sees": WHO_SEES["record"],
    }
    return render(request, "accounts/data.html", context)


@person_required
def who_looked(request: SignedInRequest) -> HttpResponse:
    page = Paginator(events_about(request.person), 50).get_page(request.GET.get("page"))
    context = {"page": page, "looks": looks(request.person, page.object_list)}
    return render(request, "accounts/who_looked.html", context)


@require_POST
@reauthentication_required
@person_required
def download(request: SignedInRequest) -> HttpResponse:
    now, me = timezone.now(), request.person
    audit.record("accounts.own_data_exported", by=me, at=now, thing=me, subject=me)
    response = HttpResponse(archive(me, at=now), content_type="application/zip")
    response["Content-Disposition"] = 'attachment; filename="your-records.zip"'
    return response


@person_required
@reauthentication_required
def delete(request: SignedInRequest) -> HttpResponse:
    """Ask once more, then erase and sign out."""
    if request.method == "POST":
        erase_person(person=request.person, by=request.person, at=timezone.now())
        logout(request)
        return redirect("accounts:deleted")
    return render(request, "accounts/delete.html")


def deleted(request: HttpRequest) -> HttpResponse:
    return render(request, "accounts/deleted.html")
