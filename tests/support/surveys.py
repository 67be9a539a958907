"""What the addresses about surveys stand on in the role matrix's world."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from lic_site.accounts.models import Person
from lic_site.surveys.enums import WaveState
from lic_site.surveys.models import Deed, Release, Wave
from tests import role_matrix as who
from tests.factories.people import PersonFactory
from tests.factories.surveys import (
    CheckerFactory,
    CommentFactory,
    ThemeFactory,
    WaveFactory,
    answered,
)
from tests.support import answering
from tests.support.running import Running


def arguments(
    people: Mapping[str, Person], runs: Running, at: datetime
) -> dict[str, dict[str, Any]]:
    """A closed survey about the first day, its comment and what was done about it."""
    wave = a_closed_wave(runs, at)
    comment = CommentFactory(wave=wave)
    deed = Deed.objects.create(wave=wave, said="It was long.", did="It is shorter.", made_at=at)
    checker = CheckerFactory(person=people[who.LEAD])
    return {
        "staff/surveys/": {"pk": wave.pk, "deed": deed.pk},
        "staff/surveys/comments/": {"pk": comment.pk},
        "staff/surveys/comments/checkers/": {"pk": checker.pk},
        "staff/surveys/comments/themes/": {"pk": ThemeFactory().pk},
        **answering.arguments(people, runs, at),
    }


def a_closed_wave(runs: Running, at: datetime) -> Wave:
    """Anonymous, answered by twelve, its results shared."""
    wave = WaveFactory(
        subject_kind="session",
        subject_id=runs.held.pk,
        group=runs.cohort.pk,
        group_name=runs.cohort.name,
        about="First day",
    )
    answered(wave, PersonFactory.create_batch(12), at=at)
    Wave.objects.filter(pk=wave.pk).update(state=WaveState.CLOSED, closed_at=at)
    Release.objects.create(wave=wave, figures={}, asked=12, answered=12, made_at=at, shared_at=at)
    return wave
