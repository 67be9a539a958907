"""``/my/surveys/``: what waits for me, what I answered, what I share and what others share."""

from dataclasses import dataclass, field
from uuid import UUID

from django.contrib import messages
from django.db.models import QuerySet
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from lic_site.accounts.guards import fetch, person_required
from lic_site.accounts.requests import SignedInRequest
from lic_site.common.errors import Refusal
from lic_site.surveys import companions, links, policies
from lic_site.surveys.enums import WITHDRAWABLE, Mode
from lic_site.surveys.forms.sharing import ShareForm
from lic_site.surveys.models import Invitation, Response, Share
from lic_site.surveys.replies import Reply, replies
from lic_site.surveys.services import sharing as verbs


@dataclass(frozen=True)
class Item:
    """One answer of one's own, and with whom it is shared."""

    reply: Reply
    shares: list[tuple[Share, bool]] = field(default_factory=list)
    """With whom, and whether they are still to one what they were: else they do not see it."""


@person_required
def mine(request: SignedInRequest) -> HttpResponse:
    person, now = request.person, timezone.now()
    invitations = Invitation.objects.of(person).select_related("wave__questionnaire")
    waiting = [
        {
            "title": each.wave.questionnaire.name,
            "text": each.wave.about,
            "due": each.wave.closes_at,
            "href": f"/survey/{links.token_for(each)}/",
            "action": "Answer",
        }
        for each in invitations.waiting(now).order_by("wave__closes_at", "pk")
    ]
    sent = invitations.filter(answered=True, wave__mode__in=[Mode.ANONYMOUS, Mode.LINKED]).order_by(
        "-wave__opens_at", "-pk"
    )
    answered = [
        {
            "wave": each.wave,
            "token": links.token_for(each) if each.wave.mode in WITHDRAWABLE else "",
        }
        for each in sent
    ]
    modes = {each.wave.mode for each in sent}
    context = {
        "waiting": waiting,
        "answered": answered,
        "kept": [
            (mode.label, policies.who_sees(mode))
            for mode in (Mode.LINKED, Mode.ANONYMOUS)
            if mode in modes
        ],
        "responses": _own(request).order_by("-on", "-pk"),
        "shared": len(companions.read_by(person)),
    }
    return render(request, "surveys/mine/list.html", context)


def _own(request: SignedInRequest) -> QuerySet[Response]:
    """What bears my name, whoever else may see it."""
    mine = policies.visible(request.person, Response.objects.filter(person=request.person))
    return mine.select_related("wave__version", "wave__questionnaire", "person")


@person_required
def one(request: SignedInRequest, pk: UUID) -> HttpResponse:
    response = fetch(policies, request.person, _own(request), pk=pk)
    shares: dict[str, list[tuple[Share, bool]]] = {}
    readers = companions.of(response) if response.wave.mode == Mode.OWN else {}
    for share in response.shares.filter(ended_at=None).select_related("reader"):
        is_seen = readers.get(share.relation) == share.reader
        shares.setdefault(share.question, []).append((share, is_seen))
    invitation = Invitation.objects.filter(wave=response.wave, person=request.person).first()
    context = {
        "response": response,
        "wave": response.wave,
        "items": [Item(each, shares.get(each.code, [])) for each in replies(response)],
        "who_sees": policies.who_sees(response.wave.mode),
        "is_own": response.wave.mode == Mode.OWN,
        "token": links.token_for(invitation) if invitation else "",
    }
    return render(request, "surveys/mine/one.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@person_required
def share(request: SignedInRequest, pk: UUID, question: str) -> HttpResponse:
    """GET asks with whom, POST shares."""
    response = fetch(policies, request.person, _own(request), pk=pk)
    item = next((each for each in replies(response) if each.code == question), None)
    if item is None or response.wave.mode != Mode.OWN:
        raise Http404
    readers = companions.of(response)
    form = ShareForm(request.POST or None, companions=readers)
    if request.method == "POST" and form.is_valid():
        try:
            verbs.share(
                response=response,
                question=question,
                relation=form.cleaned_data["relation"],
                by=request.person,
                at=timezone.now(),
            )
        except Refusal as no:
            form.add_error("relation", str(no))
        else:
            messages.success(request, "It is shared. You can take it back at any time.")
            return redirect("surveys:mine_one", pk)
    context = {"response": response, "item": item, "form": form, "readers": readers}
    return render(request, "surveys/mine/share.html", context)


@require_POST
@person_required
def end_share(request: SignedInRequest, pk: int) -> HttpResponse:
    own = Share.objects.filter(response__person=request.person).select_related("response")
    share = fetch(policies, request.person, own, pk=pk)
    try:
        verbs.take_back(share=share, by=request.person, at=timezone.now())
    except Refusal as no:
        messages.error(request, str(no))
    else:
        messages.success(request, "They no longer see it.")
    return redirect("surveys:mine_one", share.response_id)


@person_required
def shared(request: SignedInRequest) -> HttpResponse:
    rows = [
        {"share": each, "item": item}
        for each in companions.read_by(request.person)
        for item in replies(each.response)
        if item.code == each.question
    ]
    return render(request, "surveys/mine/shared.html", {"rows": rows})
