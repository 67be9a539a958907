"""Staff College says what was done about a need."""

from datetime import datetime

from django.db import transaction

from cohorts.programme.enums import AdjustmentState
from cohorts.programme.models import Need
from cohorts.programme.services.needs import errors
from lic_site.accounts import audit
from lic_site.accounts.models import Person
from lic_site.notices.services import send


@transaction.atomic
def answer_need(
    *,
    need: Need,
    said_at: datetime,
    state: AdjustmentState,
    reply: str,
    by: Person,
    at: datetime,
) -> Need:
    """Arranged, not yet, or it cannot be; with a reply that the participant reads. ``said_at``:
    when what is answered was said. Raises NothingNeeded, ChangedMeanwhile.
    """
    held = Need.objects.select_for_update().select_related("enrolment__person").get(pk=need.pk)
    if not held.is_something:
        raise errors.NothingNeeded
    if held.told_at != said_at:
        raise errors.ChangedMeanwhile
    held.state, held.reply, held.answered_at, held.answered_by = state, reply, at, by
    held.save(update_fields=["state", "reply", "answered_at", "answered_by"])
    person = held.enrolment.person
    audit.record(
        "programme.need_answered",
        by=by,
        at=at,
        thing=held,
        subject=person,
        fields=["state", "reply"],
    )
    send(
        "programme.need_answered",
        to=person,
        about=held,
        at=at,
        key=at.isoformat(timespec="seconds"),
    )
    return held
