"""Make the waves that plans ask for, well ahead; move them with what they are about; call them off
when that is gone or the plan is switched off.

The cost follows what is due, not what exists. Planning the same twice, or by two clocks at once,
changes nothing: one wave of a plan for one subject is all that the table takes, and only a wave
that is still planned is moved or called off.
"""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from django.db import transaction

from lic_site.surveys import timing
from lic_site.surveys.enums import WaveState, Why
from lic_site.surveys.models import Plan, Questionnaire, Wave
from lic_site.surveys.protocol import About, Subject, subjects

PLANS = Path(__file__).resolve().parent.parent / "plans.toml"
AHEAD = timedelta(days=60)
"""How long before it opens a wave is planned, so that staff see it coming."""
SETTINGS = (
    "anchor",
    "opens_after_days",
    "open_days",
    "audience",
    "mode",
    "stage",
    "chasers",
    "chase_after_days",
    "in_room",
)
"""What a wave takes over from its plan."""
REVIVED = (Why.SUBJECT_GONE, Why.SWITCHED_OFF)
"""Called off with its cause, it comes back with it."""


@transaction.atomic
def make_plans(*, at: datetime) -> int:
    """Make the plans that a site begins with, each once; one that staff changed stays as it is.
    Nothing before this moment is asked about. Says how many are new.
    """
    words: dict[str, Any] = tomllib.loads(PLANS.read_text())
    known = set(Plan.objects.values_list("code", flat=True))
    library = {each.library_code: each for each in Questionnaire.objects.exclude(library_code="")}
    new = [
        Plan(**{**each, "questionnaire": library[each["questionnaire"]]}, starts_at=at)
        for each in words["plan"]
        if each["code"] not in known and each["questionnaire"] in library
    ]
    Plan.objects.bulk_create(new, ignore_conflicts=True)
    return len(new)


def plan(*, at: datetime) -> int:
    """Bring the planned waves of every plan up to date; says how many are new."""
    plans = Plan.objects.prefetch_related("switches")
    made = sum(keep_up(each, at=at) for each in plans)
    _call_off_gone(Wave.objects.filter(plan=None, state=WaveState.PLANNED))
    return made


@dataclass(frozen=True)
class _Due:
    """What one plan should have a wave for, and from when until when."""

    about: About
    opens_at: datetime
    closes_at: datetime


@transaction.atomic
def keep_up(plan: Plan, *, at: datetime) -> int:
    """Make, move and call off the planned waves of one plan; says how many are new."""
    subject = subjects().get(plan.subject_kind)
    if subject is None:
        return 0
    switched: dict[int | None, bool] = {each.group: each.is_on for each in plan.switches.all()}
    due = _due(plan, subject, switched, at=at) if plan.is_on or any(switched.values()) else {}
    mine = plan.waves.all()
    known = {each.subject_id: each for each in mine.filter(subject_id__in=due)}
    for pk, wave in known.items():
        _follow(plan, wave, due[pk])
    for wave in mine.filter(state=WaveState.PLANNED).exclude(subject_id__in=due):
        _left_over(plan, subject, switched, wave)
    new = [_wave(plan, each, at=at) for pk, each in due.items() if pk not in known]
    Wave.objects.bulk_create(new, ignore_conflicts=True)
    return len(new)


def _due(
    plan: Plan, subject: Subject, switched: Mapping[int | None, bool], *, at: datetime
) -> dict[int, _Due]:
    """What opens within the days that are planned ahead, or should be open by now."""
    days = timedelta(days=plan.opens_after_days)
    over = timedelta(days=plan.open_days + 2)
    after = max(plan.starts_at, at - days - over)
    anchored = {
        each.pk: each.at for each in subject.anchored(plan.anchor, after, at + AHEAD - days)
    }
    found = subject.find(anchored) if anchored else {}
    due: dict[int, _Due] = {}
    for pk, about in found.items():
        opens_at = timing.opens(anchored[pk], plan.opens_after_days)
        closes_at = timing.closes(opens_at, plan.open_days)
        if closes_at > at and switched.get(about.group, plan.is_on):
            due[pk] = _Due(about, opens_at, closes_at)
    return due


def _wave(plan: Plan, due: _Due, *, at: datetime) -> Wave:
    return Wave(
        plan=plan,
        subject_kind=plan.subject_kind,
        subject_id=due.about.pk,
        made_at=at,
        **_values(plan, due),
    )


def _values(plan: Plan, due: _Due) -> dict[str, Any]:
    return {
        **{name: getattr(plan, name) for name in SETTINGS},
        "questionnaire_id": plan.questionnaire_id,
        "group": due.about.group,
        "about": due.about.words[:200],
        "group_name": due.about.group_words[:120],
        "opens_at": due.opens_at,
        "closes_at": due.closes_at,
    }


def _follow(plan: Plan, wave: Wave, due: _Due) -> None:
    """Bring a wave that has not opened up to its plan and its subject, and back if it was called
    off with either. One that staff took in hand keeps what they chose.
    """
    state = WaveState.PLANNED
    if wave.state == WaveState.CANCELLED:
        if wave.why not in REVIVED:
            return
        state = WaveState.CANCELLED
    elif wave.state != WaveState.PLANNED or wave.made_by_id is not None:
        return
    values = {**_values(plan, due), "state": WaveState.PLANNED, "why": ""}
    if any(getattr(wave, name) != value for name, value in values.items()):
        Wave.objects.filter(pk=wave.pk, state=state).update(**values)


def _left_over(
    plan: Plan, subject: Subject, switched: Mapping[int | None, bool], wave: Wave
) -> None:
    """A planned wave beyond what is due: its subject has gone, moved far, or is switched off. One
    that is over before it opened is called off when it is to open.
    """
    if not switched.get(wave.group, plan.is_on):
        _call_off(wave, Why.SWITCHED_OFF)
        return
    anchor = subject.anchor(wave.subject_id, plan.anchor)
    about = subject.find([wave.subject_id]).get(wave.subject_id)
    if anchor is None or about is None:
        _call_off(wave, Why.SUBJECT_GONE)
        return
    opens_at = timing.opens(anchor, plan.opens_after_days)
    _follow(plan, wave, _Due(about, opens_at, timing.closes(opens_at, plan.open_days)))


def _call_off(wave: Wave, why: Why) -> None:
    Wave.objects.filter(pk=wave.pk, state=WaveState.PLANNED).update(
        state=WaveState.CANCELLED, why=why
    )


def _call_off_gone(waves: Any) -> None:
    """Planned by hand, about what takes place no more."""
    by_kind: dict[str, list[Wave]] = {}
    for wave in waves:
        by_kind.setdefault(wave.subject_kind, []).append(wave)
    for kind, found in by_kind.items():
        subject = subjects().get(kind)
        there = subject.find({each.subject_id for each in found}) if subject else {}
        for wave in found:
            if wave.subject_id not in there:
                _call_off(wave, Why.SUBJECT_GONE)
