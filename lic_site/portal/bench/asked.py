"""The surveys of a crowd: one about each of its cohorts, everybody in it asked, most of whom
answered.
"""

from collections.abc import Sequence
from datetime import datetime, timedelta

from cohorts.programme.models import Cohort
from lic_site.accounts.models import Person
from lic_site.surveys.enums import Mode, Stage, WaveState
from lic_site.surveys.models import Invitation, Release, Version, Wave
from lic_site.surveys.services.planning import AHEAD

QUESTIONNAIRE = "end"
"""The ready questionnaire that all are asked."""
ABOUT = "Survey of the crowd"
NAMES = {
    WaveState.OPEN: "open",
    WaveState.CLOSED: "closed",
    WaveState.PLANNED: "coming",
}


def surveys(cohort: Cohort, people: Sequence[Person], at: datetime) -> None:
    """One that closed lately with its release, one that is open, one that comes."""
    published = Version.objects.published()
    version = published.get(questionnaire__library_code=QUESTIONNAIRE)
    for state, days in ((WaveState.CLOSED, -20), (WaveState.OPEN, -2), (WaveState.PLANNED, 20)):
        opens_at = at + timedelta(days=days)
        wave = Wave.objects.create(
            questionnaire_id=version.questionnaire_id,
            version=version,
            subject_kind="cohort",
            subject_id=cohort.pk,
            anchor="ends",
            audience="participants",
            mode=Mode.LINKED,
            stage=Stage.END,
            group=cohort.pk,
            group_name=cohort.name,
            about=f"{ABOUT}, {NAMES[state]}",
            state=state,
            opens_at=opens_at,
            closes_at=opens_at + timedelta(days=14),
            opened_at=opens_at,
            closed_at=opens_at + timedelta(days=14) if state == WaveState.CLOSED else None,
            made_at=opens_at - AHEAD,
        )
        if state == WaveState.PLANNED:
            continue
        Invitation.objects.bulk_create(
            Invitation(wave=wave, person=person, answered=number % 3 > 0)
            for number, person in enumerate(people)
        )
        if state == WaveState.CLOSED:
            Release.objects.create(
                wave=wave,
                figures={},
                asked=len(people),
                answered=len(people) * 2 // 3,
                made_at=at,
            )
