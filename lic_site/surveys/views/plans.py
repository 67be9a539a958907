"""``/staff/surveys/plans/``: what asks by itself, for all or for one cohort."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from lic_site.accounts.guards import allowed, fetch
from lic_site.accounts.requests import SignedInRequest
from lic_site.common.posted import edit_methods
from lic_site.surveys import policies
from lic_site.surveys.enums import WaveState
from lic_site.surveys.forms.waves import PlanForm
from lic_site.surveys.models import Plan, Wave
from lic_site.surveys.protocol import subjects
from lic_site.surveys.services import plans as verbs
from lic_site.surveys.views.waves import places


def groups() -> dict[int, str]:
    """Cohorts that something can be asked about, by id: their names, the latest first."""
    found: dict[int, str] = {}
    for subject in subjects().values():
        if subject.name == "cohort":
            found |= {each.group: each.group_words for each in subject.choices() if each.group}
    return found


def _group(request: SignedInRequest) -> tuple[int | None, str]:
    said = request.POST.get("group") or request.GET.get("group", "")
    known = groups() if said.isdecimal() else {}
    group = int(said[:18]) if said.isdecimal() else 0
    return (group, known[group]) if group in known else (None, "")


@require_safe
@allowed("see_waves", policies)
def listing(request: SignedInRequest) -> HttpResponse:
    """Every plan, in words, with its switch; with ``?group=`` the switches of one cohort."""
    group, group_name = _group(request)
    known = Plan.objects.select_related("questionnaire").prefetch_related("switches")
    rows = [_row(each, group) for each in policies.visible(request.person, known)]
    context = {
        "rows": rows,
        "group": group,
        "group_name": group_name,
        "groups": groups().items(),
        "runs": policies.can(request.person, "run_waves"),
        "places": places(request.person, request.path),
    }
    return render(request, "surveys/staff/plans.html", context)


def _row(plan: Plan, group: int | None) -> dict[str, Any]:
    switches = {each.group: each.is_on for each in plan.switches.all()}
    own = switches.get(group) if group is not None else None
    return {
        "plan": plan,
        "is_on": plan.is_on if own is None else own,
        "own": own,
        "others": sum(each != plan.is_on for each in switches.values()),
        "when": when_words(plan),
        "whom": subjects()[plan.subject_kind].audiences.get(plan.audience, plan.audience),
    }


def when_words(plan: Plan) -> str:
    """'91 days after it ends, for 21 days'."""
    anchor = subjects()[plan.subject_kind].anchors[plan.anchor]
    days, open_for = plan.opens_after_days, f"for {plan.open_days} days"
    if days == 0:
        return f"When {anchor}, {open_for}"
    number = f"{abs(days)} day{'' if abs(days) == 1 else 's'}"
    return f"{number} {'after' if days > 0 else 'before'} {anchor}, {open_for}"


@edit_methods
@allowed("run_waves", policies)
def change(request: SignedInRequest, pk: int) -> HttpResponse:
    plan = fetch(policies, request.person, Plan.objects.select_related("questionnaire"), pk=pk)
    posted = request.POST if request.method == "POST" else None
    form = PlanForm(posted, instance=fetch(policies, request.person, Plan.objects.all(), pk=pk))
    if posted is not None and form.is_valid():
        changed = verbs.change_plan(
            plan=plan, values=form.cleaned_data, by=request.person, at=timezone.now()
        )
        said = "The plan is changed." if changed else "Nothing was changed."
        messages.success(request, said)
        return redirect("surveys:plans")
    ahead = Wave.objects.filter(plan=plan, state=WaveState.PLANNED, made_by=None).count()
    context = {"plan": plan, "form": form, "ahead": ahead, "when": when_words(plan)}
    return render(request, "surveys/staff/plan.html", context)


@require_POST
@allowed("run_waves", policies)
def switch(request: SignedInRequest, pk: int) -> HttpResponse:
    """On or off for all; for one cohort also as for all."""
    plan = fetch(policies, request.person, Plan.objects.all(), pk=pk)
    group, group_name = _group(request)
    choice = {"on": True, "off": False}.get(request.POST.get("do", ""))
    given: dict[str, Any] = {"plan": plan, "by": request.person, "at": timezone.now()}
    if group is not None:
        verbs.switch_for(group=group, is_on=choice, **given)
        messages.success(request, f"{plan.name}: {_WORDS[choice]} for {group_name}.")
        return redirect(f"{reverse('surveys:plans')}?group={group}")
    if choice is not None:
        verbs.switch(is_on=choice, **given)
        messages.success(request, f"{plan.name}: {_WORDS[choice]}.")
    return redirect("surveys:plans")


_WORDS = {True: "on", False: "off", None: "as for every cohort"}
