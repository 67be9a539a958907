"""How a cohort goes from one state to the next."""

from datetime import datetime
from typing import Any

from cohorts.programme.enums import CohortState
from cohorts.programme.models import Application, Cohort, Offer
from cohorts.programme.words import how_many
from lic_site.accounts import audit
from lic_site.accounts.models import Person
from lic_site.common import page_cache
from lic_site.notices.services import follow


def enter(
    cohort: Cohort, state: CohortState, *, by: Person | None, at: datetime, **fields: Any
) -> Cohort:
    """Bring a locked cohort into its next state; the public pages follow."""
    for name, value in {"state": state, **fields}.items():
        setattr(cohort, name, value)
    cohort.save(update_fields=["state", *fields])
    audit.record(f"programme.cohort_{state.value}", by=by, at=at, thing=cohort, fields=["state"])
    page_cache.bump()
    return cohort


def offers_waiting(cohort: Cohort) -> str:
    """'2 offers still wait for an answer.'; empty where none does."""
    number = Offer.objects.open().filter(application__cohort=cohort).count()
    if not number:
        return ""
    return f"{how_many(number, 'offer')} still {'waits' if number == 1 else 'wait'} for an answer."


def follow_close(cohort: Cohort, *, at: datetime) -> None:
    """The day on which applications close has moved: reminders of it not yet sent follow."""
    drafts = Application.objects.filter(cohort=cohort)
    follow("programme.draft_closing", about=drafts, revision=cohort.revision, at=at)
