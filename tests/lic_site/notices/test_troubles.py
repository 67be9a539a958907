"""When an address is set aside, in whatever order it was heard."""

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lic_site.notices.troubles import IN_A_ROW, Standing, Told, Weight, standing, weigh
from tests.lic_site.notices.support import NOW

MINUTE = timedelta(minutes=1)


def told(*events: str, detail: str = "") -> list[Told]:
    """One a minute, in this order."""
    return [
        Told(NOW + number * MINUTE, f"t:{number}", event, detail)
        for number, event in enumerate(events)
    ]


@pytest.mark.parametrize(
    ("event", "detail", "weight"),
    [
        ("delivered", "", Weight.WORKS),
        ("complained", "", Weight.FOR_GOOD),
        ("deferred", "bounced", Weight.NOTHING),
        ("unsubscribed", "", Weight.NOTHING),
        ("bounced", "550 5.1.1", Weight.FOR_GOOD),
        ("bounced", "550 5.2.1", Weight.FOR_GOOD),
        ("bounced", "bounced 552 5.2.2", Weight.REFUSED),
        ("bounced", "bounced 550 5.0.0", Weight.FOR_GOOD),
        ("bounced", "bounced", Weight.FOR_GOOD),
        ("rejected", "invalid", Weight.FOR_GOOD),
        ("rejected", "blocked", Weight.REFUSED),
        ("bounced", "550", Weight.REFUSED),
        ("bounced", "soft", Weight.REFUSED),
    ],
)
def test_what_is_told_has_its_weight(event: str, detail: str, weight: Weight) -> None:
    assert weigh(event, detail) is weight


def test_nobody_there_sets_it_aside_at_once() -> None:
    assert standing(told("bounced", detail="550 5.1.1")).set_aside_at == NOW


def test_three_refusals_in_a_row_set_it_aside_and_a_delivery_begins_anew() -> None:
    assert standing(told("bounced", "bounced")).set_aside_at is None
    assert standing(told("bounced", "bounced", "bounced")).set_aside_at == NOW + 2 * MINUTE
    assert standing(told("bounced", "bounced", "delivered", "bounced")).bounces == 1
    assert standing(told("bounced", "delivered")) == Standing()


def test_a_delivery_after_it_was_set_aside_does_not_put_it_back() -> None:
    stands = standing(told("complained", "delivered", "bounced"))
    assert (stands.set_aside_at, stands.bounces) == (NOW, 2)


def test_one_more_chance_after_it_was_put_back() -> None:
    events = told("complained", "bounced")
    assert standing(events, put_back_at=NOW + MINUTE) == Standing()
    again = standing(events, put_back_at=NOW)
    assert (again.set_aside_at, again.bounces) == (NOW + MINUTE, 1)
    recovered = told("complained", "delivered", "bounced")
    assert standing(recovered, put_back_at=NOW).set_aside_at is None


EVENTS = st.lists(
    st.builds(
        Told,
        st.integers(0, 9).map(lambda n: NOW + n * MINUTE),
        st.integers(0, 10**6).map(str),
        st.sampled_from(["delivered", "deferred", "bounced", "rejected", "complained"]),
        st.sampled_from(["", "550", "550 5.1.1", "bounced", "552 5.2.2"]),
    ),
    max_size=12,
    unique_by=lambda each: each.key,
)


@given(EVENTS, st.randoms(use_true_random=False), st.none() | st.just(NOW + 3 * MINUTE))
def test_the_order_of_hearing_does_not_count(events, random, put_back_at) -> None:
    stands = standing(events, put_back_at=put_back_at)
    mixed = list(events)
    random.shuffle(mixed)
    assert standing(mixed, put_back_at=put_back_at) == stands
    later = [each for each in events if put_back_at is None or each.happened_at > put_back_at]
    weights = [weigh(each.event, each.detail) for each in later]
    refusals = sum(weight in {Weight.REFUSED, Weight.FOR_GOOD} for weight in weights)
    assert stands.bounces <= refusals
    if put_back_at is None and stands.set_aside_at is not None:
        assert Weight.FOR_GOOD in weights or refusals >= IN_A_ROW
    if Weight.FOR_GOOD in weights:
        assert stands.set_aside_at is not None
