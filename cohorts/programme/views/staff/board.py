"""Choosing participants: the ranked board, one application, and deciding on many at once."""

from collections.abc import Callable, Iterable, Sequence
from typing import Any

from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_safe

from cohorts.programme import boards, policies
from cohorts.programme.enums import (
    DECIDABLE_STATES,
    ApplicationState,
    CohortState,
    ReviewState,
)
from cohorts.programme.forms.selection import (
    BoardForm,
    DecisionForm,
    FeedbackForm,
    TakeBackForm,
)
from cohorts.programme.models import Application, Cohort
from cohorts.programme.selection import balance, half_up, weighted_percent
from cohorts.programme.services import decisions, offers, places
from cohorts.programme.views.staff.shared import carried_out, cohort_of, page, to
from lic_site.accounts import audit
from lic_site.accounts.guards import allowed, fetch, must
from lic_site.accounts.requests import SignedInRequest
from lic_site.common.posted import edit_methods
from lic_site.notices.protocol import kinds
from lic_site.notices.renderer import Message, compose

SHOWN_STATES = [
    (state.value, state.label) for state in ApplicationState if state != ApplicationState.DRAFT
]
_STATES = {state: place for place, state in enumerate(ApplicationState)}
PAGE = 20
SORTS: dict[str, Callable[[boards.Row], Any]] = {
    "spread": lambda row: row.standing.spread if row.standing.spread is not None else -1,
    "borough": lambda row: row.borough,
    "grade": lambda row: boards.GRADE_ORDER.index(row.grade) if row.grade else -1,
    "state": lambda row: _STATES[row.state],
}


@require_safe
@allowed("see_selection", policies)
def board(request: SignedInRequest, slug: str) -> HttpResponse:
    cohort = cohort_of(request, slug)
    rows = boards.ranking(cohort, request.person)
    form = BoardForm(
        request.GET or None,
        boroughs=sorted({row.borough for row in rows}),
        states=SHOWN_STATES,
    )
    wanted = form.cleaned_data if form.is_valid() else {}
    top = wanted.get("top") or cohort.places
    ranked = [row for row in rows if row.standing.rank]
    best = {row.pk for row in ranked[:top]}
    shown = _sorted(_narrowed(rows, wanted), request.GET.get("sort", ""))
    return page(
        request,
        "board",
        cohort,
        form=form,
        page=Paginator(shown, PAGE).get_page(request.GET.get("page")),
        total=len(rows),
        ready=len(ranked),
        top=top,
        best=best,
        balances=_balances(rows, best),
        free=places.free_places(cohort),
        can_choose=cohort.state in places.CHOOSING_STATES,
        is_open=cohort.state == CohortState.OPEN,
        chosen=request.GET.getlist("chosen"),
        waiting=sum(1 for row in rows if row.state == ApplicationState.WAITLISTED),
    )


def _narrowed(rows: Iterable[boards.Row], wanted: dict[str, Any]) -> list[boards.Row]:
    return [
        row
        for row in rows
        if wanted.get("state") in {None, "", row.state}
        and wanted.get("grade") in {None, "", row.grade_band}
        and wanted.get("borough") in {None, "", row.borough}
        and (not wanted.get("wide") or row.standing.is_wide)
    ]


def _sorted(rows: list[boards.Row], sort: str) -> list[boards.Row]:
    """By a column; otherwise best first, as they come. Equals keep their rank's order."""
    key = SORTS.get(sort.removeprefix("-"))
    if key is not None:
        return sorted(rows, key=key, reverse=sort.startswith("-"))
    return rows[::-1] if sort == "-rank" else rows


def _balances(rows: Sequence[boards.Row], best: set[int]) -> list[tuple[str, list[Any]]]:
    groups = {
        "borough": {row.pk: row.borough for row in rows},
        "sub_region": {row.pk: row.sub_region for row in rows},
        "grade": {row.pk: row.grade for row in rows},
    }
    return [
        (name, balance(of, best, boards.GRADE_ORDER if name == "grade" else ()))
        for name, of in groups.items()
    ]


@require_safe
@allowed("see_selection", policies)
def application(request: SignedInRequest, slug: str, reference: str) -> HttpResponse:
    """One application as Staff College sees it. The look is written down."""
    cohort = cohort_of(request, slug)
    shown = _application(request, cohort, reference)
    audit.record(
        "programme.application_viewed",
        by=request.person,
        at=timezone.now(),
        thing=shown,
        subject=shown.applicant,
    )
    weights = dict(cohort.criteria.values_list("pk", "weight"))
    reviews = policies.visible(request.person, shown.reviews.all())
    readings = []
    for review in reviews.select_related("reader").prefetch_related("scores__criterion"):
        points = {score.criterion_id: score.points or 0 for score in review.scores.all()}
        is_done = review.state == ReviewState.SUBMITTED
        percent = half_up(weighted_percent(points, weights)) if is_done else None
        readings.append({"review": review, "percent": percent})
    return page(
        request,
        "application",
        cohort,
        application=shown,
        answers=shown.answers.select_related("question"),
        readings=readings,
        events=shown.events.all(),
        support=getattr(shown, "support", None),
        offer=shown.offers.first(),
        can_decide=policies.can(request.person, "decide", shown),
        is_decidable=shown.state in DECIDABLE_STATES and cohort.state in places.CHOOSING_STATES,
    )


def _application(request: SignedInRequest, cohort: Cohort, reference: str) -> Application:
    found = fetch(
        policies,
        request.person,
        Application.objects.filter(cohort=cohort, submitted_at__isnull=False).select_related(
            "applicant__organisation", "organisation", "cohort", "support__supporter", "decided_by"
        ),
        reference=reference,
    )
    must(policies.can(request.person, "decide", found))
    return found


KINDS = {
    "offer": "programme.place_offered",
    "waitlist": "programme.waitlisted",
    "not_offer": "programme.not_offered",
}


@edit_methods
@allowed("decide", policies)
def decide(request: SignedInRequest, slug: str, action: str) -> HttpResponse:
    """Who will be written to, and what; then, on yes, all of them or none."""
    cohort = cohort_of(request, slug)
    if action not in KINDS:
        raise Http404
    chosen = _chosen(request, cohort)
    if not chosen:
        return page(request, "decide_none", cohort)
    applications = _in_full(chosen)
    unread = decisions.short_of_readings(applications)
    form = _decision_form(request, action, applications, unread)
    if (
        request.method == "POST"
        and form.is_valid()
        and carried_out(
            request,
            form,
            lambda: _act(request, cohort, action, form, applications),
            said=f"Done. Written to: {len(applications)}.",
        )
    ):
        return to("board", slug)
    free = places.free_places(cohort)
    return page(
        request,
        "decide",
        cohort,
        action=action,
        chosen=chosen,
        form=form,
        unread=unread,
        message=_preview(cohort, action, applications[0], form, is_named=bool(chosen[0].name)),
        free=free,
        undecided_left=action == "offer" and len(chosen) > free,
    )


def _chosen(request: SignedInRequest, cohort: Cohort) -> list[boards.Row]:
    """The chosen rows in the board's order."""
    references = set(request.GET.getlist("chosen"))
    return [
        row
        for row in boards.ranking(cohort, request.person)
        if row.reference in references and not row.is_own
    ]


def _in_full(rows: Sequence[boards.Row]) -> list[Application]:
    """The applications of these rows, in their order."""
    wanted = Application.objects.select_related("applicant", "organisation")
    found = wanted.in_bulk([row.pk for row in rows])
    return [found[row.pk] for row in rows]


def _decision_form(
    request: SignedInRequest, action: str, applications: list[Application], unread: int
) -> DecisionForm:
    if action == "not_offer":
        return FeedbackForm(request.POST or None, applications=applications, unread=unread)
    return DecisionForm(request.POST or None, unread=unread)


def _act(
    request: SignedInRequest,
    cohort: Cohort,
    action: str,
    form: DecisionForm,
    applications: list[Application],
) -> None:
    common: dict[str, Any] = {
        "cohort": cohort,
        "by": request.person,
        "at": timezone.now(),
        "reason": form.cleaned_data["reason"],
        "unread_accepted": form.cleaned_data.get("unread_accepted", False),
    }
    if isinstance(form, FeedbackForm):
        decisions.not_offer(feedback=form.feedback(), **common)
    elif action == "offer":
        decisions.offer_places(applications=applications, **common)
    else:
        decisions.waitlist(applications=applications, **common)


def _preview(
    cohort: Cohort, action: str, application: Application, form: DecisionForm, *, is_named: bool
) -> Message:
    """The message to the first of them, made by what delivers it; no name while names are
    hidden.
    """
    kind = kinds()[KINDS[action]]
    words = dict(kind.sample()) | {
        "given_name": application.applicant.given_name if is_named else "[first name]",
        "cohort": cohort.name,
        "expires_at": places.expiry(cohort, timezone.now()),
        "feedback": form.words(application)
        if isinstance(form, FeedbackForm) and form.is_bound and form.is_valid()
        else "[The feedback that you write here]",
    }
    return compose(kind, words, recipient=application.applicant, message_id="<preview@localhost>")


@edit_methods
@allowed("decide", policies)
def take_back(request: SignedInRequest, slug: str, reference: str) -> HttpResponse:
    """Take back an offer that has not been answered."""
    cohort = cohort_of(request, slug)
    shown = _application(request, cohort, reference)
    offer = shown.offers.open().select_related("application__applicant").first()
    if offer is None:
        raise Http404
    form = TakeBackForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        by, at, reason = request.person, timezone.now(), form.cleaned_data["reason"]
        if carried_out(
            request,
            form,
            lambda: offers.take_back_offer(offer=offer, by=by, at=at, reason=reason),
            "The offer is taken back.",
        ):
            return to("staff_application", slug, reference)
    return page(request, "take_back", cohort, form=form, application=shown, offer=offer)
