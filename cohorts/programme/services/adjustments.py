"""Answering what applicants need in order to apply or be considered."""

from datetime import datetime

from django.db import transaction

from cohorts.programme.enums import AdjustmentState
from cohorts.programme.models import AdjustmentAnswer, Application
from cohorts.programme.services.errors import NotWanted
from lic_site.accounts import audit
from lic_site.accounts.models import Person
from lic_site.notices.services import send


@transaction.atomic
def answer_adjustment(
    *, application: Application, state: AdjustmentState, reply: str, by: Person, at: datetime
) -> AdjustmentAnswer:
    """Tell the applicant what was done about what they need. Raises NotWanted."""
    if not application.adjustments:
        raise NotWanted
    answer, _ = AdjustmentAnswer.objects.update_or_create(
        application=application,
        defaults={"state": state, "reply": reply, "answered_at": at, "answered_by": by},
    )
    audit.record(
        "programme.adjustment_answered",
        by=by,
        at=at,
        thing=application,
        subject=application.applicant,
        fields=["state", "reply"],
    )
    send(
        "programme.adjustment_answered",
        to=application.applicant,
        about=application,
        at=at,
        key=at.isoformat(timespec="seconds"),
    )
    return answer
