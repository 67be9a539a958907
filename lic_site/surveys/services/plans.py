"""What staff do with the plans: switch one for all or for one cohort, change how it asks."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import transaction

from lic_site.accounts import audit
from lic_site.accounts.models import Person
from lic_site.surveys.models import Plan, Switch
from lic_site.surveys.services.planning import keep_up

CHANGEABLE = (
    "opens_after_days",
    "open_days",
    "audience",
    "mode",
    "chasers",
    "chase_after_days",
    "in_room",
)


@transaction.atomic
def switch(*, plan: Plan, is_on: bool, by: Person, at: datetime) -> None:
    """Switch a plan for all. On again, it asks about nothing that has passed meanwhile; off, what
    it planned and has not opened is called off.
    """
    held = _held(plan)
    if held.is_on == is_on:
        return
    held.is_on = is_on
    if is_on:
        held.starts_at = at
    held.save(update_fields=["is_on", "starts_at"])
    keep_up(held, at=at)
    audit.record(f"surveys.plan_switched_{_word(is_on)}", by=by, at=at, thing=held)


@transaction.atomic
def switch_for(*, plan: Plan, group: int, is_on: bool | None, by: Person, at: datetime) -> None:
    """Switch a plan for one cohort; None: as for all."""
    held = _held(plan)
    if is_on is None:
        Switch.objects.filter(plan=held, group=group).delete()
    else:
        Switch.objects.update_or_create(plan=held, group=group, defaults={"is_on": is_on})
    keep_up(held, at=at)
    audit.record("surveys.plan_switched_for_one", by=by, at=at, thing=held)


@transaction.atomic
def change_plan(*, plan: Plan, values: Mapping[str, Any], by: Person, at: datetime) -> list[str]:
    """Change how a plan asks. Surveys that have opened stay as they are, those planned follow.
    Says which fields changed.
    """
    held = _held(plan)
    changed = [
        name for name in CHANGEABLE if name in values and getattr(held, name) != values[name]
    ]
    if changed:
        for name in changed:
            setattr(held, name, values[name])
        held.save(update_fields=changed)
        keep_up(held, at=at)
        audit.record("surveys.plan_changed", by=by, at=at, thing=held, fields=changed)
    return changed


def _held(plan: Plan) -> Plan:
    return Plan.objects.select_for_update().get(pk=plan.pk)


def _word(is_on: bool) -> str:  # noqa: FBT001
    return "on" if is_on else "off"
