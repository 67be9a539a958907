"""A participant's name, and whether their employer's coordinator may see it."""

from datetime import datetime

from django.db import transaction

from cohorts.programme.enums import TAKING_PART
from cohorts.programme.models import Enrolment
from lic_site.accounts import audit
from lic_site.accounts.models import Person
from lic_site.common.errors import Refusal


class NoEmployerToNameTo(Refusal):
    """We do not know where you work. Say it under ‘Your data’ first."""


class NoLongerTakingPart(Refusal):
    """You no longer take part in this cohort, so nobody is shown your name. Nothing is left to do
    here.
    """


@transaction.atomic
def name_to_coordinator(
    *, enrolment: Enrolment, agreed: bool, by: Person, at: datetime
) -> Enrolment:
    """Agree that the coordinator of one's employer sees one's name, or take that back. Agreeing
    twice keeps the first day. Raises NoEmployerToNameTo, NoLongerTakingPart.
    """
    employer = by.organisation if agreed else None
    if agreed and employer is None:
        raise NoEmployerToNameTo
    wanted = Enrolment.objects.filter(pk=enrolment.pk, state__in=TAKING_PART)
    if agreed:
        wanted = wanted.exclude(named_to=employer, named_to_coordinator_at__isnull=False)
    changed = wanted.update(named_to_coordinator_at=at if agreed else None, named_to=employer)
    enrolment.refresh_from_db(fields=["state", "named_to_coordinator_at", "named_to"])
    if enrolment.state not in TAKING_PART:
        raise NoLongerTakingPart
    if changed:
        audit.record(
            "programme.named_to_coordinator" if agreed else "programme.unnamed_to_coordinator",
            by=by,
            at=at,
            thing=enrolment,
            subject=by,
            fields=["named_to", "named_to_coordinator_at"],
        )
    return enrolment
