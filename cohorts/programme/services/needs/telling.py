"""A participant says what they need."""

import json
from collections.abc import Collection
from datetime import datetime

from django.db import transaction

from cohorts.programme.enums import AdjustmentState, EnrolmentState, NeedKind
from cohorts.programme.models import Enrolment, Need
from cohorts.programme.services.needs import errors
from cohorts.programme.services.needs.wanted import kinds_wanted
from lic_site.accounts import audit
from lic_site.accounts.models import Person


def _lock(enrolment: Enrolment) -> Enrolment:
    """The place, held until the transaction ends. Raises NotTakingPart."""
    held = Enrolment.objects.select_for_update().get(pk=enrolment.pk)
    if held.state != EnrolmentState.ACTIVE:
        raise errors.NotTakingPart
    return held


@transaction.atomic
def tell_need(
    *,
    enrolment: Enrolment,
    kind: NeedKind,
    codes: Collection[str],
    text: str,
    by: Person,
    at: datetime,
) -> Need:
    """Keep one kind of need; with neither codes nor words it says 'nothing'. A change waits for an
    answer anew. Raises NotTakingPart, NotAsked.
    """
    held = _lock(enrolment)
    if kind not in kinds_wanted(held.cohort):
        raise errors.NotAsked
    values = {"chosen": json.dumps(list(codes)) if codes else "", "text": text}
    before = Need.objects.filter(enrolment=held, kind=kind).first()
    if before is not None and {"chosen": before.chosen, "text": before.text} == values:
        return before
    need, _ = Need.objects.update_or_create(
        enrolment=held,
        kind=kind,
        defaults={
            **values,
            "told_at": at,
            "state": AdjustmentState.WORKING,
            "reply": "",
            "answered_at": None,
            "answered_by": None,
        },
    )
    audit.record(
        "programme.need_told", by=by, at=at, thing=need, subject=held.person, fields=list(values)
    )
    return need


@transaction.atomic
def finish_needs(*, enrolment: Enrolment, by: Person, at: datetime) -> Enrolment:
    """The participant has said all that they need. Raises NotTakingPart, NotComplete."""
    held = _lock(enrolment)
    told = set(Need.objects.filter(enrolment=held).values_list("kind", flat=True))
    if set(kinds_wanted(held.cohort)) - told:
        raise errors.NotComplete
    held.needs_told_at = at
    held.save(update_fields=["needs_told_at"])
    audit.record(
        "programme.needs_told",
        by=by,
        at=at,
        thing=held,
        subject=held.person,
        fields=["needs_told_at"],
    )
    return held
