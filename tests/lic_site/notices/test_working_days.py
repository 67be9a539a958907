"""Working days, and when a rule's time comes."""

from datetime import UTC, date, datetime, time, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lic_site.common.dates import LONDON, moment
from lic_site.notices.occasions import Timing
from lic_site.notices.services.planning import bank_holidays
from lic_site.notices.working_days import WorkingDays

DAYS = st.dates(date(2024, 1, 1), date(2028, 12, 31))
MOMENTS = st.builds(datetime.combine, DAYS, st.times(), st.just(UTC))
COUNTS = st.integers(-40, 40)
ENGLAND = WorkingDays(bank_holidays())
ONE = timedelta(days=1)


@pytest.mark.parametrize(
    ("day", "n", "expected"),
    [
        # Easter 2027: Good Friday is 26 March, Easter Monday the 29th.
        (date(2027, 3, 22), -1, date(2027, 3, 19)),
        (date(2027, 3, 21), -1, date(2027, 3, 19)),
        (date(2027, 3, 30), -1, date(2027, 3, 25)),
        (date(2027, 3, 29), -1, date(2027, 3, 25)),
        (date(2027, 3, 30), 0, date(2027, 3, 30)),
        (date(2027, 3, 29), 0, date(2027, 3, 25)),
        (date(2027, 3, 21), 0, date(2027, 3, 19)),
        (date(2027, 3, 25), 1, date(2027, 3, 30)),
        (date(2027, 3, 26), 1, date(2027, 3, 30)),
        (date(2027, 3, 25), 5, date(2027, 4, 5)),
        (date(2027, 4, 1), -5, date(2027, 3, 23)),
    ],
)
def test_counting_steps_over_weekends_and_bank_holidays(day: date, n: int, expected: date) -> None:
    assert ENGLAND.counted(day, n) == expected


def test_after_the_last_known_year_only_weekends_count() -> None:
    assert WorkingDays(frozenset()).counted(date(2030, 1, 1), -1) == date(2029, 12, 31)


@given(day=DAYS, n=COUNTS)
def test_a_day_is_among_those_that_lead_to_where_it_leads(day: date, n: int) -> None:
    leading = ENGLAND.leading_to(ENGLAND.counted(day, n), n)
    assert leading is not None
    assert leading[0] <= day <= leading[1]


@given(due=DAYS, n=COUNTS)
def test_just_the_days_between_the_two_lead_to_a_day(due: date, n: int) -> None:
    leading = ENGLAND.leading_to(due, n)
    if due not in ENGLAND:
        assert leading is None
        return
    assert leading is not None
    first, last = leading
    inside = [first + i * ONE for i in range((last - first).days + 1)]
    assert {ENGLAND.counted(day, n) for day in inside} == {due}
    assert ENGLAND.counted(first - ONE, n) < due < ENGLAND.counted(last + ONE, n)


@given(day=DAYS, n=COUNTS)
def test_a_later_day_never_leads_to_an_earlier_one(day: date, n: int) -> None:
    assert ENGLAND.counted(day, n) <= ENGLAND.counted(day + ONE, n)


@given(day=DAYS, n=COUNTS)
def test_it_leads_to_a_working_day_on_the_right_side(day: date, n: int) -> None:
    due = ENGLAND.counted(day, n)
    assert due in ENGLAND
    assert (due > day) if n > 0 else (due < day) if n < 0 else (due <= day)


@pytest.mark.parametrize(
    ("day", "offset", "expected_utc", "hours"),
    [
        # Clocks go back on 25 October 2026 and forward on 28 March 2027.
        (datetime(2026, 10, 25, tzinfo=UTC), -1, datetime(2026, 10, 25, 9, tzinfo=UTC), 24),
        (datetime(2026, 10, 24, tzinfo=UTC), -1, datetime(2026, 10, 24, 8, tzinfo=UTC), 25),
        (datetime(2027, 3, 27, tzinfo=UTC), -1, datetime(2027, 3, 27, 9, tzinfo=UTC), 23),
        (datetime(2027, 3, 28, tzinfo=UTC), -1, datetime(2027, 3, 28, 8, tzinfo=UTC), 24),
    ],
)
def test_nine_in_london_is_nine_on_both_clock_changes(
    day: datetime, offset: int, expected_utc: datetime, hours: int
) -> None:
    timing = Timing(offset, time(9))
    [occasion] = timing.occasions(after=day, until=day + timedelta(hours=22))
    assert occasion.due_at == expected_utc
    assert occasion.until - occasion.after == timedelta(hours=hours)


def test_a_time_that_is_left_out_is_an_hour_later() -> None:
    """On 28 March 2027 the clocks go from 1am to 2am: 1:30am is 2:30am."""
    assert moment(date(2027, 3, 28), time(1, 30)) == datetime(2027, 3, 28, 1, 30, tzinfo=UTC)
    assert moment(date(2027, 3, 28), time(1, 30)).astimezone(LONDON).time() == time(2, 30)


def test_a_time_that_comes_twice_is_the_first() -> None:
    """On 25 October 2026 1:30am comes in summer time and again an hour later."""
    assert moment(date(2026, 10, 25), time(1, 30)) == datetime(2026, 10, 25, 0, 30, tzinfo=UTC)


@pytest.mark.parametrize("at_time", [time(0), time(1, 30), time(9), time(23, 59)])
@pytest.mark.parametrize("working", [None, ENGLAND])
@pytest.mark.parametrize("days", [-5, 0, 2])
def test_a_year_of_days_is_covered_once(
    days: int, working: WorkingDays | None, at_time: time
) -> None:
    """Whichever day an anchor lies on, one of the rule's times counts from it, and once."""
    timing = Timing(days, at_time, working)
    year = list(
        timing.occasions(
            after=datetime(2026, 1, 1, tzinfo=UTC), until=datetime(2027, 1, 2, tzinfo=UTC)
        )
    )
    assert len(year) == (366 if working is None else 253)
    assert all(a.until == b.after and a.due_at < b.due_at for a, b in pairwise(year))


@given(
    anchor_at=MOMENTS,
    days=COUNTS,
    at_time=st.times(),
    working=st.sampled_from([None, ENGLAND]),
)
def test_an_anchors_moment_is_the_occasion_whose_anchors_it_is_among(
    anchor_at: datetime, days: int, at_time: time, working: WorkingDays | None
) -> None:
    timing = Timing(days, at_time, working)
    due_at = timing.due_at(anchor_at)
    around = timing.occasions(after=due_at - 3 * ONE, until=due_at + 3 * ONE)
    assert [each.due_at for each in around if each.after < anchor_at <= each.until] == [due_at]
