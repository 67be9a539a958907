"""What a person was sent, and which optional messages they want."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from lic_site.accounts.guards import person_required
from lic_site.accounts.models import Person
from lic_site.accounts.requests import SignedInRequest
from lic_site.common import tokens
from lic_site.notices.forms import PreferencesForm
from lic_site.notices.models import Notice
from lic_site.notices.protocol import kinds
from lic_site.notices.services import preferences


@person_required
def my_messages(request: SignedInRequest) -> HttpResponse:
    person = request.person
    form = PreferencesForm(request.POST if request.method == "POST" else None, person=person)
    if request.method == "POST" and form.is_valid():
        for kind, wanted in form.choices():
            change = preferences.turn_on if wanted else preferences.turn_off
            change(person=person, kind=kind, by=person, at=timezone.now())
        messages.success(request, "Your choices are saved.")
        return redirect("notices:mine")
    sent = Notice.objects.sent_to(person)
    page = Paginator(sent, 20).get_page(request.GET.get("page"))
    known = kinds()
    rows = [
        {"title": known[notice.kind].title, "at": notice.finished_at}
        for notice in page
        if notice.kind in known
    ]
    return render(request, "notices/mine.html", {"form": form, "page": page, "rows": rows})


@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
def unsubscribe(request: HttpRequest, kind: str, token: str) -> HttpResponse:
    """Turn one optional kind off, for whoever holds the link: a button for people, and a bare POST
    from mail programs (RFC 8058). The token is the authority, so no CSRF token is asked for.
    """
    opened = tokens.read(f"unsubscribe:{kind}", token)
    known = kinds().get(kind)
    person = Person.objects.filter(pk=opened[0], erased_at=None).first() if opened else None
    if known is None or person is None:
        raise Http404
    if request.method == "POST":
        preferences.turn_off(person=person, kind=kind, by=person, at=timezone.now())
    done = request.method == "POST"
    return render(request, "notices/unsubscribe.html", {"kind": known, "done": done})
