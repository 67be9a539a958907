"""``/staff/surveys/comments/``: one of two named people checks what was written, before anybody
else reads it. That they looked is written down.
"""

import uuid

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from lic_site.accounts import audit
from lic_site.accounts.guards import allowed, fetch
from lic_site.accounts.requests import SignedInRequest
from lic_site.common.errors import Refusal
from lic_site.surveys import comments, policies
from lic_site.surveys.enums import CommentState
from lic_site.surveys.forms.comments import CheckForm
from lic_site.surveys.models import Comment, Wave
from lic_site.surveys.querysets import CommentQuerySet
from lic_site.surveys.services import checking
from lic_site.surveys.views.waves import places


@require_safe
@allowed("see_waves", policies)
def queue(request: SignedInRequest) -> HttpResponse:
    """Which surveys have comments to check, and who checks them."""
    waves = policies.visible(request.person, comments.closed_waves())
    context = {
        "waves": waves,
        "checkers": comments.checkers(),
        "wanted": comments.CHECKERS,
        "is_checker": policies.can(request.person, "check_comments"),
        "keeps_themes": policies.can(request.person, "keep_themes"),
        "places": places(request.person, request.path),
    }
    return render(request, "surveys/comments/queue.html", context)


@require_safe
@allowed("check_comments", policies)
def of_wave(request: SignedInRequest, pk: int) -> HttpResponse:
    """The comments of one survey: to check, and checked."""
    waves = Wave.objects.select_related("questionnaire", "version")
    wave = fetch(policies, request.person, waves, pk=pk)
    mine = policies.visible(request.person, Comment.objects.filter(wave=wave))
    found = list(mine.prefetch_related("themes").order_by("question", "pk"))
    for comment in found:
        comment.wave = wave
    audit.record("surveys.comments_viewed", by=request.person, at=timezone.now(), thing=wave)
    context = {
        "wave": wave,
        "waiting": [each for each in found if each.state == CommentState.WAITING],
        "checked": [each for each in found if each.state != CommentState.WAITING],
    }
    return render(request, "surveys/comments/wave.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@allowed("check_comments", policies)
def check(request: SignedInRequest, pk: uuid.UUID) -> HttpResponse:
    """One comment as it was written. What is kept of it is what stands in the box."""
    rows = Comment.objects.select_related("wave__questionnaire", "wave__version")
    comment = fetch(policies, request.person, rows, pk=pk)
    initial = {"text": comment.text, "themes": comment.themes.all(), "seen": comment.state}
    posted = request.POST if request.method == "POST" else None
    form = CheckForm(posted, initial=initial, comment=comment)
    refusal = ""
    if request.POST.get("do") == "withhold" and "sure" not in request.POST:
        context = {"comment": comment, "seen": request.POST.get("seen", "")}
        return render(request, "surveys/comments/withhold.html", context)
    if form.is_valid():
        try:
            _settle(request, comment, form)
        except Refusal as no:
            refusal = str(no)
        else:
            return _onward(request, comment)
    if posted is None:
        audit.record(
            "surveys.comments_viewed", by=request.person, at=timezone.now(), thing=comment.wave
        )
    context = {
        "comment": comment,
        "question": comments.question_words(comment),
        "form": form,
        "refusal": refusal,
        "left": _waiting(request, comment.wave).count(),
    }
    return render(request, "surveys/comments/check.html", context)


def _settle(request: SignedInRequest, comment: Comment, form: CheckForm) -> None:
    given, now = form.cleaned_data, timezone.now()
    if request.POST.get("do") == "withhold":
        checking.withhold_comment(comment=comment, seen=given["seen"], by=request.person, at=now)
        messages.success(request, "It is withheld, and its words are deleted.")
        return
    checking.check_comment(comment=comment, by=request.person, at=now, **given)
    messages.success(request, "It is checked.")


def _onward(request: SignedInRequest, comment: Comment) -> HttpResponse:
    """To the next one that waits, or back to the list."""
    after = _waiting(request, comment.wave).first()
    if after is None:
        return redirect("surveys:wave_comments", comment.wave_id)
    return redirect("surveys:comment", after.pk)


def _waiting(request: SignedInRequest, wave: Wave) -> CommentQuerySet:
    mine = policies.visible(request.person, Comment.objects.to_check())
    return mine.filter(wave=wave).order_by("question", "pk")
