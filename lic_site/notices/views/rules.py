"""``/staff/messages/rules/``: when the clock writes to people, and what it would send."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from lic_site.accounts.guards import allowed, fetch
from lic_site.accounts.requests import SignedInRequest
from lic_site.common.errors import Refusal
from lic_site.common.posted import edit_methods
from lic_site.notices import policies, rulebook
from lic_site.notices.forecast import forecast
from lic_site.notices.forms.rules import HoldForm, RuleForm
from lic_site.notices.models import ReminderRule
from lic_site.notices.services import rules as verbs
from lic_site.notices.services.office import office


@require_safe
@allowed("change_rules", policies)
def listing(request: SignedInRequest) -> HttpResponse:
    now = timezone.now()
    rules = list(policies.visible(request.person, ReminderRule.objects.all()))
    context = {"groups": rulebook.groups(rules, at=now), "known_until": rulebook.known_until()}
    return render(request, "notices/rules.html", context)


@require_safe
@allowed("change_rules", policies)
def next_month(request: SignedInRequest) -> HttpResponse:
    rules = policies.visible(request.person, ReminderRule.objects.filter(is_on=True))
    known = [rule for rule in rules if rule.kind in verbs.clock_kinds()]
    chosen = office()
    context = rulebook.month(forecast(known, at=timezone.now(), chosen=chosen))
    return render(request, "notices/rules_month.html", {**context, "office": chosen})


@edit_methods
@allowed("change_rules", policies)
def add(request: SignedInRequest, kind: str) -> HttpResponse:
    """Fill in, check what would be sent, add."""
    rule = ReminderRule(kind=kind)
    initial = {"is_on": "on", "counted": "calendar", "side": "before", "at_time": "9am"}

    def save(form: RuleForm) -> str:
        verbs.add_rule(kind=kind, when=form.when(), by=request.person, at=timezone.now())
        return "The reminder is added."

    return _edit(request, rule, initial, save)


@edit_methods
@allowed("change_rules", policies)
def change(request: SignedInRequest, pk: int) -> HttpResponse:
    """Fill in, check what would be sent, save. ``?as-it-came`` fills in how it came."""
    rule = fetch(policies, request.person, ReminderRule.objects.all(), pk=pk)
    came = verbs.came_with(rule)
    shown = came if came and "as-it-came" in request.GET else verbs.When.of(rule)
    initial = RuleForm.of(shown, changed_at=rule.changed_at)

    def save(form: RuleForm) -> str:
        changed = verbs.change_rule(
            rule=rule,
            when=form.when(),
            seen=form.seen_at(),
            by=request.person,
            at=timezone.now(),
        )
        return "The reminder is changed." if changed else "Nothing was changed."

    return _edit(request, rule, initial, save)


@edit_methods
@allowed("change_rules", policies)
def remove(request: SignedInRequest, pk: int) -> HttpResponse:
    rule = fetch(policies, request.person, ReminderRule.objects.all(), pk=pk)
    if rule.kind not in verbs.clock_kinds() or verbs.came_with(rule) is not None:
        raise Http404
    if request.method == "POST":
        verbs.remove_rule(rule=rule, by=request.person, at=timezone.now())
        messages.success(request, "The reminder is removed.")
        return redirect("notices:rules")
    context = {"row": rulebook.row(rule), "unsent": verbs.unsent(rule)}
    return render(request, "notices/rules_remove.html", context)


def _edit(
    request: SignedInRequest,
    rule: ReminderRule,
    initial: dict[str, Any],
    save: Callable[[RuleForm], str],
) -> HttpResponse:
    kind = verbs.clock_kinds().get(rule.kind)
    if kind is None:
        raise Http404
    if request.method != "POST":
        return _form_page(request, rule, RuleForm(initial=initial, kind=kind))
    form = RuleForm(request.POST, kind=kind)
    step = request.POST.get("step", "")
    if step == "edit" or not form.is_valid() or _refused(form, rule):
        return _form_page(request, rule, form)
    now = timezone.now()
    changed = form.changed(rule)
    sendings = forecast([changed], at=now) if changed.is_on else []
    is_held = any(sending.is_held for sending in sendings)
    hold = HoldForm(request.POST if step == "save" else None) if is_held else None
    if step == "save" and (hold is None or hold.is_valid()):
        try:
            said = save(form)
        except Refusal as refusal:
            form.add_error(None, str(refusal))
            form.data = {**request.POST.dict(), "seen": initial.get("seen", "")}
            return _form_page(request, rule, form)
        messages.success(request, said)
        return redirect("notices:rules")
    context = {
        "form": hold,
        "typed": [(name, request.POST.get(name, "")) for name in form.fields],
        "row": rulebook.row(changed),
        "before": rulebook.row(rule) if rule.pk else None,
        "unsent": verbs.unsent(rule) if rule.pk else 0,
        "office": office(),
        **rulebook.month(sendings),
    }
    return render(request, "notices/rules_check.html", context)


def _refused(form: RuleForm, rule: ReminderRule) -> bool:
    """Whether the rule cannot be so; the form then says why."""
    besides = rule if rule.pk else None
    try:
        verbs.check(kind=rule.kind, when=form.when(), besides=besides)
    except Refusal as refusal:
        form.add_error(refusal.field or None, str(refusal))
        return True
    return False


def _form_page(request: SignedInRequest, rule: ReminderRule, form: RuleForm) -> HttpResponse:
    context = {
        "form": form,
        "row": rulebook.row(rule),
        "is_new": rule.pk is None,
        "known_until": rulebook.known_until(),
    }
    return render(request, "notices/rules_edit.html", context)
