"""What a cohort asks and scores."""

from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import Max

from cohorts.programme.models import Application, Cohort, Criterion, Question, Score
from cohorts.programme.services.errors import CriteriaLocked, QuestionsLocked
from cohorts.programme.services.places import lock_cohort
from lic_site.accounts import audit
from lic_site.accounts.models import Person

type Item = Question | Criterion


def questions_locked(cohort: Cohort) -> bool:
    """Whether somebody has begun to answer."""
    return Application.objects.filter(cohort=cohort).exists()


def criteria_locked(cohort: Cohort) -> bool:
    """Whether somebody has begun to score."""
    return Score.objects.filter(criterion__cohort=cohort).exists()


@transaction.atomic
def save_item[Thing: (Question, Criterion)](
    *, item: Thing, by: Person, at: datetime, **values: Any
) -> Thing:
    """Add a question or a criterion (last), or change one. Raises QuestionsLocked,
    CriteriaLocked.
    """
    _unlocked(item)
    for name, value in values.items():
        setattr(item, name, value)
    if item.pk is None:
        last = _siblings(item).aggregate(last=Max("position"))["last"]
        item.position = (last or 0) + 1
        item.save()
    else:
        item.save(update_fields=list(values))
    _audit(item, by=by, at=at, fields=list(values))
    return item


@transaction.atomic
def remove_item(*, item: Item, by: Person, at: datetime) -> None:
    """Take a question or a criterion out. Raises QuestionsLocked, CriteriaLocked."""
    _unlocked(item)
    _audit(item, by=by, at=at, fields=["removed"])
    item.delete()


@transaction.atomic
def move_item(*, item: Item, up: bool, by: Person, at: datetime) -> None:
    """Swap a question or a criterion with its neighbour; at the end it stays where it is."""
    _unlocked(item)
    order = list(_siblings(item))
    here = next(index for index, other in enumerate(order) if other.pk == item.pk)
    there = here - 1 if up else here + 1
    if 0 <= there < len(order):
        order[here], order[there] = order[there], order[here]
    for position, each in enumerate(order, start=1):
        type(each)._default_manager.filter(pk=each.pk).update(position=position)
    _audit(item, by=by, at=at, fields=["position"])


def _unlocked(item: Item) -> None:
    """Locks the cohort, then looks: nobody can begin in between unseen."""
    cohort = lock_cohort(item.cohort_id)
    if isinstance(item, Question) and questions_locked(cohort):
        raise QuestionsLocked
    if isinstance(item, Criterion) and criteria_locked(cohort):
        raise CriteriaLocked


def _siblings(item: Item) -> Any:
    return type(item)._default_manager.filter(cohort=item.cohort_id)


def _audit(thing: Item, *, by: Person, at: datetime, fields: list[str]) -> None:
    verb = f"programme.{thing._meta.model_name}_changed"
    audit.record(verb, by=by, at=at, thing=thing, fields=fields)
