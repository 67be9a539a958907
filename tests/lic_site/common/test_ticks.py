from datetime import datetime

import pytest

from lic_site.common import ticks
from lic_site.common.models import Tick
from lic_site.common.ticks import NoSuchTick, run, run_all, run_tick
from tests.support.people import NOW

seen: list[datetime] = []


def well(at: datetime) -> None:
    seen.append(at)


def ill(at: datetime) -> None:
    raise ZeroDivisionError("Ada Lovelace")


WELL, ILL = f"{__name__}.well", f"{__name__}.ill"


@pytest.fixture(autouse=True)
def listed(settings, db: None) -> None:
    seen.clear()
    settings.TICKS = [ILL, WELL]


def test_a_tick_runs_and_is_written_down() -> None:
    run(WELL, at=NOW)
    assert seen == [NOW]
    tick = Tick.objects.get()
    assert (tick.name, tick.started_at, tick.error, tick.failed_at) == (WELL, NOW, "", None)
    assert tick.finished_at


def test_a_tick_that_fails_is_written_down_without_its_words() -> None:
    with pytest.raises(ZeroDivisionError):
        run(ILL, at=NOW)
    tick = Tick.objects.get()
    assert (tick.error, tick.finished_at) == ("ZeroDivisionError", None)
    assert tick.failed_at


def test_one_fault_does_not_stop_the_others() -> None:
    assert run_all(at=NOW) == [ILL]
    assert seen == [NOW]


def test_only_listed_ticks_run() -> None:
    for name in ("os.remove", "lic_site.common.ticks.run"):
        with pytest.raises(NoSuchTick):
            run(name, at=NOW)


def test_the_task_runs_it_now_and_bears_words_it_does_not_know(clock: object) -> None:
    run_tick(WELL, sent_by="a newer release")
    assert seen == [NOW]


def test_it_recovers() -> None:
    with pytest.raises(ZeroDivisionError):
        run(ILL, at=NOW)
    Tick.objects.update(name=WELL)
    run(WELL, at=NOW)
    assert Tick.objects.get().error == ""
    assert ticks.run_all(at=NOW) == [ILL]
