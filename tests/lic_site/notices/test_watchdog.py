"""When the watchdog barks, and what it says."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from lic_site.notices.watchdog import (
    FAILED_AN_HOUR,
    LATE_TICKS,
    MANY_ASIDE,
    OVERDUE,
    Vitals,
    judge,
    lasted,
)
from tests.lic_site.notices.support import NOW

SECOND = timedelta(seconds=1)
WELL = Vitals(at=NOW, tick_seconds=60, ticks={"plan_tick": NOW, "deliver_tick": NOW}, last_sent=NOW)
LATE = timedelta(seconds=60 * LATE_TICKS)


def says(**changed: Any) -> list[str]:
    return judge(replace(WELL, **changed))


def test_it_is_silent_while_all_is_well() -> None:
    assert says() == []
    assert says(ticks={"plan_tick": NOW - LATE, "deliver_tick": NOW - LATE}) == []
    assert says(due=9_000, oldest=NOW - OVERDUE) == []
    assert says(failed_last_hour=FAILED_AN_HOUR, set_aside=MANY_ASIDE) == []


@pytest.mark.parametrize(
    ("changed", "words"),
    [
        ({"ticks": {"deliver_tick": NOW}}, "Reminders have never been planned"),
        (
            {"ticks": {"plan_tick": NOW, "deliver_tick": NOW - LATE - SECOND}},
            "Messages were sent out 5 minutes ago: are worker and beat running?",
        ),
        ({"oldest": NOW - OVERDUE - SECOND}, "A message has waited for 15 minutes."),
        (
            {"oldest": NOW - 3 * OVERDUE, "last_sent": NOW - OVERDUE - SECOND},
            "waited for 45 minutes and nothing has gone out meanwhile",
        ),
        ({"oldest": NOW - 3 * OVERDUE, "last_sent": None}, "nothing has gone out meanwhile"),
        ({"failed_last_hour": 11}, "11 messages failed in the last hour."),
        ({"set_aside": 26}, "26 addresses send messages back"),
    ],
)
def test_it_says_what_is_wrong(changed: dict[str, Any], words: str) -> None:
    [said] = says(**changed)
    assert words in said


def test_a_while_is_said_in_the_largest_unit_of_which_there_are_two() -> None:
    minutes = (1, 2, 119, 120, 2879, 2880)
    said = [lasted(timedelta(minutes=each)) for each in minutes]
    assert said == ["1 minute", "2 minutes", "119 minutes", "2 hours", "47 hours", "2 days"]
