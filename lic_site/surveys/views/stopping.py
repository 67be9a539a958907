"""When a survey cannot be answered (any more), and taking back what was answered."""

from collections.abc import Sequence
from datetime import datetime

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from lic_site.common.errors import Refusal
from lic_site.common.unseen import unseen
from lic_site.surveys.enums import WITHDRAWABLE, WaveState
from lic_site.surveys.journey import Said
from lic_site.surveys.links import invitation_for
from lic_site.surveys.models import Invitation
from lic_site.surveys.services import answering as verbs

SOON, CLOSED, OFF, ANSWERED = "soon", "closed", "off", "answered"
_STATUS = {SOON: 403, CLOSED: 410, OFF: 410, ANSWERED: 409}


def why_not(invitation: Invitation, at: datetime) -> str | None:
    """Why this cannot be answered at this moment; None if it can."""
    wave = invitation.wave
    if wave.state == WaveState.CANCELLED:
        return OFF
    if wave.state == WaveState.PLANNED or wave.opens_at > at:
        return SOON
    if invitation.answered:
        return ANSWERED
    if wave.state == WaveState.CLOSED or wave.closes_at <= at:
        return CLOSED
    return None


def stopped(
    request: HttpRequest, invitation: Invitation, token: str, reason: str, typed: Sequence[Said]
) -> HttpResponse:
    """A page that says why, with what was typed in vain. To look at what one has answered already
    is no mistake.
    """
    is_fine = reason == ANSWERED and request.method != "POST"
    wave = invitation.wave
    context = {
        "reason": reason,
        "wave": wave,
        "token": token,
        "typed": typed,
        "can_withdraw": reason == ANSWERED and wave.mode in WITHDRAWABLE,
    }
    status = 200 if is_fine else _STATUS[reason]
    return render(request, "surveys/answering/stopped.html", context, status=status)


@unseen()
def withdraw(request: HttpRequest, token: str) -> HttpResponse:
    """GET asks, POST does it. In an anonymous survey it says why nobody can."""
    invitation, now = invitation_for(token), timezone.now()
    if invitation is None:
        return render(request, "surveys/answering/no_link.html", status=404)
    wave, is_done, status = invitation.wave, False, 200
    if request.method == "POST":
        try:
            verbs.withdraw(invitation=invitation, at=now)
        except Refusal:
            status = 409
        else:
            is_done = True
    context = {
        "token": token,
        "wave": wave,
        "is_done": is_done,
        "is_open": wave.state == WaveState.OPEN and wave.closes_at > now,
        "can_withdraw": wave.mode in WITHDRAWABLE,
        "is_there": verbs.given_by(invitation) is not None,
    }
    return render(request, "surveys/answering/withdraw.html", context, status=status)
