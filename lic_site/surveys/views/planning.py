"""``/staff/surveys/new/``: plan a survey by hand, or change one that has not opened: what it is
about, how it is asked, a page to check with how many it asks.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from lic_site.accounts.guards import allowed, fetch
from lic_site.accounts.requests import SignedInRequest
from lic_site.common.dates import when
from lic_site.common.errors import Refusal
from lic_site.common.posted import edit_methods
from lic_site.surveys import policies
from lic_site.surveys.boards import MODES
from lic_site.surveys.enums import Mode, WaveState
from lic_site.surveys.forms.waves import AskingForm, FindForm, as_asked
from lic_site.surveys.models import Wave
from lic_site.surveys.protocol import About, Subject, subjects
from lic_site.surveys.services import waves as verbs
from lic_site.surveys.services.errors import NotPlannedAnyMore
from lic_site.surveys.services.opening import fewest

PER_PAGE = 20


@require_safe
@allowed("run_waves", policies)
def find(request: SignedInRequest) -> HttpResponse:
    """Choose what the survey is about."""
    known = subjects()
    form = FindForm(request.GET)
    said = form.cleaned_data if form.is_valid() else {}
    subject = known.get(said.get("kind", "")) or next(iter(known.values()))
    words = said.get("q", "").casefold()
    found = [
        each for each in subject.choices() if words in f"{each.words} {each.group_words}".casefold()
    ]
    page: Any = Paginator(found, PER_PAGE).get_page(request.GET.get("page"))
    rows = [(each, reverse("surveys:plan_wave", args=[subject.name, each.pk])) for each in page]
    context = {"form": form, "subject": subject, "page": page, "rows": rows}
    return render(request, "surveys/staff/find.html", context)


def _about(kind: str, pk: int) -> tuple[Subject, About]:
    subject = subjects().get(kind)
    about = subject.find([pk]).get(pk) if subject else None
    if subject is None or about is None:
        raise Http404
    return subject, about


@edit_methods
@allowed("run_waves", policies)
def plan_wave(request: SignedInRequest, kind: str, pk: int) -> HttpResponse:
    subject, about = _about(kind, pk)
    today = timezone.localdate()
    start = {"opens_on": today + timedelta(days=1), "closes_on": today + timedelta(days=15)}

    def keep(asking: verbs.Asking) -> Wave:
        return verbs.plan_wave(
            subject_kind=kind, subject_id=pk, asking=asking, by=request.person, at=timezone.now()
        )

    back = reverse("surveys:find")
    page = _Page("Plan a survey", "Plan it", back, "Choose something else", start, keep)
    return _asked(request, page, subject, about)


@edit_methods
@allowed("run_waves", policies)
def change_wave(request: SignedInRequest, pk: int) -> HttpResponse:
    rows = Wave.objects.select_related("questionnaire")
    wave = fetch(policies, request.person, rows, pk=pk)
    if wave.state != WaveState.PLANNED:
        messages.error(request, str(NotPlannedAnyMore()))
        return redirect("surveys:wave", pk)
    subject, about = _about(wave.subject_kind, wave.subject_id)

    def keep(asking: verbs.Asking) -> Wave:
        verbs.change(wave=wave, asking=asking, by=request.person, at=timezone.now())
        return wave

    back = reverse("surveys:wave", args=[pk])
    page = _Page("Change the survey", "Change it", back, "The survey", as_asked(wave), keep)
    return _asked(request, page, subject, about)


@dataclass(frozen=True)
class _Page:
    """Planning a survey, or changing one: what the form begins with, what keeps what was said."""

    heading: str
    button: str
    back: str
    back_text: str
    start: dict[str, Any]
    keep: Callable[[verbs.Asking], Wave]


def _asked(request: SignedInRequest, page: _Page, subject: Subject, about: About) -> HttpResponse:
    """The form; rightly filled in, the page to check; from there, back to the form or on."""
    posted = request.POST if request.method == "POST" else None
    form = AskingForm(posted, subject=subject, initial=page.start)
    step = request.POST.get("step", "")
    context: dict[str, Any] = {"page": page, "about": about, "form": form}
    if posted is not None and form.is_valid() and step != "back":
        asking = form.asking()
        count = subject.audience(about.pk, asking.audience).distinct().count()
        wanted = fewest(asking.mode)
        if step == "keep":
            try:
                wave = page.keep(asking)
            except Refusal as no:
                form.add_error(None, str(no))
            else:
                messages.success(request, "It is planned. It opens by itself.")
                return redirect("surveys:wave", wave.pk)
        else:
            context |= {
                "rows": _to_check(subject, about, asking, count),
                "kept": [(k, v) for k, v in posted.items() if k not in _OWN],
                "too_few": count < wanted,
                "wanted": wanted,
                "count": count,
            }
            return render(request, "surveys/staff/check.html", context)
    return render(request, "surveys/staff/ask.html", context)


_OWN = ("csrfmiddlewaretoken", "step")


def _to_check(
    subject: Subject, about: About, asking: verbs.Asking, count: int
) -> list[dict[str, Any]]:
    often = f"{asking.chasers} at most, {asking.chase_after_days} days apart"
    turn = (
        "At once, whatever else they were asked."
        if asking.in_room
        else "Whoever was asked something else within two weeks is asked when their turn comes."
    )
    return [
        {"key": "About", "value": about.words},
        {"key": "Questionnaire", "value": asking.questionnaire.name},
        {
            "key": "Who is asked",
            "value": subject.audiences[asking.audience],
            "hint": f"{count} {'person' if count == 1 else 'people'}, as things stand today",
        },
        {
            "key": "How answers are kept",
            "value": Mode(asking.mode).label,
            "hint": MODES[Mode(asking.mode)],
        },
        {"key": "Opens", "value": when(asking.opens_at)},
        {"key": "Closes", "value": when(asking.closes_at)},
        {"key": "Reminders", "value": often if asking.chasers else "None"},
        {"key": "When people are asked", "value": turn},
    ]
