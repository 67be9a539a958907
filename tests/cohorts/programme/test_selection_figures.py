"""Scores, ranks, balance, the funnel, and who reads what: pure figures."""

from collections import Counter
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cohorts.programme.assigning import (
    Bar,
    Reader,
    ToRead,
    assign,
    bar,
    excludes,
    name_words,
)
from cohorts.programme.enums import ApplicationState
from cohorts.programme.readiness import Obstacle, Plan, obstacles
from cohorts.programme.selection import (
    Funnel,
    balance,
    funnel,
    half_up,
    rank,
    weighted_percent,
)

percents = st.fractions(min_value=0, max_value=100, max_denominator=60)


def test_percentages_round_halves_up() -> None:
    assert half_up(Fraction(125, 2), 0) == Decimal(63)
    assert half_up(Fraction(1, 8), 2) == Decimal("0.13")


def test_a_criterion_counts_by_its_weight() -> None:
    assert weighted_percent({1: 5, 2: 0}, {1: 3, 2: 1}) == 75
    assert weighted_percent({1: 5}, {1: 1, 2: 1}) == 50
    assert weighted_percent({}, {}) == 0


def test_equals_share_a_rank_and_the_next_is_passed_over() -> None:
    both = {1: [Fraction(50)] * 2, 2: [Fraction(80)] * 2, 3: [Fraction(50)] * 2, 4: []}
    standings = rank(both)
    assert [(one.key, one.rank, one.is_tied) for one in standings] == [
        (2, 1, False),
        (1, 2, True),
        (3, 2, True),
        (4, None, False),
    ]


def test_one_reading_shows_a_mean_but_no_rank_and_no_spread() -> None:
    (standing,) = rank({1: [Fraction(60)]})
    assert (standing.mean, standing.rank, standing.spread) == (60, None, None)
    assert not standing.is_wide


def test_readers_far_apart_are_flagged() -> None:
    (standing,) = rank({1: [Fraction(40), Fraction(60)]})
    assert standing.spread == 20
    assert standing.is_wide


@given(st.dictionaries(st.integers(), st.lists(percents, max_size=3), max_size=12))
def test_ranking_is_stable_and_never_puts_a_lower_mean_first(
    readings: dict[int, list[Fraction]],
) -> None:
    standings = rank(readings)
    assert standings == rank(readings)
    assert {one.key for one in standings} == readings.keys()
    ranked = [one for one in standings if one.rank]
    means = [one.mean for one in ranked if one.mean is not None]
    assert means == sorted(means, reverse=True)
    assert all(
        one.rank == 1 + sum(1 for mean in means if one.mean is not None and mean > one.mean)
        for one in ranked
    )


@given(st.dictionaries(st.integers(), st.sampled_from("abc"), max_size=20), st.data())
def test_balance_adds_up_to_the_whole(groups: dict[int, str], data: st.DataObject) -> None:
    chosen = data.draw(st.sets(st.sampled_from(sorted(groups)))) if groups else set()
    shares = balance(groups, chosen, order=["c"])
    assert sum(share.applied for share in shares) == len(groups)
    assert sum(share.chosen for share in shares) == len(chosen)
    assert [share.label for share in shares][:1] in ([], ["c"]) or "c" not in groups.values()


@given(
    st.lists(
        st.tuples(st.sampled_from(ApplicationState.values), st.booleans(), st.integers(0, 50)),
        max_size=20,
    )
)
def test_the_funnel_always_adds_up(counts: list[tuple[str, bool, int]]) -> None:
    whole = funnel(counts)
    assert whole.begun == sum(number for _, _, number in counts)
    assert whole.sent == (
        whole.undecided + whole.waiting + whole.ever_offered + whole.not_offered + whole.withdrawn
    )


def test_who_withdrew_before_sending_never_counts_as_sent() -> None:
    assert funnel([("withdrawn", False, 2), ("withdrawn", True, 1)]) == Funnel(
        withdrawn_unsent=2, withdrawn=1
    )


@pytest.mark.parametrize(
    ("named", "name", "expected"),
    [
        ("kwame SILVERBIRCH", "Kwame Silverbirch", Bar.EXCLUDED),
        ("Silverbirch, Kwame", "Kwame Silverbirch", Bar.EXCLUDED),
        ("Zoë Ní Dhuibhne", "Zoe Ni Dhuibhne", Bar.EXCLUDED),
        ("Kwame", "Kwame Silverbirch", Bar.MAYBE_EXCLUDED),
        ("Somebody Else", "Kwame Silverbirch", None),
        ("", "", None),
    ],
)
def test_an_excluded_reader_is_known_by_name(named: str, name: str, expected: Bar | None) -> None:
    assert excludes([(named, "")], Reader(1, name=name)) == expected


def test_an_excluded_reader_is_known_by_address_in_any_case() -> None:
    reader = Reader(1, name="Kwame", emails=frozenset({"k@example.org"}))
    assert excludes([("Who", " K@Example.org ")], reader) == Bar.EXCLUDED


def test_names_in_any_alphabet_have_words() -> None:
    assert name_words("李 小龍") == {"李", "小龍"}


def test_each_reason_keeps_a_reader_away() -> None:
    application = ToRead(
        1, employers=frozenset({7}), managers=frozenset({3}), recused=frozenset({4})
    )
    assert bar(application, Reader(2), {2}) == Bar.APPLICANT
    assert bar(application, Reader(2, employer=7), ()) == Bar.COLLEAGUE
    assert bar(application, Reader(3), ()) == Bar.LINE_MANAGER
    assert bar(application, Reader(4), ()) == Bar.STEPPED_ASIDE
    assert bar(application, Reader(5), ()) is None


readers_of = st.lists(
    st.builds(
        Reader,
        key=st.integers(1, 12),
        employer=st.none() | st.integers(1, 4),
        name=st.sampled_from(["Ann Lee", "Bo Ray", "Cy Day"]),
        load=st.integers(0, 3),
    ),
    max_size=8,
    unique_by=lambda reader: reader.key,
)
to_read = st.lists(
    st.builds(
        ToRead,
        key=st.integers(1, 30),
        employers=st.frozensets(st.integers(1, 4), max_size=2),
        managers=st.frozensets(st.integers(1, 12), max_size=2),
        excluded=st.sampled_from([(), (("Ann Lee", ""),), (("Bo", ""),)]),
        readers=st.frozensets(st.integers(1, 12), max_size=1),
        recused=st.frozensets(st.integers(1, 12), max_size=1),
    ),
    max_size=10,
    unique_by=lambda application: application.key,
)


@given(to_read, readers_of, st.sets(st.integers(1, 12), max_size=3))
def test_assignment_never_breaks_a_rule_and_falls_short_only_with_reason(
    applications: list[ToRead], readers: list[Reader], applicants: set[int]
) -> None:
    given_out = assign(applications, readers, applicants)
    assert given_out == assign(applications, readers, applicants)
    by_key = {reader.key: reader for reader in readers}
    pairs = Counter(given_out.pairs)
    assert all(times == 1 for times in pairs.values())
    for application in applications:
        mine = [reader for key, reader in given_out.pairs if key == application.key]
        free = [
            reader.key
            for reader in readers
            if bar(application, reader, applicants) is None
            and reader.key not in application.readers
        ]
        assert set(mine) <= set(free)
        assert len(mine) == min(application.wanted, len(free))
        assert (application.key in given_out.short) == (len(mine) < application.wanted)
        assert all(by_key[reader].employer not in application.employers for reader in mine)


def test_readings_are_shared_out_evenly() -> None:
    applications = [ToRead(key) for key in range(1, 13)]
    given_out = assign(applications, [Reader(key) for key in range(1, 5)], ())
    loads = Counter(reader for _, reader in given_out.pairs)
    assert set(loads.values()) == {6}


def test_a_reading_moves_to_somebody_less_laden_where_the_rules_allow() -> None:
    only_one_and_two = [ToRead(key, employers=frozenset({9})) for key in (1, 2, 3)]
    anybody = [ToRead(key) for key in (4, 5, 6)]
    readers = [Reader(1), Reader(2), Reader(3, employer=9), Reader(4, employer=9)]
    given_out = assign([*anybody, *only_one_and_two], readers, ())
    loads = Counter(reader for _, reader in given_out.pairs)
    assert loads == {1: 3, 2: 3, 3: 3, 4: 3}


def test_whoever_was_given_two_hands_one_to_somebody_given_none() -> None:
    applications = [ToRead(1, employers=frozenset({3})), ToRead(2, employers=frozenset({4}))]
    readers = [Reader(key, employer=key) for key in (1, 2, 3, 4)]
    loads = Counter(reader for _, reader in assign(applications, readers, ()).pairs)
    assert loads == {1: 1, 2: 1, 3: 1, 4: 1}


READY = Plan(
    has_summary=True,
    questions=1,
    criteria=1,
    has_legal_ground=True,
    closes_at=datetime(2027, 1, 1, tzinfo=UTC),
    closes_on=date(2027, 1, 1),
    decisions_by=date(2027, 2, 1),
    starts_on=date(2027, 3, 1),
    ends_on=date(2027, 12, 1),
    session_days=(date(2027, 3, 1),),
)


def test_a_whole_plan_can_open() -> None:
    assert not list(obstacles(READY, READY.closes_at - timedelta(days=1)))


def test_every_gap_in_a_plan_is_named() -> None:
    empty = Plan(
        has_summary=False,
        questions=0,
        criteria=0,
        has_legal_ground=False,
        closes_at=READY.closes_at,
        closes_on=date(2027, 1, 1),
        decisions_by=date(2027, 1, 1),
        starts_on=date(2027, 1, 1),
        ends_on=date(2027, 1, 2),
        session_days=(),
    )
    found = set(obstacles(empty, READY.closes_at))
    assert found == set(Obstacle) - {Obstacle.SESSION_OUTSIDE}


def test_a_session_outside_the_cohort_is_named() -> None:
    plan = Plan(**{**vars(READY), "session_days": (date(2028, 1, 1),)})
    early = READY.closes_at - timedelta(days=1)
    assert list(obstacles(plan, early)) == [Obstacle.SESSION_OUTSIDE]
