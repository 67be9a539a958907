"""Quiet hours, for every window and every moment of the year."""

from datetime import UTC, datetime, time, timedelta

import pytest
from hypothesis import HealthCheck, assume, example, given, settings
from hypothesis import strategies as st

from lic_site.common.dates import LONDON
from lic_site.notices.quiet import Endless, QuietHours, TooLong, next_time

SPRING, AUTUMN = datetime(2027, 3, 28, tzinfo=UTC), datetime(2027, 10, 31, tzinfo=UTC)
"""The days on which London's clocks change, at 01:00 UTC."""
NIGHT = QuietHours(time(20), time(7, 30))

moments = st.datetimes(
    min_value=datetime(2026, 1, 1),  # noqa: DTZ001 - the strategy adds the zone
    max_value=datetime(2028, 1, 1),  # noqa: DTZ001
    timezones=st.just(UTC),
)
near_a_change = st.builds(
    lambda day, minutes: day + timedelta(minutes=minutes),
    st.sampled_from([SPRING, AUTUMN]),
    st.integers(-24 * 60, 48 * 60),
)
unhurried = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
"""A busy machine is no fault of the rules."""
clocks = st.times().map(lambda clock: clock.replace(microsecond=0, second=0))


def hours(begins: time, ends: time) -> QuietHours:
    try:
        return QuietHours(begins, ends)
    except ValueError:
        assume(False)
        raise


@unhurried
@given(clocks, clocks, moments | near_a_change)
@example(time(2, 30), time(1, 30), SPRING)
@example(time(20), time(1, 30), AUTUMN + timedelta(hours=1, minutes=10))
def test_what_is_held_goes_soon_after_and_never_in_quiet_hours(
    begins: time, ends: time, at: datetime
) -> None:
    quiet = hours(begins, ends)
    over = quiet.over(at)
    assert at <= over <= at + timedelta(hours=25)
    assert not quiet.cover(over)
    assert (over == at) is not quiet.cover(at)


@unhurried
@given(clocks, moments | near_a_change)
def test_a_daily_time_comes_within_a_day_and_an_hour(clock: time, after: datetime) -> None:
    moment = next_time(clock, after=after)
    assert after < moment <= after + timedelta(hours=25)


def london(*parts: int, fold: int = 0) -> datetime:
    return datetime(*parts, tzinfo=LONDON, fold=fold).astimezone(UTC)  # type: ignore[arg-type, misc]


@pytest.mark.parametrize(
    ("at", "over"),
    [
        (london(2026, 11, 21, 19, 59), london(2026, 11, 21, 19, 59)),
        (london(2026, 11, 21, 20, 0), london(2026, 11, 22, 7, 30)),
        (london(2026, 11, 22, 3, 0), london(2026, 11, 22, 7, 30)),
        (london(2026, 11, 22, 7, 30), london(2026, 11, 22, 7, 30)),
        # The night of each clock change: an hour less, and an hour more, until half past seven.
        (london(2027, 3, 27, 23, 0), london(2027, 3, 28, 7, 30)),
        (london(2027, 10, 30, 23, 0), london(2027, 10, 31, 7, 30)),
    ],
)
def test_the_night_ends_at_half_past_seven(at: datetime, over: datetime) -> None:
    assert NIGHT.over(at) == over


def test_the_clock_changes_make_the_night_shorter_and_longer() -> None:
    spring, autumn = london(2027, 3, 27, 20), london(2027, 10, 30, 20)
    assert NIGHT.over(spring) - spring == timedelta(hours=10, minutes=30)
    assert NIGHT.over(autumn) - autumn == timedelta(hours=12, minutes=30)


def test_an_hour_that_comes_twice_is_quiet_twice() -> None:
    quiet = QuietHours(time(23), time(1, 30))
    assert quiet.over(london(2027, 10, 31, 1, 10)) == london(2027, 10, 31, 1, 30)
    assert quiet.over(london(2027, 10, 31, 1, 10, fold=1)) == london(2027, 10, 31, 1, 30, fold=1)


def test_quiet_hours_within_one_day() -> None:
    lunch = QuietHours(time(12), time(13))
    assert lunch.over(london(2026, 11, 21, 12, 59)) == london(2026, 11, 21, 13)
    assert not lunch.cover(london(2026, 11, 21, 11, 59))


def test_quiet_hours_without_end_and_without_room_are_refused() -> None:
    with pytest.raises(Endless):
        QuietHours(time(8), time(8))
    with pytest.raises(TooLong):
        QuietHours(time(8), time(7))
