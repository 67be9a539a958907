"""``/dev/mail/``: what would have been sent, in the demonstration only."""

from collections.abc import Callable
from functools import wraps

from django.conf import settings
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache

from lic_site.notices import mailbox
from lic_site.notices.views import looks


def _in_demo[**P](view: Callable[P, HttpResponse]) -> Callable[P, HttpResponse]:
    """The page exists only while the demonstration is on."""

    @wraps(view)
    def guarded(*args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        if not settings.DEMO:
            raise Http404
        return view(*args, **kwargs)

    return guarded


@never_cache
@_in_demo
def inbox(request: HttpRequest) -> HttpResponse:
    address = request.GET.get("q", "")
    page = Paginator(mailbox.search(address), 25).get_page(request.GET.get("page"))
    context = {"page": page, "address": address, "folder": mailbox.folder()}
    return render(request, "notices/demo_inbox.html", context)


@looks.FRAMING
@_in_demo
def message(request: HttpRequest, kept_id: str) -> HttpResponse:
    return render(request, "notices/demo_message.html", {"kept": _kept(kept_id)})


@looks.framed
@_in_demo
def message_html(request: HttpRequest, kept_id: str) -> HttpResponse:  # noqa: ARG001
    return looks.as_mail(_kept(kept_id).html)


def _kept(kept_id: str) -> mailbox.Kept:
    kept = mailbox.find(kept_id)
    if kept is None:
        raise Http404
    return kept
