"""How far a mailing is; stop it, let it go on, call the rest off."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST

from lic_site.accounts.guards import allowed
from lic_site.accounts.requests import SignedInRequest
from lic_site.common.errors import Refusal
from lic_site.notices import policies
from lic_site.notices.enums import MailingState
from lic_site.notices.mailings.audience import told_of
from lic_site.notices.mailings.progress import progress_of, state_of
from lic_site.notices.models import Mailing
from lic_site.notices.services import mailings as verbs
from lic_site.notices.services.mailings.errors import NotGoing
from lic_site.notices.views.mailings.shared import edits, mailing_of


def going(request: SignedInRequest, mailing: Mailing) -> HttpResponse:
    """A script asks again while it goes out; without one there is a link to do so."""
    progress = progress_of([mailing])[mailing.pk]
    state = state_of(mailing, progress)
    is_going = state == MailingState.SENDING
    context = {
        "mailing": mailing,
        "progress": progress,
        "state": state,
        "told": told_of(mailing),
        "was_called_off": state == MailingState.DONE and mailing.stopped_at is not None,
        "job": {
            "title": f"{progress.sent} sent",
            "done": progress.done,
            "total": progress.total,
            "message": "are settled.",
            "running": is_going,
        },
    }
    part = bool(request.headers.get("HX-Request"))
    return render(request, f"notices/mailings/{'_progress' if part else 'going'}.html", context)


@require_POST
@allowed("send_mailings", policies)
def stop(request: SignedInRequest, pk: int) -> HttpResponse:
    return _act(request, pk, verbs.stop, "It is stopped. {} held back.")


@require_POST
@allowed("send_mailings", policies)
def resume(request: SignedInRequest, pk: int) -> HttpResponse:
    return _act(request, pk, verbs.resume, "It goes on. {} on the way.")


@edits
@allowed("send_mailings", policies)
def call_off(request: SignedInRequest, pk: int) -> HttpResponse:
    mailing = mailing_of(request, pk)
    if request.method == "POST":
        return _act(request, pk, verbs.call_off, "It is called off. {} not sent.")
    if mailing.state not in {MailingState.SENDING, MailingState.STOPPED}:
        messages.error(request, str(NotGoing("Nothing is left to call off.")))
        return redirect("notices:mailing", pk)
    context = {"mailing": mailing, "progress": progress_of([mailing])[pk]}
    return render(request, "notices/mailings/call_off.html", context)


def _act(request: SignedInRequest, pk: int, verb: Callable[..., Any], done: str) -> HttpResponse:
    try:
        number = verb(mailing=mailing_of(request, pk), by=request.person, at=timezone.now())
    except Refusal as refusal:
        messages.error(request, str(refusal))
    else:
        counted = "1 message is" if number == 1 else f"{number:,} messages are"
        messages.success(request, done.format(counted))
    return redirect("notices:mailing", pk)
