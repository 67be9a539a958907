"""Coming back: with the code at ``/concern/follow/``, with a name at ``/my/concerns/``."""

from collections.abc import Callable
from typing import cast

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from lic_site.accounts.guards import person_required
from lic_site.accounts.requests import SignedInRequest
from lic_site.common.carried import seal, unseal
from lic_site.common.errors import Refusal
from lic_site.common.unseen import unseen
from lic_site.concerns import limits, policies, threads
from lic_site.concerns.forms.raising import CodeForm, MoreForm
from lic_site.concerns.models import Concern
from lic_site.concerns.services import following as verbs

PURPOSE = "follow"
NOTHING = "This code opens nothing here. Check it against what you wrote down."
ENOUGH = "There were too many tries from your internet address today. Try again tomorrow."
ADDED = "It was added, and its reader is told."
WITHDRAWN = "It is withdrawn, and its reader is told."


@unseen()
def follow(request: HttpRequest) -> HttpResponse:
    """The code, then the thread. The code stays in the page, sealed: no cookie, no session."""
    if request.method != "POST":
        return render(request, "concerns/follow/code.html", {"form": CodeForm()})
    carried = unseal(PURPOSE, request.POST.get("key", ""))
    if carried is not None:
        return _opened(request, str(carried["code"]))
    form = CodeForm(request.POST)
    if not form.is_valid():
        return render(request, "concerns/follow/code.html", {"form": form})
    now, code = timezone.now(), form.cleaned_data["code"]
    if limits.is_over(limits.Limit.WRONG_CODE, request, at=now):
        return _again(request, form, ENOUGH)
    if verbs.find_by_code(code) is None:
        limits.count(limits.Limit.WRONG_CODE, request, at=now)
        return _again(request, form, NOTHING)
    return _opened(request, code)


def _again(request: HttpRequest, form: CodeForm, why: str) -> HttpResponse:
    form.add_error("code", why)
    return render(request, "concerns/follow/code.html", {"form": form})


def _opened(request: HttpRequest, code: str) -> HttpResponse:
    """What the code opens, and what is done with it."""
    concern = verbs.find_by_code(code)
    if concern is None:
        return _again(request, CodeForm({"code": code}), NOTHING)
    now, do = timezone.now(), request.POST.get("do", "")
    more, refusal, said = MoreForm(), "", ""
    if do == "ask":
        context = {"concern": concern, "key": seal(PURPOSE, {"code": code})}
        return render(request, "concerns/follow/withdraw.html", context)
    try:
        if do == "withdraw":
            verbs.withdraw(concern=concern, by=None, at=now)
            said = WITHDRAWN
        elif do == "add":
            more = MoreForm(request.POST)
            if more.is_valid() and limits.is_over(limits.Limit.ADDED, request, at=now):
                more.add_error("text", ENOUGH)
            if more.is_valid():
                verbs.add_words(concern=concern, text=more.cleaned_data["text"], by=None, at=now)
                limits.count(limits.Limit.ADDED, request, at=now)
                more, said = MoreForm(), ADDED
    except Refusal as no:
        refusal = str(no)
    concern.refresh_from_db()
    context = {
        "concern": concern,
        "lines": threads.shared(concern),
        "form": more,
        "refusal": refusal,
        "said": said,
        "key": seal(PURPOSE, {"code": code}),
    }
    return render(request, "concerns/follow/thread.html", context)


def _mine(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """A page for whoever raised something with their name; unlogged as the rest."""
    return unseen()(cast("Callable[..., HttpResponse]", person_required(view)))


@_mine
def mine(request: SignedInRequest) -> HttpResponse:
    rows = policies.own(request.person, Concern.objects.all())
    rows = rows.order_by("-received_on", "reference")
    return render(request, "concerns/mine/list.html", {"concerns": rows})


@_mine
def one(request: SignedInRequest, reference: str) -> HttpResponse:
    concern = _fetch(request, reference)
    form = MoreForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        text = form.cleaned_data["text"]
        verbs.add_words(concern=concern, text=text, by=request.person, at=timezone.now())
        messages.success(request, ADDED)
        return redirect("concerns:one", reference)
    context = {"concern": concern, "lines": threads.shared(concern), "form": form}
    return render(request, "concerns/mine/thread.html", context)


@_mine
def withdraw(request: SignedInRequest, reference: str) -> HttpResponse:
    concern, refusal = _fetch(request, reference), ""
    if request.method == "POST":
        try:
            verbs.withdraw(concern=concern, by=request.person, at=timezone.now())
        except Refusal as no:
            refusal = str(no)
        else:
            messages.success(request, WITHDRAWN)
            return redirect("concerns:one", reference)
    return render(request, "concerns/mine/withdraw.html", {"concern": concern, "refusal": refusal})


def _fetch(request: SignedInRequest, reference: str) -> Concern:
    found = policies.own(request.person, Concern.objects.filter(reference=reference)).first()
    if found is None:
        raise Http404
    return found
