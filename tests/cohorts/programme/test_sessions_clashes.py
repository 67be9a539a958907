"""What speaks against a date, on plain values; and London's clock on the nights it changes."""

from datetime import UTC, date, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cohorts.programme import london
from cohorts.programme.clashes import Audience, Avoided, Bounds, Leader, Planned, find
from cohorts.programme.enums import ClashKind

DAY = timedelta(days=1)
TUESDAY = datetime(2027, 3, 9, 10, tzinfo=UTC)
LONG_BEFORE = datetime(2026, 1, 1, tzinfo=UTC)
YEAR = Bounds(date(2027, 1, 1), date(2027, 12, 31))
WHOLE = Audience(cohort=1)


def planned(
    starts_at: datetime = TUESDAY,
    hours: float = 6,
    *,
    key: int = 0,
    audience: Audience = WHOLE,
    leaders: tuple[int, ...] = (),
) -> Planned:
    people = frozenset(Leader(pk, f"Person {pk}") for pk in leaders)
    ends_at = starts_at + timedelta(hours=hours)
    return Planned(key, f"Session {key}", starts_at, ends_at, audience, people)


def kinds(
    session: Planned,
    others: tuple[Planned, ...] = (),
    avoided: tuple[Avoided, ...] = (),
    bounds: Bounds = YEAR,
    at: datetime = LONG_BEFORE,
) -> list[ClashKind]:
    return [
        clash.kind for clash in find(session, others=others, avoided=avoided, bounds=bounds, at=at)
    ]


moments = st.integers(0, 2 * 365 * 24 * 60).map(
    lambda minutes: datetime(2027, 1, 1, tzinfo=UTC) + timedelta(minutes=minutes)
)
lengths = st.floats(min_value=0.25, max_value=80)
audiences = st.builds(
    Audience,
    cohort=st.integers(1, 2),
    learning_set=st.one_of(st.none(), st.integers(1, 3)),
    participant=st.one_of(st.none(), st.integers(1, 3)),
    nobody=st.booleans(),
    people=st.frozensets(st.integers(1, 6), max_size=3),
)
sessions = st.builds(
    lambda at, hours, key, audience, leaders: planned(
        at, hours, key=key, audience=audience, leaders=tuple(leaders)
    ),
    moments,
    lengths,
    st.integers(1, 9),
    audiences,
    st.frozensets(st.integers(1, 4), max_size=2),
)


def test_a_day_in_the_week_within_hours_clashes_with_nothing() -> None:
    assert not kinds(planned())


@pytest.mark.parametrize(
    ("session", "kind"),
    [
        (planned(datetime(2027, 3, 13, 10, tzinfo=UTC)), ClashKind.WEEKEND),
        (planned(datetime(2027, 3, 12, 10, tzinfo=UTC), 30), ClashKind.WEEKEND),
        (planned(datetime(2027, 3, 9, 7, 59, tzinfo=UTC)), ClashKind.EVENING),
        (planned(datetime(2027, 7, 6, 6, 59, tzinfo=UTC)), ClashKind.EVENING),
        (planned(datetime(2027, 3, 9, 17, tzinfo=UTC), 2.1), ClashKind.EVENING),
        (planned(datetime(2026, 12, 31, 10, tzinfo=UTC)), ClashKind.OUTSIDE),
    ],
)
def test_a_weekend_an_early_hour_and_a_day_outside_are_said(
    session: Planned, kind: ClashKind
) -> None:
    assert kinds(session) == [kind]


def test_hours_are_londons_in_summer_too() -> None:
    assert not kinds(planned(datetime(2027, 7, 6, 7, tzinfo=UTC), 11))


def test_what_has_passed_is_said() -> None:
    assert kinds(planned(), at=TUESDAY) == [ClashKind.PAST]


def test_a_day_that_may_move_is_minded_on_either_side() -> None:
    eid = Avoided("Eid", date(2027, 3, 10), date(2027, 3, 10), may_move=True)
    (clash,) = find(planned(), others=[], avoided=[eid], bounds=YEAR, at=LONG_BEFORE)
    assert (clash.what, clash.perhaps) == ("Eid", True)
    (clash,) = find(planned(TUESDAY + DAY), others=[], avoided=[eid], bounds=YEAR, at=LONG_BEFORE)
    assert not clash.perhaps
    fixed = Avoided("Half-term", date(2027, 3, 10), date(2027, 3, 10))
    assert not kinds(planned(), avoided=(fixed,))


def test_two_sets_meet_at_once_but_nobody_is_in_two_places() -> None:
    one, two = (Audience(cohort=1, learning_set=number) for number in (1, 2))
    assert not kinds(planned(audience=one), (planned(key=2, audience=two),))
    assert kinds(planned(audience=one), (planned(key=2, audience=one),)) == [ClashKind.AUDIENCE]
    assert kinds(planned(audience=one), (planned(key=2),)) == [ClashKind.AUDIENCE]
    mine = Audience(cohort=2, people=frozenset({7}))
    theirs = Audience(cohort=1, people=frozenset({7, 8}))
    assert kinds(planned(audience=mine), (planned(key=2, audience=theirs),)) == [ClashKind.AUDIENCE]


def test_a_free_slot_is_in_nobodys_way_but_its_coach_is_busy() -> None:
    slot = planned(key=2, audience=Audience(cohort=1, nobody=True), leaders=(5,))
    assert not kinds(planned(), (slot,))
    assert kinds(planned(leaders=(5,)), (slot,)) == [ClashKind.FACILITATOR]


def test_one_may_begin_when_the_other_ends() -> None:
    assert not kinds(planned(), (planned(TUESDAY + timedelta(hours=6), 2, key=2),))


@given(sessions, sessions)
def test_a_clash_of_two_is_mutual(one: Planned, two: Planned) -> None:
    def between(session: Planned, other: Planned) -> set[ClashKind]:
        both = {ClashKind.AUDIENCE, ClashKind.FACILITATOR}
        return both & set(kinds(session, (other,)))

    assert between(one, two) == between(two, one)


@given(sessions, sessions)
def test_sessions_that_share_no_time_never_clash(one: Planned, two: Planned) -> None:
    found = set(kinds(one, (two,))) & {ClashKind.AUDIENCE, ClashKind.FACILITATOR}
    if one.ends_at <= two.starts_at or two.ends_at <= one.starts_at:
        assert not found


@given(sessions)
def test_a_session_does_not_clash_with_itself(one: Planned) -> None:
    assert not set(kinds(one, (one,))) & {ClashKind.AUDIENCE, ClashKind.FACILITATOR}


@given(sessions, st.lists(sessions, max_size=4))
def test_clashes_come_in_one_order(one: Planned, others: list[Planned]) -> None:
    order = list(ClashKind)
    found = [order.index(kind) for kind in kinds(one, tuple(others))]
    assert found == sorted(found)


@given(moments, lengths)
def test_days_reach_from_the_first_to_the_last(at: datetime, hours: float) -> None:
    ends_at = at + timedelta(hours=hours)
    first, last = london.days(at, ends_at)
    assert first <= last <= ends_at.astimezone(london.LONDON).date()


def test_a_session_that_ends_at_midnight_does_not_reach_the_next_day() -> None:
    ends_at = datetime(2027, 3, 10, tzinfo=UTC)
    assert london.days(TUESDAY, ends_at) == (date(2027, 3, 9), date(2027, 3, 9))


@given(st.dates(min_value=date(2026, 1, 1), max_value=date(2030, 12, 31)), st.times())
def test_a_time_of_londons_comes_back_as_it_was_written(day: date, clock: time) -> None:
    try:
        found = london.moment(day, clock)
    except (london.NoSuchTime, london.TimeComesTwice):
        assert day.weekday() == 6
        assert clock.hour == 1
        return
    back = found.astimezone(london.LONDON)
    assert (back.date(), back.time()) == (day, clock)


@pytest.mark.parametrize(
    ("day", "clock", "refusal"),
    [
        (date(2027, 3, 28), time(1, 30), london.NoSuchTime),
        (date(2027, 10, 31), time(1, 30), london.TimeComesTwice),
    ],
)
def test_a_time_that_is_not_there_or_comes_twice_is_refused(
    day: date, clock: time, refusal: type[Exception]
) -> None:
    with pytest.raises(refusal, match="before 1am, or from 2am"):
        london.moment(day, clock)


@pytest.mark.parametrize(
    ("day", "clock", "utc"),
    [
        (date(2027, 3, 27), time(9, 30), "2027-03-27T09:30:00+00:00"),
        (date(2027, 3, 28), time(2), "2027-03-28T01:00:00+00:00"),
        (date(2027, 3, 29), time(9, 30), "2027-03-29T08:30:00+00:00"),
        (date(2027, 10, 31), time(2), "2027-10-31T02:00:00+00:00"),
        (date(2027, 11, 1), time(9, 30), "2027-11-01T09:30:00+00:00"),
    ],
)
def test_around_the_clock_changes_the_time_is_right(day: date, clock: time, utc: str) -> None:
    assert london.moment(day, clock).isoformat() == utc
