"""``/messages/stop/``: the link in every optional message, for whoever holds it."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from lic_site.common.errors import Refusal
from lic_site.notices.protocol import kinds
from lic_site.notices.services import digests, preferences, unsubscribing


@never_cache
@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
def unsubscribe(request: HttpRequest, kind: str, token: str) -> HttpResponse:
    """Turn one optional kind off: a button for people, and a bare POST from mail programs (RFC
    8058). The token is the authority, so no CSRF token is asked for. It names nobody.
    """
    known, person = kinds().get(kind), unsubscribing.holder(kind, token)
    if known is None or person is None:
        return render(request, "notices/unsubscribe_unknown.html", status=404)
    context = {"kind": known, "stops_all": kind in digests.NAMES, "refusal": "", "is_undone": False}
    now = timezone.now()
    try:
        if request.method == "POST" and "undo" in request.POST:
            unsubscribing.undo(person=person, token=request.POST["undo"], at=now)
            context["is_undone"] = True
        elif request.method == "POST":
            preferences.turn_off(person=person, kind=kind, by=person, at=now)
        done, undo = unsubscribing.stopped(person=person, kind=kind, at=now)
    except preferences.NotOptional as refusal:
        return render(
            request, "notices/unsubscribe_essential.html", {"refusal": str(refusal), "kind": known}
        )
    except Refusal as refusal:
        context["refusal"] = str(refusal)
        done, undo = True, ""
    return render(request, "notices/unsubscribe.html", {**context, "done": done, "undo": undo})
