"""The clock's messages under harm: clocks changed and doubled, dates moved, days away."""

from collections import Counter
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import psycopg
import pytest

from tests.resilience.house import House

pytestmark = pytest.mark.resilience

LONDON = ZoneInfo("Europe/London")
DAY = timedelta(days=1)
SOON = "programme.session_soon"


DIARY = ("-m", "tests.resilience.diary")


def do(site: House, *said: str) -> None:
    site.run(*DIARY, *said)


def due_now(site: House, people: int) -> None:
    """A session a week from now, whose reminder fell due two minutes ago and is not planned."""
    due = datetime.now(LONDON) - timedelta(minutes=2)
    late = (due + 7 * DAY).replace(hour=23, minute=59)
    mark = due - timedelta(minutes=10)
    do(
        site,
        f"people {people}",
        f"session {late.isoformat()}",
        f"rule -7 {due:%H:%M:%S} {mark.isoformat()}",
    )


def planned(site: House) -> Counter[datetime]:
    """How many reminders are due at each moment."""
    with psycopg.connect(site.database) as connection:
        found = connection.execute("select due_at, count(*) from notices_notice group by 1")
        return Counter({due_at.astimezone(UTC): count for due_at, count in found})


def told(site: House, kind: str) -> Counter[str]:
    """How many messages of a kind are in each state, with the reason."""
    query = "select state || ' ' || reason, count(*) from notices_notice where kind = %s group by 1"
    with psycopg.connect(site.database) as connection:
        return Counter(dict(connection.execute(query, [kind]).fetchall()))


@pytest.mark.parametrize(
    ("sunday", "expected"),
    [
        # A day before at nine; on the day at half past one. The clocks go forward at one, so that
        # half past one does not come; they go back at two, so that it comes twice.
        (
            "2025-03-30",
            ["2025-03-29T09:00", "2025-03-30T01:30", "2025-03-30T08:00", "2025-03-31T00:30"],
        ),
        (
            "2025-10-26",
            ["2025-10-25T08:00", "2025-10-26T00:30", "2025-10-26T09:00", "2025-10-27T01:30"],
        ),
    ],
)
def test_each_reminder_is_planned_once_when_the_clocks_change(
    site: House, sunday: str, expected: list[str]
) -> None:
    """Two clocks plan the same three days at once."""
    ten = datetime.fromisoformat(f"{sunday}T10:00").replace(tzinfo=LONDON)
    friday, monday = (ten - 2 * DAY).isoformat(), (ten + DAY).isoformat()
    sessions = [f"session {when.isoformat()}" for when in (ten, ten + DAY)]
    do(site, "people 5", *sessions, f"rule -1 09:00 {friday}", f"rule 0 01:30 {friday}")
    other = site.meanwhile(*DIARY, f"plan {friday} {monday}")
    do(site, f"plan {friday} {monday}")
    assert other.wait(timeout=120) == 0
    assert planned(site) == {
        datetime.fromisoformat(moment).replace(tzinfo=UTC): 5 for moment in expected
    }


@pytest.mark.parametrize(
    ("happens", "reason", "instead"),
    [
        ("move 1", "moved", "programme.session_changed"),
        ("cancel", "withdrawn", "programme.session_cancelled"),
    ],
)
def test_what_is_under_way_when_its_date_changes_goes_once_or_not_at_all(
    site: House, happens: str, reason: str, instead: str
) -> None:
    """A batch is in a worker's hands, the rest waits."""
    due_now(site, 60)
    site.sink.behave("hang")
    site.beat()
    site.worker()
    site.wait_until(lambda: bool(site.states()["sending"]), what="a batch under way")
    do(site, happens)
    assert told(site, SOON)[f"cancelled {reason}"] >= 60 - 25
    site.sink.behave("ok")
    site.worker("two")
    site.wait_until(lambda: told(site, instead) == {"sent ": 60}, what=f"60 of {instead}")
    site.wait_until(
        lambda: not site.states()["pending"] + site.states()["sending"], what="everybody settled"
    )
    reminded = told(site, SOON)
    assert reminded["sent "] <= 25
    assert reminded.total() == 60
    called_off = {"cancelled moved", f"cancelled {reason}", "cancelled unwanted"}
    assert set(reminded) <= {"sent ", *called_off}
    assert set(site.delivered().values()) <= {1}
    assert len(site.delivered()) == site.states()["sent"]


def test_after_three_days_away_the_stale_expires_and_the_useful_goes_once(site: House) -> None:
    """Two clocks come back together. Yesterday's session is over; the one in five days is not."""
    noon = datetime.now(LONDON).replace(hour=12, minute=0, second=0, microsecond=0)
    mark = (noon - 3 * DAY).isoformat()
    sessions = [f"session {(noon + days * DAY).isoformat()}" for days in (-1, 5)]
    do(site, "people 30", *sessions, f"rule -1 09:00 {mark}", f"rule -7 09:00 {mark}")
    for name in ("one", "two"):
        site.beat(name)
        site.worker(name)
    site.wait_for(sent=30, expired=30)
    assert set(site.delivered().values()) == {1}
    assert len(site.delivered()) == 30


def test_two_clocks_plan_and_send_each_reminder_once(site: House) -> None:
    due_now(site, 80)
    for name in ("one", "two"):
        site.beat(name)
        site.worker(name)
    site.wait_for(sent=80)
    assert set(site.delivered().values()) == {1}
    assert len(site.delivered()) == 80
