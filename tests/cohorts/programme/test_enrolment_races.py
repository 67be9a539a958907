"""Two people for the last place of a cohort, one of whom comes from another, on PostgreSQL. With
the locks taken out both get it.
"""

from collections.abc import Callable
from typing import Any

import pytest

from cohorts.programme.enums import CohortState, EnrolmentState
from cohorts.programme.models import Cohort, Enrolment, Offer
from cohorts.programme.services import enrolments, offers, places
from cohorts.programme.services.enrolments import going_on, leaving, shared
from lic_site.common.errors import Refusal
from tests.cohorts.programme.test_races import at_once, meet_after, unlocked
from tests.factories.people import staff
from tests.factories.selection import a_cohort, enrolled, sent
from tests.support.people import NOW

pytestmark = [pytest.mark.postgres, pytest.mark.django_db(transaction=True)]


def confirmed(places: int) -> Cohort:
    return a_cohort(CohortState.CONFIRMED, places=places)


def used(cohort: Cohort) -> int:
    """Active places and open offers."""
    return cohort.places - places.free_places(cohort)


def without_lock(monkeypatch: pytest.MonkeyPatch) -> None:
    for module in (places, offers, leaving, shared):
        monkeypatch.setattr(module, "lock_cohort", unlocked)


def meeting(monkeypatch: pytest.MonkeyPatch, number: int) -> None:
    """All have counted the free places before anybody takes one."""
    waits = meet_after(places.free_places, number)
    for module in (places, going_on, leaving):
        monkeypatch.setattr(module, "free_places", waits)


def two_transfers(monkeypatch: pytest.MonkeyPatch) -> tuple[int, list[object]]:
    to, admin = confirmed(places=1), staff()
    two = [enrolled(confirmed(places=3)) for _ in range(2)]
    meeting(monkeypatch, 2)
    acts: list[Callable[[], Any]] = [
        lambda place=place: enrolments.transfer(enrolment=place, to=to, by=admin, at=NOW)
        for place in two
    ]
    outcomes = at_once(acts)
    return used(to), outcomes


def test_of_two_transfers_into_the_last_place_one_wins_and_nothing_is_lost(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    taken, outcomes = two_transfers(monkeypatch)
    assert taken == 1
    assert sum(isinstance(outcome, Refusal) for outcome in outcomes) == 1
    assert Enrolment.objects.active().count() == 2


def test_without_the_lock_both_are_moved(monkeypatch: pytest.MonkeyPatch) -> None:
    without_lock(monkeypatch)
    taken, _outcomes = two_transfers(monkeypatch)
    assert taken == 2


def transfer_against_offer(monkeypatch: pytest.MonkeyPatch) -> int:
    to, admin = confirmed(places=1), staff()
    place, application = enrolled(confirmed(places=3)), sent(to)
    meeting(monkeypatch, 2)
    at_once(
        [
            lambda: enrolments.transfer(enrolment=place, to=to, by=admin, at=NOW),
            lambda: offers.accept_offer(
                offer=offers.offer_place(application=application, by=admin, at=NOW),
                committed=True,
                by=application.applicant,
                at=NOW,
            ),
        ]
    )
    return used(to)


def test_a_transfer_and_an_acceptance_never_share_a_place(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    assert transfer_against_offer(monkeypatch) == 1


def test_without_the_lock_they_do(monkeypatch: pytest.MonkeyPatch) -> None:
    without_lock(monkeypatch)
    assert transfer_against_offer(monkeypatch) == 2


def test_two_who_swap_cohorts_do_not_wait_for_each_other() -> None:
    """Locks are taken in one order, whichever way people move."""
    one, two, admin = confirmed(places=2), confirmed(places=2), staff()
    for _ in range(3):
        here, there = enrolled(one), enrolled(two)
        outcomes = at_once(
            [
                lambda here=here: enrolments.transfer(enrolment=here, to=two, by=admin, at=NOW),
                lambda there=there: enrolments.transfer(enrolment=there, to=one, by=admin, at=NOW),
            ]
        )
        assert [type(outcome) for outcome in outcomes] == [Enrolment, Enrolment]
        Enrolment.objects.active().update(state=EnrolmentState.WITHDRAWN, ended_at=NOW)
    assert not Offer.objects.open().exists()
