"""One message, and each kind's words, as staff see them."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST

from lic_site.accounts import audit
from lic_site.accounts.guards import allowed, fetch
from lic_site.accounts.requests import SignedInRequest
from lic_site.common.errors import Refusal
from lic_site.notices import boards, catalogue, policies, renderer, services
from lic_site.notices.models import Notice
from lic_site.notices.protocol import NoticeKind, kinds
from lic_site.notices.views import looks


@looks.FRAMING
@allowed("view", policies)
def one(request: SignedInRequest, pk: int) -> HttpResponse:
    notice = _fetch(request, pk)
    audit.record(
        "notices.notice_viewed",
        by=request.person,
        at=timezone.now(),
        thing=notice,
        subject=notice.recipient,
    )
    facts = boards.facts(notice, at=timezone.now())
    context = {"notice": notice, "preview": _preview(notice), **facts}
    return render(request, "notices/one.html", context)


@looks.framed
@allowed("view", policies)
def one_html(request: SignedInRequest, pk: int) -> HttpResponse:
    preview = _preview(_fetch(request, pk))
    if preview is None:
        raise Http404
    return looks.as_mail(preview.html)


@require_POST
@allowed("retry", policies)
def retry(request: SignedInRequest, pk: int) -> HttpResponse:
    return _act(request, pk, services.retry, "The message is on its way.")


@require_POST
@allowed("cancel", policies)
def cancel(request: SignedInRequest, pk: int) -> HttpResponse:
    return _act(request, pk, services.cancel_by_hand, "The message will not be sent.")


@require_POST
@allowed("hold", policies)
def hold(request: SignedInRequest, pk: int) -> HttpResponse:
    return _act(request, pk, services.hold, "The message is held until somebody releases it.")


@allowed("view_board", policies)
def kind_list(request: SignedInRequest) -> HttpResponse:
    return render(request, "notices/kinds.html", {"rows": catalogue.kind_rows()})


@looks.FRAMING
@allowed("view_board", policies)
def kind(request: SignedInRequest, name: str) -> HttpResponse:
    found = _kind(name)
    context = {
        **catalogue.kind_facts(found),
        "preview": renderer.render_sample(found),
        "may_edit": policies.can(request.person, policies.EDITING),
    }
    return render(request, "notices/kind.html", context)


@looks.framed
@allowed("view_board", policies)
def kind_html(request: SignedInRequest, name: str) -> HttpResponse:  # noqa: ARG001
    return looks.as_mail(renderer.render_sample(_kind(name)).html)


def _fetch(request: SignedInRequest, pk: int) -> Notice:
    return fetch(policies, request.person, Notice.objects.select_related("recipient"), pk=pk)


def _kind(name: str) -> NoticeKind:
    found = kinds().get(name)
    if found is None:
        raise Http404
    return found


def _preview(notice: Notice) -> renderer.Message | None:
    """As it would go out now, its link aside; to nobody where staff do not see whose it is. None
    when what it was about has gone.
    """
    if policies.recipient_titles([notice]):
        notice.recipient = renderer.nobody()
    try:
        return renderer.render(notice, is_preview=True)
    except LookupError:
        return None


def _act(request: SignedInRequest, pk: int, verb: Callable[..., Any], done: str) -> HttpResponse:
    try:
        verb(notice=_fetch(request, pk), by=request.person, at=timezone.now())
    except Refusal as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, done)
    return redirect("notices:one", pk=pk)
