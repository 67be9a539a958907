"""``/staff/surveys/``: what is open, what comes, what closed; one survey and what is done to it."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from lic_site.accounts import audit
from lic_site.accounts.guards import allowed, fetch, must
from lic_site.accounts.models import Person
from lic_site.accounts.requests import SignedInRequest
from lic_site.common.errors import Refusal
from lic_site.common.posted import edit_methods
from lic_site.surveys import boards, policies
from lic_site.surveys.enums import Mode, WaveState
from lic_site.surveys.forms.waves import BoardFilter, ClosingForm
from lic_site.surveys.models import Wave
from lic_site.surveys.services import waves as verbs
from lic_site.surveys.timing import day_of

PER_PAGE = 25


@require_safe
@allowed("see_waves", policies)
def board(request: SignedInRequest) -> HttpResponse:
    """Parts by state; once narrowed, one list of all that fits, page by page."""
    now, form = timezone.now(), BoardFilter(request.GET)
    seen = form.narrowed(boards.visible(request.person))
    group = form.cleaned_data["group"] if form.is_valid() else None
    context: dict[str, Any] = {
        "form": form,
        "group": group,
        "group_name": dict(form.fields["group"].choices).get(group, ""),  # type: ignore[attr-defined]
        "runs": policies.can(request.person, "run_waves"),
        "places": places(request.person, request.path),
    }
    if form.is_narrow:
        page: Any = Paginator(seen, PER_PAGE).get_page(request.GET.get("page"))
        context |= {"page": page, "rows": boards.rows(page, now)}
        return render(request, "surveys/staff/list.html", context)
    context |= {"board": boards.board(seen, now), "troubles": boards.troubles(seen, now)}
    return render(request, "surveys/staff/board.html", context)


def places(person: Person, path: str) -> list[dict[str, Any]]:
    """The menu of everything about surveys."""
    known = (
        ("see_waves", "Surveys", "/staff/surveys/"),
        ("see_waves", "Plans", "/staff/surveys/plans/"),
        ("see_results", "Compare", "/staff/surveys/compare/"),
        ("keep_checkers", "Comments", "/staff/surveys/comments/"),
    )
    return [
        {"text": text, "href": href, "current": path == href}
        for verb, text, href in known
        if policies.can(person, verb)
    ]


@dataclass(frozen=True)
class Act:
    """One thing to do with a survey, on a page of its own."""

    heading: str
    text: str
    button: str
    verb: Callable[..., None]
    done: str
    state: WaveState
    warns: bool = False


ACTS = {
    "open": Act(
        "Open it now",
        "Everybody it asks is asked now, or as soon as it is their turn. It closes when it would "
        "have.",
        "Open it",
        verbs.open_now,
        "It is open.",
        WaveState.PLANNED,
    ),
    "call-off": Act(
        "Call it off",
        "Nobody is asked. The clock does not plan it again; by hand you still can.",
        "Call it off",
        verbs.call_off,
        "It is called off.",
        WaveState.PLANNED,
        warns=True,
    ),
    "closing": Act(
        "Close it on another day",
        "Whoever was asked can answer until then.",
        "Move the day",
        verbs.move_closing,
        "The day is moved.",
        WaveState.OPEN,
    ),
    "close": Act(
        "Close it now",
        "No more answers are taken, and its results are made once and for all. This cannot be "
        "undone.",
        "Close it",
        verbs.close_now,
        "It is closed, and its results are there.",
        WaveState.OPEN,
        warns=True,
    ),
}


def _fetch(request: SignedInRequest, pk: int) -> Wave:
    rows = Wave.objects.select_related("questionnaire", "plan", "version__questionnaire")
    return fetch(policies, request.person, rows, pk=pk)


@require_safe
@allowed("see_waves", policies)
def wave(request: SignedInRequest, pk: int) -> HttpResponse:
    found, now = _fetch(request, pk), timezone.now()
    runs = policies.can(request.person, "run_waves")
    acts = [(name, act) for name, act in ACTS.items() if act.state == found.state]
    row = boards.rows([found], now)[0]
    names: list[Person] | None = None
    if found.mode == Mode.NAMED and policies.can(request.person, "see_named", found):
        names = _unanswered(request.person, found, now)
    context = {
        "wave": found,
        "row": row,
        "facts": boards.facts(found),
        "asked": boards.asked(found) if found.state == WaveState.OPEN else None,
        "troubles": boards.troubles(Wave.objects.filter(pk=pk), now),
        "acts": acts if runs else [],
        "can_change": runs and found.state == WaveState.PLANNED,
        "unanswered": names,
        "places": places(request.person, request.path),
    }
    return render(request, "surveys/staff/wave.html", context)


def _unanswered(person: Person, wave: Wave, at: datetime) -> list[Person]:
    """Who has not answered, where answers have names; that somebody looked is written down."""
    audit.record("surveys.unanswered_viewed", by=person, at=at, thing=wave)
    waiting = wave.invitations.filter(answered=False, person__erased_at=None)
    people = Person.objects.filter(pk__in=waiting.values("person"))
    return list(people.order_by("family_name", "given_name", "pk"))


@edit_methods
@allowed("run_waves", policies)
def act(request: SignedInRequest, pk: int, name: str) -> HttpResponse:
    found, chosen = _fetch(request, pk), ACTS.get(name)
    must(chosen is not None)
    assert chosen is not None  # noqa: S101 - ``must`` answers 404
    posted = request.POST if request.method == "POST" else None
    form = None
    if name == "closing":
        form = ClosingForm(posted, initial={"closes_on": day_of(found.closes_at)})
    if posted is not None and (form is None or form.is_valid()):
        more = {} if form is None else {"closes_at": form.closes_at()}
        try:
            chosen.verb(wave=found, by=request.person, at=timezone.now(), **more)
        except Refusal as no:
            if form is None:
                messages.error(request, str(no))
                return redirect("surveys:wave", pk)
            form.add_error("closes_on", str(no))
        else:
            messages.success(request, chosen.done)
            return redirect("surveys:wave", pk)
    context = {"wave": found, "act": chosen, "form": form}
    return render(request, "surveys/staff/act.html", context)
