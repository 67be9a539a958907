"""What people are asked about, for tests of waves: sessions and cohorts with people in them."""

from datetime import datetime, timedelta
from typing import Any

from cohorts.programme.models import Session
from lic_site.surveys.enums import Mode, WaveState
from lic_site.surveys.models import Plan, Wave
from tests.factories.running import a_running_cohort, a_session
from tests.factories.surveys import PlanFactory, WaveFactory
from tests.support.people import NOW

DAY = timedelta(days=1)


def a_day(*, days: int = 7, members: int = 6, **values: Any) -> Session:
    """A session of a cohort with so many participants, so many days from ``NOW``."""
    return a_session(a_running_cohort(members=members), days=days, **values)


def a_plan(**values: Any) -> Plan:
    """After each session, in the room, anonymous; about what ends from ``NOW`` on."""
    given = {"starts_at": NOW, "open_days": 7, "chasers": 1, "in_room": True, **values}
    made: Plan = PlanFactory(**given)
    return made


def a_planned_wave(session: Session, **values: Any) -> Wave:
    """About a session, to open now."""
    given = {
        "state": WaveState.PLANNED,
        "version": None,
        "opened_at": None,
        "questionnaire": values.pop("questionnaire", None) or a_plan().questionnaire,
        "subject_id": session.pk,
        "group": session.cohort_id,
        "opens_at": NOW,
        "closes_at": NOW + 7 * DAY,
        **values,
    }
    made: Wave = WaveFactory(**given)
    return made


def an_open_wave(at: datetime = NOW, **values: Any) -> Wave:
    """Named, for a fortnight from now, asked in the usual way."""
    given = {
        "mode": Mode.NAMED,
        "opens_at": at,
        "closes_at": at + 20 * DAY,
        "chasers": 2,
        "chase_after_days": 4,
        **values,
    }
    made: Wave = WaveFactory(**given)
    return made
