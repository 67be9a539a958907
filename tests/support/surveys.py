"""What the addresses about surveys stand on in the role matrix's world."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from lic_site.accounts.models import Person
from lic_site.surveys.enums import Mode
from lic_site.surveys.models import Deed, Wave
from lic_site.surveys.services import releasing
from tests import role_matrix as who
from tests.factories.people import PersonFactory
from tests.factories.survey_results import closed
from tests.factories.surveys import (
    CheckerFactory,
    CommentFactory,
    PlanFactory,
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
        "staff/surveys/<pk>/do/": {"pk": wave.pk, "name": "close"},
        "staff/surveys/new/": {"kind": "session", "pk": runs.held.pk},
        "staff/surveys/plans/": {"pk": PlanFactory(starts_at=at).pk},
        "staff/surveys/<pk>/results/": {"pk": wave.pk, "code": "where", "kind": "csv"},
        "staff/surveys/<pk>/answers/": {"pk": WaveFactory(mode=Mode.NAMED).pk},
        "staff/surveys/compare/": {"slug": wave.questionnaire.slug, "group": wave.group},
        "my/surveys/results/": {"pk": wave.pk},
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
    people = PersonFactory.create_batch(12)
    answered(wave, people[:6], at=at, where=("room",))
    answered(wave, people[6:], at=at, where=("online",))
    release = closed(wave, at)
    releasing.share(release=release, by=people[0], at=at)
    return wave
