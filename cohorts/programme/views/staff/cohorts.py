"""Cohorts: the list, one cohort's overview, and the steps of its life."""

from datetime import timedelta

from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_safe

from cohorts.programme import boards, policies
from cohorts.programme.forms.cohorts import CohortForm, DeadlinesForm, NewCohortForm, NewCopyForm
from cohorts.programme.models import Cohort, Interest, Programme
from cohorts.programme.readiness import Obstacle
from cohorts.programme.services import cohorts as verbs
from cohorts.programme.services.design import questions_locked
from cohorts.programme.views.staff.shared import carried_out, cohort_of, page, to
from lic_site.accounts.guards import allowed
from lic_site.accounts.requests import SignedInRequest
from lic_site.common.errors import Refusal
from lic_site.common.posted import edit_methods

PER_PAGE = 20


@require_safe
@allowed("see_boards", policies)
def cohorts(request: SignedInRequest) -> HttpResponse:
    """Current ones, or with ``?show=past`` those that are history."""
    known = policies.visible(request.person, Cohort.objects.all())
    past = request.GET.get("show") == "past"
    found = known.past() if past else known.current()
    shown = Paginator(found, PER_PAGE).get_page(request.GET.get("page"))
    funnels = boards.funnels(shown)
    return page(
        request,
        "cohorts",
        page=shown,
        past=past,
        is_new=not known.exists(),
        cohorts=[(cohort, funnels[cohort.pk]) for cohort in shown],
        can_manage=policies.can(request.person, "manage_cohorts"),
    )


@edit_methods
@allowed("manage_cohorts", policies)
def create_cohort(request: SignedInRequest) -> HttpResponse:
    programme = policies.visible(request.person, Programme.objects.order_by("pk")).first()
    if programme is None:
        raise Http404
    start = {"names_hidden": "hidden", "offer_days": 7}
    form = NewCohortForm(request.POST or None, initial=start)
    form.initial["eligible_grades"] = Cohort().eligible_grades
    if request.method == "POST" and form.is_valid():
        made = verbs.create_cohort(
            programme=programme, by=request.person, at=timezone.now(), **form.plan()
        )
        return to("cohort", made.slug)
    return page(request, "cohort_edit", form=form)


@edit_methods
@allowed("manage_cohorts", policies)
def change_cohort(request: SignedInRequest, slug: str) -> HttpResponse:
    shown = cohort_of(request, slug)
    form = CohortForm(request.POST or None, initial=CohortForm.of(shown))
    if request.method == "POST" and form.is_valid():
        by, at = request.person, timezone.now()
        if carried_out(
            request,
            form,
            lambda: verbs.change_cohort(cohort=shown, by=by, at=at, **form.plan()),
            "The cohort is changed.",
        ):
            return to("cohort", slug)
    return page(request, "cohort_edit", shown, form=form)


@edit_methods
@allowed("manage_cohorts", policies)
def move_deadlines(request: SignedInRequest, slug: str) -> HttpResponse:
    shown = cohort_of(request, slug)
    form = DeadlinesForm(request.POST or None, initial=DeadlinesForm.of(shown))
    if request.method == "POST" and form.is_valid():
        by, at = request.person, timezone.now()
        if carried_out(
            request,
            form,
            lambda: verbs.move_deadlines(cohort=shown, by=by, at=at, **form.plan()),
            "The dates are moved. Reminders not yet sent follow.",
        ):
            return to("cohort", slug)
    return page(request, "deadlines", shown, form=form)


@edit_methods
@allowed("manage_cohorts", policies)
def copy_cohort(request: SignedInRequest, slug: str) -> HttpResponse:
    shown = cohort_of(request, slug)
    form = NewCopyForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        made = verbs.copy_cohort(cohort=shown, by=request.person, at=timezone.now(), **form.plan())
        return to("cohort", made.slug)
    return page(request, "copy", shown, form=form)


SHORT_NOTICE_DAYS = 14
"""Applications that close sooner than this are opened only after a warning."""

STEPS = {
    "open": verbs.open_cohort,
    "close": verbs.close_applications,
    "confirm": verbs.confirm_cohort,
    "start": verbs.start_cohort,
    "complete": verbs.complete_cohort,
    "reopen": verbs.reopen_cohort,
    "archive": verbs.archive_cohort,
    "delete": verbs.delete_cohort,
}


@edit_methods
@allowed("manage_cohorts", policies)
def step(request: SignedInRequest, slug: str, name: str) -> HttpResponse:
    """Say what a step will do, and do it once somebody says yes."""
    shown = cohort_of(request, slug)
    if name not in STEPS:
        raise Http404
    refusal = ""
    obstacles: tuple[Obstacle, ...] = ()
    if request.method == "POST":
        try:
            STEPS[name](cohort=shown, by=request.person, at=timezone.now())
        except verbs.NotReady as not_ready:
            obstacles = not_ready.obstacles
        except verbs.NotFinished:
            pass  # the page lists what is left
        except Refusal as refused:
            refusal = str(refused)
        else:
            return to("cohorts") if name == "delete" else to("cohort", slug)
    now = timezone.now()
    days_left = (timezone.localdate(shown.applications_close_at) - timezone.localdate(now)).days
    return page(
        request,
        f"steps/{name}",
        shown,
        days_left=days_left,
        closes_soon=0 <= days_left < SHORT_NOTICE_DAYS,
        opens_at_once=shown.applications_open_at <= now,
        step=name,
        remaining=verbs.remaining(shown, now),
        waiting=shown.applications.waiting().count(),
        refusal=refusal,
        obstacles=[obstacle.value for obstacle in obstacles],
        interested=Interest.objects.live().filter(programme=shown.programme_id).count(),
        has_applications=questions_locked(shown),
        tomorrow=timezone.localdate() + timedelta(days=1),
    )
