"""Waves with answers, closed and released."""

import random
from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any

from lic_site.accounts.models import Person
from lic_site.surveys import definition as d
from lic_site.surveys.enums import Kind, Mode, Occasion, Stage, WaveState
from lic_site.surveys.models import Release, Wave
from lic_site.surveys.services import releasing
from tests.factories.people import PersonFactory
from tests.factories.surveys import AGREE, VersionFactory, WaveFactory, answered
from tests.support.people import NOW

DAY = timedelta(days=1)


def scale(code: str, words: str, **more: Any) -> d.Question:
    return d.Question(code=code, kind=Kind.SCALE, words=words, options=AGREE, **more)


def choice(code: str, words: str, *options: str, **more: Any) -> d.Question:
    made = tuple(d.Option(code=each.lower(), words=each) for each in options)
    return d.Question(
        code=code, words=words, options=made, **{"kind": Kind.SINGLE, "is_cut": True, **more}
    )


def version_of(*questions: d.Question, **more: Any) -> Any:
    definition = d.Definition(sections=(d.Section(code="all", title="All", questions=questions),))
    return VersionFactory(content=definition.to_json(), **more)


LOOKING_BACK = (
    scale("confident", "I am confident", item="confidence"),
    scale(
        "then", "Before the programme I was confident", item="confidence", occasion=Occasion.THEN
    ),
)


def closed(wave: Wave, at: datetime = NOW) -> Release:
    """Close it and make its figures."""
    Wave.objects.filter(pk=wave.pk).update(state=WaveState.CLOSED, closed_at=at)
    wave.refresh_from_db()
    release = releasing.make(wave=wave, at=at)
    assert release is not None
    return release


def a_released_wave(people: int = 12, **wave: Any) -> Release:
    """Answered by so many, closed."""
    made = WaveFactory(**wave)
    answered(made, PersonFactory.create_batch(people))
    return closed(made)


def pre_and_post(
    both: int, *, only_pre: int = 0, only_post: int = 0, looking_back: bool = False
) -> tuple[Release, Release]:
    """Linked waves of one group, at the start and at the end, answered by so many in both."""
    people = PersonFactory.create_batch(both + only_pre + only_post)
    questions = LOOKING_BACK if looking_back else LOOKING_BACK[:1]
    common = {"mode": Mode.LINKED, "group": 7, "group_name": "Cohort 7", "subject_kind": "cohort"}
    before = WaveFactory(
        version=version_of(*questions[:1]), stage=Stage.BASELINE, opens_at=NOW - 90 * DAY, **common
    )
    _said(before, people[: both + only_pre], confident="12344")
    first = closed(before)
    after = WaveFactory(version=version_of(*questions), stage=Stage.END, **common)
    more = {"then": "1223"} if looking_back else {}
    _said(after, people[:both] + people[both + only_pre :], confident="3455", **more)
    return first, closed(after)


def _said(wave: Wave, people: Iterable[Person], **choices: str) -> None:
    dice = random.Random(3)
    for person in people:
        answered(wave, [person], **{code: (dice.choice(all_),) for code, all_ in choices.items()})
