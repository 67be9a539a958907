"""Questionnaires, waves in every mode, and answers to them."""

import random
from datetime import datetime, timedelta
from typing import Any

import factory
from factory.django import DjangoModelFactory

from lic_site.accounts.models import Person
from lic_site.surveys import definition as d
from lic_site.surveys.enums import Kind, Level, Mode, Stage, VersionState, WaveState
from lic_site.surveys.models import (
    Checker,
    Comment,
    Invitation,
    Plan,
    Questionnaire,
    Theme,
    Version,
    Wave,
)
from lic_site.surveys.services.pseudonyms import pseudonym
from lic_site.surveys.services.storing import store
from tests.factories.people import LONG_AGO, PersonFactory
from tests.support.people import NOW

DAY = timedelta(days=1)
AGREE = (
    d.Option(code="1", words="Strongly disagree", score=1),
    d.Option(code="2", words="Disagree", score=2),
    d.Option(code="3", words="Neither", score=3),
    d.Option(code="4", words="Agree", score=4),
    d.Option(code="5", words="Strongly agree", score=5),
)
ASKED = d.Definition(
    sections=(
        d.Section(
            code="day",
            title="The day",
            questions=(
                d.Question(
                    code="useful",
                    kind=Kind.SCALE,
                    words="The day was useful to me",
                    required=True,
                    options=AGREE,
                    item="useful",
                ),
                d.Question(
                    code="again",
                    kind=Kind.SCORE,
                    words="How likely are you to recommend it?",
                    low_words="Not at all",
                    high_words="Very",
                ),
            ),
        ),
        d.Section(
            code="more",
            title="More",
            questions=(
                d.Question(
                    code="where",
                    kind=Kind.SINGLE,
                    words="How did you take part?",
                    options=(
                        d.Option(code="room", words="In the room"),
                        d.Option(code="online", words="Online"),
                    ),
                    is_cut=True,
                ),
                d.Question(
                    code="what",
                    kind=Kind.MULTIPLE,
                    words="What did you like?",
                    options=(
                        d.Option(code="talks", words="The talks"),
                        d.Option(code="people", words="The people"),
                    ),
                ),
                d.Question(
                    code="change",
                    kind=Kind.LONG,
                    words="What should we change?",
                    when=d.Condition(question="useful", test=d.Test.AT_MOST, values=("3",)),
                ),
            ),
        ),
    ),
    closing="Staff College reads the results and says what it does about them.",
)
"""Two pages: a scale and a score, then a choice by which results can be cut, several, a comment."""


class QuestionnaireFactory(DjangoModelFactory[Questionnaire]):
    name = factory.Sequence(lambda n: f"After the day {n}")
    slug = factory.Sequence(lambda n: f"after-the-day-{n}")
    level = Level.REACTION
    made_at = LONG_AGO

    class Meta:
        model = Questionnaire


class VersionFactory(DjangoModelFactory[Version]):
    """Published."""

    questionnaire = factory.SubFactory(QuestionnaireFactory)
    number = 1
    state = VersionState.PUBLISHED
    content = factory.LazyFunction(ASKED.to_json)
    made_at = LONG_AGO
    published_at = LONG_AGO

    class Meta:
        model = Version


class WaveFactory(DjangoModelFactory[Wave]):
    """Anonymous, open since yesterday, about something with the id 1."""

    version = factory.SubFactory(VersionFactory)
    questionnaire = factory.SelfAttribute("version.questionnaire")
    subject_kind = "session"
    subject_id = factory.Sequence(lambda n: n + 1)
    anchor = "ends"
    audience = "attended"
    about = "Finding your voice, 20 November 2026"
    mode = Mode.ANONYMOUS
    stage = Stage.ONCE
    state = WaveState.OPEN
    opens_at = NOW - DAY
    closes_at = NOW + 13 * DAY
    opened_at = factory.SelfAttribute("opens_at")
    made_at = NOW - DAY

    class Meta:
        model = Wave


class InvitationFactory(DjangoModelFactory[Invitation]):
    wave = factory.SubFactory(WaveFactory)
    person = factory.SubFactory(PersonFactory)

    class Meta:
        model = Invitation


class PlanFactory(DjangoModelFactory[Plan]):
    code = factory.Sequence(lambda n: f"plan-{n}")
    name = "After each session"
    questionnaire = factory.SelfAttribute("version.questionnaire")
    subject_kind = "session"
    anchor = "ends"
    audience = "attended"
    mode = Mode.ANONYMOUS
    starts_at = LONG_AGO

    class Params:
        version = factory.SubFactory(VersionFactory)

    class Meta:
        model = Plan


class CheckerFactory(DjangoModelFactory[Checker]):
    person = factory.SubFactory(PersonFactory)
    starts_at = LONG_AGO

    class Meta:
        model = Checker


class ThemeFactory(DjangoModelFactory[Theme]):
    name = factory.Sequence(lambda n: f"Theme {n}")

    class Meta:
        model = Theme


class CommentFactory(DjangoModelFactory[Comment]):
    wave = factory.SubFactory(WaveFactory)
    question = "change"
    text = "More time for questions, please."

    class Meta:
        model = Comment


def invited(wave: Wave, count: int) -> list[Invitation]:
    return InvitationFactory.create_batch(count, wave=wave)


def answered(
    wave: Wave, people: list[Person], *, at: datetime = NOW, seed: int = 1, **fixed: Any
) -> None:
    """Each of the people answered, as the wave's mode keeps it; ``fixed`` answers are everybody's.

    ``answered(wave, people, useful=("4",))``.
    """
    dice = random.Random(seed)
    for person in people:
        Invitation.objects.update_or_create(wave=wave, person=person, defaults={"answered": True})
        given = {
            "useful": (dice.choice("12345"),),
            "again": (str(dice.randint(0, 10)),),
            "where": (dice.choice(["room", "online"]),),
            **fixed,
        }
        store(wave, [given], **_kept(wave, person, at))


def _kept(wave: Wave, person: Person, at: datetime) -> dict[str, Any]:
    match wave.mode:
        case Mode.ANONYMOUS:
            return {}
        case Mode.LINKED:
            return {"pseudonym": pseudonym(wave, person)}
    return {"person": person, "on": at.date()}
