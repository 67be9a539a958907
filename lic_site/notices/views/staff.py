"""``/staff/messages/``: what is due, sent and failed; one message; each kind's words."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST

from lic_site.accounts import audit
from lic_site.accounts.guards import allowed, fetch
from lic_site.accounts.models import Person
from lic_site.accounts.policies import visible as visible_people
from lic_site.accounts.requests import SignedInRequest
from lic_site.common.errors import Refusal
from lic_site.notices import boards, policies, renderer, services
from lic_site.notices.forms import SearchForm
from lic_site.notices.models import Notice
from lic_site.notices.protocol import NoticeKind, kinds
from lic_site.notices.views import looks


@allowed("view_board", policies)
def board(request: SignedInRequest) -> HttpResponse:
    return render(request, "notices/board.html", boards.board(at=timezone.now()))


@allowed("view_board", policies)
def listing(request: SignedInRequest) -> HttpResponse:
    form = SearchForm(request.GET)
    notices = policies.visible(request.person, Notice.objects.select_related("recipient"))
    if form.is_valid():
        notices = notices.narrowed(**form.cleaned_data)
    whose = request.GET.get("person", "")
    person = None
    if whose.isdecimal():
        person = visible_people(request.person, Person.objects.all()).filter(pk=whose).first()
        notices = notices.filter(recipient_id=int(whose))
    page = Paginator(notices.order_by("-due_at", "-pk"), 50).get_page(request.GET.get("page"))
    context = {"form": form, "page": page, "rows": boards.rows(page), "person": person}
    return render(request, "notices/list.html", context)


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
    context = {"notice": notice, "preview": _preview(notice), **boards.facts(notice)}
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
@allowed("release", policies)
def release(request: SignedInRequest) -> HttpResponse:
    count = services.release_parked(by=request.person, at=timezone.now())
    held = "1 held message is" if count == 1 else f"{count} held messages are"
    messages.success(request, f"{held} on the way.")
    return redirect("notices:board")


@allowed("view_board", policies)
def kind_list(request: SignedInRequest) -> HttpResponse:
    return render(request, "notices/kinds.html", {"rows": boards.kind_rows()})


@looks.FRAMING
@allowed("view_board", policies)
def kind(request: SignedInRequest, name: str) -> HttpResponse:
    found = _kind(name)
    context = {"kind": found, "preview": renderer.render_sample(found)}
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
    """As it would go out now, its link aside; None when what it was about has gone."""
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
