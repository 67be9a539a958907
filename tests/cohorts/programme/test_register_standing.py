"""Where a participant stands: percentages, what can still be reached, why somebody should ask."""

from datetime import UTC, datetime, timedelta
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from cohorts.programme.enums import CatchUp, Mark, SupportReason
from cohorts.programme.standing import Marked, Standing, Wanted, stand

START = datetime(2026, 9, 1, 9, tzinfo=UTC)
LATER = START + timedelta(days=300)
WANTED = Wanted(percent=80, support_after=2)

registers = st.lists(st.tuples(st.sampled_from(Mark), st.sampled_from(["", *CatchUp])), max_size=12)


def marked(*marks: Any) -> list[Marked]:
    """One session a week; each a mark, or a mark and its catching up."""
    pairs = [mark if isinstance(mark, tuple) else (mark, "") for mark in marks]
    moments = [START + timedelta(weeks=week) for week in range(len(pairs))]
    return [
        Marked(moment, mark, moment + timedelta(hours=8), catch_up)
        for moment, (mark, catch_up) in zip(moments, pairs, strict=True)
    ]


def standing(*marks: Any, to_come: int = 0, **values: Any) -> Standing:
    given: dict[str, Any] = {"wanted": WANTED, "needs_told": True, "at": LATER, **values}
    return stand(marked(*marks), to_come=to_come, **given)


def codes(shown: Standing) -> set[str]:
    return {reason.code.value for reason in shown.reasons}


@given(registers, st.integers(0, 20))
def test_the_figures_add_up_and_percentages_stay_within_bounds(
    register: list[tuple[Mark, str]], to_come: int
) -> None:
    shown = standing(*register, to_come=to_come)
    assert shown.attended + shown.missed == shown.held == len(register)
    assert 0 <= shown.late <= shown.attended
    assert 0 <= shown.caught_up <= shown.missed
    assert shown.made + shown.outstanding == shown.held
    assert (shown.percent is None) == (not register)
    assert 0 <= (shown.percent or 0) <= 100
    assert 0 <= shown.best <= 100
    assert shown.best >= (shown.percent or 0)


@given(registers, st.data())
def test_coming_or_catching_up_never_lowers_a_figure(
    register: list[tuple[Mark, str]], data: st.DataObject
) -> None:
    if not register:
        return
    place = data.draw(st.integers(0, len(register) - 1))
    before = standing(*register, to_come=3)
    for better in ((Mark.PRESENT, ""), (Mark.ABSENT, CatchUp.DONE)):
        after = standing(*register[:place], better, *register[place + 1 :], to_come=3)
        if better[0] == Mark.PRESENT or register[place][0] in {Mark.ABSENT, Mark.APOLOGIES}:
            assert (after.percent or 0) >= (before.percent or 0)
            assert after.best >= before.best
            assert after.outstanding <= before.outstanding


@given(registers, st.integers(1, 9))
def test_the_best_is_what_coming_to_all_the_rest_gives(
    register: list[tuple[Mark, str]], to_come: int
) -> None:
    came = standing(*register, *[Mark.PRESENT] * to_come)
    assert standing(*register, to_come=to_come).best == came.percent


def test_halves_round_up_and_what_is_read_decides() -> None:
    shown = standing(*[Mark.PRESENT] * 159, *[Mark.ABSENT] * 41)
    assert shown.percent == 80
    assert shown.is_enough


def test_before_the_first_session_there_is_no_percentage() -> None:
    shown = standing(to_come=5)
    assert shown.percent is None
    assert shown.can_reach
    assert not shown.is_enough
    assert not shown.reasons


def test_late_counts_as_having_been_there() -> None:
    assert standing(Mark.LATE, Mark.PRESENT).percent == 100


def test_sessions_missed_and_not_made_good_are_a_reason_from_the_number_the_cohort_says() -> None:
    spread = (Mark.ABSENT, Mark.PRESENT, Mark.APOLOGIES, Mark.PRESENT)
    assert codes(standing(*spread, to_come=20)) == {SupportReason.MISSED}
    patient = Wanted(percent=80, support_after=3)
    assert not codes(standing(*spread, to_come=20, wanted=patient))
    made_good = ((Mark.ABSENT, CatchUp.DONE), *spread[1:])
    assert not codes(standing(*made_good, to_come=20))


def test_saying_one_has_caught_up_waits_for_somebody_to_confirm_it() -> None:
    shown = standing((Mark.ABSENT, CatchUp.REPORTED), (Mark.ABSENT, CatchUp.DONE))
    assert (shown.caught_up, shown.percent) == (1, 50)


def test_two_missed_in_a_row_are_a_reason_until_the_next_one_attended() -> None:
    patient = Wanted(percent=0, support_after=9)
    assert codes(standing(Mark.ABSENT, Mark.APOLOGIES, wanted=patient)) == {SupportReason.IN_A_ROW}
    assert not codes(standing(Mark.ABSENT, Mark.ABSENT, Mark.LATE, wanted=patient))


def test_a_threshold_out_of_reach_is_a_reason_unless_all_is_made_good() -> None:
    patient = Wanted(percent=80, support_after=9)
    assert not codes(standing(Mark.ABSENT, to_come=4, wanted=patient))
    assert codes(standing(Mark.ABSENT, to_come=3, wanted=patient)) == {SupportReason.OUT_OF_REACH}
    assert not codes(standing((Mark.ABSENT, CatchUp.DONE), to_come=3, wanted=patient))


def test_late_three_times_is_a_reason() -> None:
    assert not codes(standing(Mark.LATE, Mark.LATE))
    assert codes(standing(Mark.LATE, Mark.PRESENT, Mark.LATE, Mark.LATE)) == {SupportReason.LATE}


def test_not_having_said_what_they_need_is_a_reason_once_the_day_is_over() -> None:
    due = Wanted(percent=80, support_after=2, needs_due_at=START)
    early = START - timedelta(seconds=1)
    assert codes(standing(wanted=due, needs_told=False)) == {SupportReason.NEEDS}
    assert not codes(standing(wanted=due, needs_told=False, at=early))
    assert not codes(standing(wanted=due, needs_told=True))


def test_whoever_no_longer_takes_part_has_no_reasons() -> None:
    assert not codes(standing(Mark.ABSENT, Mark.ABSENT, is_active=False))


def test_a_reason_is_new_if_it_came_up_after_somebody_asked() -> None:
    shown = standing(Mark.ABSENT, Mark.ABSENT, to_come=1)
    last = max(reason.since for reason in shown.reasons)
    assert shown.new_reasons(None) == shown.reasons
    assert not shown.new_reasons(last)
    assert {each.since for each in shown.new_reasons(last - timedelta(seconds=1))} == {last}


def test_an_earlier_cohort_is_shown_and_not_counted() -> None:
    shown = standing(Mark.PRESENT, earlier=marked(Mark.ABSENT, Mark.ABSENT, Mark.PRESENT))
    assert shown.percent == 100
    assert shown.earlier is not None
    assert (shown.earlier.held, shown.earlier.missed) == (3, 2)
    assert not shown.reasons
