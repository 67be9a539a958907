"""The benchmarks' own arithmetic: a promise is broken out loud."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone
from django.utils.module_loading import import_string

from cohorts.programme.models import Cohort, Enrolment, Review
from cohorts.programme.services.starting import load_programme
from lic_site.accounts.services.reference import load_authorities
from lic_site.portal.bench import BENCHMARKS, crowd, figures, growth, scratch
from lic_site.portal.bench.figures import Figure, interleaved

pytestmark = pytest.mark.django_db


def figure(ours: float = 30, **values: Any) -> Figure:
    given = {
        "name": "test",
        "case": "one",
        "ours": ours,
        "yardstick": 100,
        "unit": "messages/s",
        "reach": 0.2,
        "better": "at least",
    }
    return Figure(**{**given, **values})


def test_a_figure_holds_when_it_reaches_far_enough() -> None:
    assert figure(20).holds
    assert not figure(19).holds
    assert figure(130, reach=1.3, better="at most").holds
    assert not figure(131, reach=1.3, better="at most").holds


def test_a_fact_that_must_be_true_breaks_the_promise_when_it_is_not() -> None:
    assert figure(must={"each once": True}).holds
    assert not figure(must={"each once": True, "none lost": False}).holds


def test_a_line_says_everything() -> None:
    said = json.loads(figure(facts={"p95": 1}, sizes={"messages": 3}).line())
    assert said["ratio"] == 0.3
    assert (said["holds"], said["reach"], said["p95"]) == (True, 0.2, 1)
    assert {"python", "django", "wagtail", "celery"} <= set(said["versions"])


def test_rounds_take_turns_and_the_median_counts() -> None:
    order: list[str] = []

    def measured(name: str, values: Iterator[float]) -> Any:
        return lambda: order.append(name) or next(values)

    ours = measured("ours", iter([1.0, 9.0, 2.0]))
    yardstick = measured("yardstick", iter([4.0, 5.0, 60.0]))
    assert interleaved(ours, yardstick, rounds=3) == (2.0, 5.0)
    assert order == ["ours", "yardstick", "yardstick", "ours", "ours", "yardstick"]
    assert figures.ROUNDS >= 5


@pytest.fixture
def _no_scratch(monkeypatch: pytest.MonkeyPatch) -> None:
    @contextmanager
    def nothing() -> Iterator[dict[str, str]]:
        yield {}

    monkeypatch.setattr(scratch, "stores", nothing)


def broken(_environment: object) -> Iterator[Figure]:
    yield figure(1)


@pytest.mark.usefixtures("_no_scratch")
def test_the_command_fails_when_a_promise_is_broken(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setitem(BENCHMARKS, "broken", f"{__name__}.broken")
    with pytest.raises(SystemExit) as ended:
        call_command("bench", "broken")
    assert ended.value.code == 1
    assert '"holds": false' in capsys.readouterr().out


def test_an_unknown_name_is_answered_with_the_known_ones() -> None:
    with pytest.raises(CommandError, match="notices"):
        call_command("bench", "nothing")


def test_every_benchmark_named_exists() -> None:
    assert all(callable(import_string(path)) for path in BENCHMARKS.values())


def test_growth_compares_the_largest_with_the_middle_and_counts_queries() -> None:
    flat = growth.figure("people", [(10.0, 9), (11.0, 9), (20.0, 9)])
    assert flat.holds
    assert (flat.ratio, flat.facts["ratio_to_least"]) == (20 / 11, 2.0)
    assert not growth.figure("people", [(10.0, 9), (11.0, 9), (23.0, 9)]).holds
    assert not growth.figure("people", [(10.0, 9), (11.0, 9), (12.0, 10)]).holds


def test_a_crowd_grows_by_as_many_as_are_missing() -> None:
    load_authorities(at=timezone.now())
    load_programme(at=timezone.now())
    for size in (70, 70, 200):
        crowd.grow(size, at=timezone.now())
    choosing, running = (Cohort.objects.get(slug=slug) for slug in (crowd.CHOOSING, crowd.RUNNING))
    assert choosing.applications.count() == 200
    assert running.enrolments.count() == crowd.PLACES
    assert Enrolment.objects.count() == 200
    assert Review.objects.count() == 400
