"""``results``: a survey's figures under disclosure control and their page, against the same counts
as one ``GROUP BY`` for each question.
"""

import time
import tracemalloc
from collections.abc import Iterator, Mapping
from datetime import timedelta
from functools import partial
from random import Random
from statistics import median
from typing import Any

from django.core.management import call_command
from django.db import connection
from django.test import Client
from django.test.utils import override_settings
from django.utils import timezone

from lic_site.accounts.models import User
from lic_site.portal.bench import crowd, processes
from lic_site.portal.bench.figures import ROUNDS, Figure, interleaved
from lic_site.surveys import definition as d
from lic_site.surveys.enums import Kind, Level, Mode, VersionState, WaveState
from lic_site.surveys.figures import compute
from lic_site.surveys.models import Questionnaire, Release, Version, Wave
from lic_site.surveys.services.storing import store

FEW, MANY = 500, 5_000
QUESTIONS = 30
REACH = 5.0
FLAT = 1.3
"""How much more memory ten times as many answers may take."""
COUNTS = """
select answer.value, count(*) from surveys_answer answer
join surveys_response response on response.id = answer.response_id
where response.wave_id = %s and answer.question = %s group by answer.value
"""


def results(_environment: Mapping[str, str]) -> Iterator[Figure]:
    """Milliseconds to compute the figures and to draw the page. Memory is the peak of Python's own
    while figures are computed, at ten times as many answers.
    """
    with override_settings(DEBUG=False, DEMO=True, ALLOWED_HOSTS=["localhost"]):
        call_command("collectstatic", interactive=False, verbosity=0)
        call_command("bootstrap", verbosity=0)
        crowd.grow(1, at=timezone.now())
        few, many = _wave(FEW), _wave(MANY)
        with connection.cursor() as cursor:
            cursor.execute("vacuum analyze")
        client = Client(headers={"host": "localhost"})
        client.force_login(User.objects.get(email=crowd.OFFICE))
        page = partial(_page, client, many)
        for warm in (partial(compute, many), page, partial(_counts, many)):
            warm()
        ours, yardstick = interleaved(
            partial(_took, partial(compute, many), page), partial(_took, partial(_counts, many))
        )
        parts = {
            name: round(median(_took(part) for _ in range(ROUNDS)), 1)
            for name, part in (("figures_ms", partial(compute, many)), ("page_ms", page))
        }
        peaks = [_peak(wave) for wave in (few, many)]
        page_peaks = [_page_peak(client, wave) for wave in (few, many)]
    yield Figure(
        name="results",
        case="figures_and_page",
        ours=ours,
        yardstick=yardstick,
        unit="ms",
        reach=REACH,
        better="at most",
        sizes={"answers": MANY, "questions": QUESTIONS, "rounds": ROUNDS},
        facts=parts,
    )
    for case, (least, most) in (("memory_figures", peaks), ("memory_page", page_peaks)):
        yield Figure(
            name="results",
            case=case,
            ours=most,
            yardstick=least,
            unit="KiB at the peak",
            reach=FLAT,
            better="at most",
            sizes={"answers": (FEW, MANY), "questions": QUESTIONS},
        )


def _took(*parts: partial[Any]) -> float:
    began = time.perf_counter()
    for part in parts:
        part()
    return (time.perf_counter() - began) * 1000


def _counts(wave: Wave) -> int:
    """The yardstick: a query for each question, all rows read."""
    definition = wave.version.definition if wave.version else d.Definition()
    rows = 0
    with connection.cursor() as cursor:
        for question in definition.questions():
            cursor.execute(COUNTS, [wave.pk, question.code])
            rows += len(cursor.fetchall())
    return rows


def _page(client: Client, wave: Wave) -> None:
    response = client.get(f"/staff/surveys/{wave.pk}/results/")
    if response.status_code != 200 or "95% interval" not in response.text:
        raise processes.NotReady(f"the results page answered {response.status_code}")


def _peak(wave: Wave) -> float:
    tracemalloc.start()
    compute(wave)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    return peak / 1024


def _page_peak(client: Client, wave: Wave) -> float:
    tracemalloc.start()
    _page(client, wave)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    return peak / 1024


def _wave(answers: int) -> Wave:
    """Closed and released: mostly scales, 0 to 10, choices of which two are cuts."""
    at = timezone.now()
    definition = d.Definition(
        sections=(d.Section(code="all", title="All", questions=tuple(_questions())),)
    )
    name = f"Survey of {answers}"
    questionnaire = Questionnaire.objects.create(
        name=name, slug=f"survey-{answers}", level=Level.REACTION, made_at=at
    )
    version = Version.objects.create(
        questionnaire=questionnaire,
        number=1,
        state=VersionState.PUBLISHED,
        content=definition.to_json(),
        made_at=at,
        published_at=at,
    )
    wave = Wave.objects.create(
        questionnaire=questionnaire,
        version=version,
        subject_kind="cohort",
        subject_id=answers,
        anchor="ends",
        audience="all",
        mode=Mode.ANONYMOUS,
        about=name,
        state=WaveState.OPEN,
        opens_at=at - timedelta(days=9),
        closes_at=at - timedelta(days=1),
        opened_at=at - timedelta(days=9),
        made_at=at - timedelta(days=9),
    )
    dice = Random(answers)  # noqa: S311 - the same each time
    store(wave, (_given(definition, dice) for _ in range(answers)))
    Wave.objects.filter(pk=wave.pk).update(state=WaveState.CLOSED, closed_at=at)
    Release.objects.create(
        wave=wave, figures=compute(wave), asked=answers, answered=answers, made_at=at
    )
    return Wave.objects.select_related("version").get(pk=wave.pk)


def _questions() -> Iterator[d.Question]:
    agree = tuple(d.Option(code=str(n), words=f"Answer {n}", score=n) for n in range(1, 6))
    some = tuple(d.Option(code=f"o{n}", words=f"Choice {n}") for n in range(5))
    for number in range(QUESTIONS - 6):
        yield d.Question(
            code=f"s{number}",
            kind=Kind.SCALE,
            words=f"Statement {number}",
            options=agree,
            item=f"s{number}",
        )
    for number in range(3):
        yield d.Question(code=f"t{number}", kind=Kind.SCORE, words=f"How likely {number}?")
    yield d.Question(code="what", kind=Kind.MULTIPLE, words="Which?", options=some)
    for number in range(2):
        yield d.Question(
            code=f"c{number}", kind=Kind.SINGLE, words="Where?", options=some, is_cut=True
        )


def _given(definition: d.Definition, dice: Random) -> d.Answers:
    """Nineteen in twenty answer a question."""
    return {
        each.code: tuple(dice.sample([o.code for o in each.options], 2))
        if each.kind == Kind.MULTIPLE
        else (dice.choice([o.code for o in each.options] or [str(n) for n in range(11)]),)
        for each in definition.questions()
        if dice.random() < 0.95
    }
