"""The colleague's answer, from a link, without an account.

The page shows the applicant's name, the cohort and its dates, and nothing else. A link that was
never made, has been replaced or can no longer matter gets one and the same page.
"""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache

from cohorts.programme.enums import SupportAnswer
from cohorts.programme.forms.public import SupportAnswerForm
from cohorts.programme.models import ManagerSupport
from cohorts.programme.services import support as verbs
from lic_site.common.posted import posted


def _seen(request: ManagerSupport) -> dict[str, Any]:
    """What the colleague sees of the application."""
    cohort = request.application.cohort
    return {
        "applicant": request.application.applicant.name,
        "cohort": cohort.name,
        "starts_on": cohort.starts_on,
        "ends_on": cohort.ends_on,
        "decisions_by": cohort.decisions_by,
        "answered": request.answered_at is not None,
    }


@never_cache
def answer(request: HttpRequest, token: str) -> HttpResponse:
    """Answer, check, confirm. Nothing is kept before it is confirmed."""
    try:
        asked = verbs.open_request(token)
        form = SupportAnswerForm(
            posted(request),
            initial={"answer": asked.answer, "conditions": asked.conditions},
        )
        context = _seen(asked) | {"form": form, "token": token}
        if request.method != "POST" or not form.is_valid() or "change" in request.POST:
            return render(request, "programme/support/answer.html", context)
        given = SupportAnswer(form.cleaned_data["answer"])
        conditions = form.cleaned_data["conditions"]
        if "confirmed" not in request.POST:
            has_conditions = given == SupportAnswer.CONDITIONS
            context |= {"given": given, "conditions": conditions if has_conditions else ""}
            return render(request, "programme/support/check.html", context)
        verbs.answer_support(token=token, answer=given, conditions=conditions, at=timezone.now())
    except verbs.LinkEnded:
        return render(request, "programme/support/link_ended.html", status=404)
    return redirect("programme:support_answered", token=token)


@never_cache
def answered(request: HttpRequest, token: str) -> HttpResponse:
    """Thank you, and how to change the answer."""
    try:
        asked = verbs.open_request(token)
    except verbs.LinkEnded:
        return render(request, "programme/support/link_ended.html", status=404)
    if asked.answered_at is None:
        return redirect("programme:support_answer", token=token)
    context = _seen(asked) | {"given": asked.get_answer_display(), "token": token}
    return render(request, "programme/support/answered.html", context)
