"""A participant says what they need: a short list of tasks, a check, and the replies."""

from typing import Any

from django.contrib import messages
from django.db.models import QuerySet
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from cohorts.programme import policies
from cohorts.programme.enums import NeedKind
from cohorts.programme.forms.needs import FORMS
from cohorts.programme.models import Enrolment, Need
from cohorts.programme.services import needs as verbs
from cohorts.programme.views.applying_tasks import Task
from lic_site.accounts.guards import fetch, must, person_required
from lic_site.accounts.requests import SignedInRequest
from lic_site.common.errors import Refusal
from lic_site.common.posted import edit_methods, posted

WHO_SEES = {NeedKind.DIET: "needs", NeedKind.ACCESS: "needs", NeedKind.CONTACT: "contact"}


def _place(request: SignedInRequest, slug: str) -> Enrolment:
    own = Enrolment.objects.active().filter(person=request.person, cohort__slug=slug)
    place = fetch(policies, request.person, own.select_related("cohort", "application"))
    must(policies.can(request.person, "change_own_place", place))
    return place


def _told(request: SignedInRequest, place: Enrolment) -> dict[str, Need]:
    mine: QuerySet[Need] = policies.visible(request.person, Need.objects.filter(enrolment=place))
    return {need.kind: need for need in mine}


@require_safe
@person_required
def needs(request: SignedInRequest, slug: str) -> HttpResponse:
    place = _place(request, slug)
    wanted, told = verbs.kinds_wanted(place.cohort), _told(request, place)
    tasks = [
        Task(kind.label, _address(slug, kind), *(("Done", "done") if kind in told else TO_DO))
        for kind in wanted
    ]
    context = _context(place) | {
        "tasks": tasks,
        "done": sum(task.is_done for task in tasks),
        "is_ready": all(task.is_done for task in tasks),
        "sections": _sections(place, wanted, told),
    }
    return render(request, "programme/taking_part/needs.html", context)


TO_DO = ("To do", "todo")


def _address(slug: str, kind: NeedKind) -> str:
    return reverse("programme:need", args=[slug, kind.value])


def _context(place: Enrolment) -> dict[str, Any]:
    due_on = verbs.needs_due_on(place.cohort)
    return {
        "place": place,
        "cohort": place.cohort,
        "due_on": due_on,
        "late": due_on < timezone.localdate(),
    }


def _sections(
    place: Enrolment, wanted: list[NeedKind], told: dict[str, Need]
) -> list[dict[str, Any]]:
    """What was said, kind by kind, with the reply where there is one."""
    return [
        {
            "kind": kind,
            "need": told[kind],
            "who_sees": policies.who_sees_place(WHO_SEES[kind]),
            "href": _address(place.cohort.slug, kind),
        }
        for kind in wanted
        if kind in told
    ]


@edit_methods
@person_required
def need(request: SignedInRequest, slug: str, kind: str) -> HttpResponse:
    """One part. It is kept as soon as it is saved; Staff College is told at the end."""
    place = _place(request, slug)
    wanted = verbs.kinds_wanted(place.cohort)
    if kind not in wanted:
        raise Http404
    this = NeedKind(kind)
    told = _told(request, place)
    make = FORMS[this]
    form = make(posted(request), initial=make.of(told.get(this)))
    if request.method == "POST" and form.is_valid():
        at = timezone.now()
        verbs.tell_need(enrolment=place, kind=this, by=request.person, at=at, **form.said())
        if place.needs_told_at:
            messages.success(request, "Your change is saved, and Staff College sees it.")
        return redirect(_onward(slug, this, wanted, told))
    context = _context(place) | {
        "form": form,
        "kind": this,
        "step": wanted.index(this) + 1,
        "steps": len(wanted),
        "who_sees": policies.who_sees_place(WHO_SEES[this]),
        "wrote_before": _wrote_before(place) if this == NeedKind.ACCESS else "",
    }
    return render(request, "programme/taking_part/need.html", context)


def _onward(slug: str, this: NeedKind, wanted: list[NeedKind], told: dict[str, Need]) -> str:
    """The next part that was not told, or the check."""
    left = [kind for kind in wanted if kind not in told and kind != this]
    return _address(slug, left[0]) if left else reverse("programme:needs_check", args=[slug])


def _wrote_before(place: Enrolment) -> str:
    """What they asked for when they applied: shown, never taken over."""
    return place.application.adjustments if place.application else ""


@edit_methods
@person_required
def check(request: SignedInRequest, slug: str) -> HttpResponse:
    """Everything once more, before Staff College is told."""
    place = _place(request, slug)
    if request.method == "POST":
        try:
            verbs.finish_needs(enrolment=place, by=request.person, at=timezone.now())
        except Refusal as refusal:
            messages.error(request, str(refusal))
        else:
            messages.success(request, "Thank you. Staff College has it, and replies to each.")
        return redirect("programme:needs", slug=slug)
    wanted, told = verbs.kinds_wanted(place.cohort), _told(request, place)
    if place.needs_told_at or not set(wanted) <= told.keys():
        return redirect("programme:needs", slug=slug)
    context = _context(place) | {"sections": _sections(place, wanted, told)}
    return render(request, "programme/taking_part/needs_check.html", context)
