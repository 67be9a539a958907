"""Many act at once, on PostgreSQL. Each rule has its negative control: with the lock or the
condition taken out, the same race goes wrong.
"""

import threading
from collections.abc import Callable, Sequence
from contextlib import suppress
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection

from cohorts.programme.enums import ApplicationState, EnrolmentState, OfferState
from cohorts.programme.models import Application, Cohort, Enrolment, Offer
from cohorts.programme.services import decisions, moves, offers, places
from lic_site.common.errors import Refusal
from tests.factories.people import staff
from tests.factories.selection import a_cohort, offered, sent, waiting
from tests.support.people import NOW

pytestmark = [pytest.mark.postgres, pytest.mark.django_db(transaction=True)]

WAIT = 0.4
"""Seconds that one waits for the others at the worst place there is."""


def at_once(acts: Sequence[Callable[[], object]]) -> list[object]:
    """Run each in a thread and a connection of its own; a refusal is its outcome."""
    outcomes: list[object] = []
    start = threading.Barrier(len(acts))

    def run(act: Callable[[], object]) -> None:
        try:
            start.wait()
            outcomes.append(act())
        except Refusal as refusal:
            outcomes.append(refusal)
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=[act]) for act in acts]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=60)
    return outcomes


def meet_after(function: Callable[..., Any], number: int) -> Callable[..., Any]:
    """The function, after which all wait until ``number`` have called it, or the time is up."""
    barrier = threading.Barrier(number)

    def waiting_function(*args: Any, **kwargs: Any) -> Any:
        value = function(*args, **kwargs)
        with suppress(threading.BrokenBarrierError):
            barrier.wait(timeout=WAIT)
        return value

    return waiting_function


def unlocked(cohort_id: int) -> Cohort:
    return Cohort.objects.get(pk=cohort_id)


def without_lock(monkeypatch: pytest.MonkeyPatch) -> None:
    for module in (places, offers, decisions):
        monkeypatch.setattr(module, "lock_cohort", unlocked)


def race_for_the_last_place(monkeypatch: pytest.MonkeyPatch, people: int) -> int:
    """How many win one place when so many are offered it at once."""
    cohort, admin = a_cohort(places=1), staff()
    monkeypatch.setattr(places, "free_places", meet_after(places.free_places, people))
    applications = [sent(cohort) for _ in range(people)]
    at_once(
        [
            lambda application=application: offers.offer_place(
                application=application, by=admin, at=NOW
            )
            for application in applications
        ]
    )
    return Offer.objects.open().filter(application__cohort=cohort).count()


def test_the_last_place_is_offered_once(monkeypatch: pytest.MonkeyPatch) -> None:
    assert race_for_the_last_place(monkeypatch, 12) == 1


def test_without_the_lock_the_last_place_is_offered_to_several(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    without_lock(monkeypatch)
    assert race_for_the_last_place(monkeypatch, 12) > 1


def race_of_declines(monkeypatch: pytest.MonkeyPatch) -> tuple[int, int]:
    """Four offers declined at once with six waiting: places on offer, and places there are."""
    cohort = a_cohort(places=4)
    four = [offered(cohort) for _ in range(4)]
    for position in range(1, 7):
        waiting(cohort, position)
    monkeypatch.setattr(places, "free_places", meet_after(places.free_places, 4))
    at_once(
        [
            lambda offer=offer: offers.decline_offer(
                offer=offer, by=offer.application.applicant, at=NOW
            )
            for offer in four
        ]
    )
    return Offer.objects.open().filter(application__cohort=cohort).count(), cohort.places


def test_the_list_moves_up_in_order_by_as_many_as_places_became_free(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    on_offer, there_are = race_of_declines(monkeypatch)
    assert on_offer == there_are
    left = Application.objects.waiting().values_list("waitlist_position", flat=True)
    assert list(left) == [5, 6]


def two_decisions(cohort: Cohort, application: Application) -> list[object]:
    first, second = staff(), staff()
    return at_once(
        [
            lambda: offers.offer_place(application=application, by=first, at=NOW),
            lambda: decisions.not_offer(
                cohort=cohort,
                feedback={application: "Sorry."},
                by=second,
                at=NOW,
                reason="x",
                unread_accepted=True,
            ),
        ]
    )


def test_of_two_decisions_at_once_one_wins() -> None:
    for _ in range(3):
        cohort = a_cohort()
        outcomes = two_decisions(cohort, application := sent(cohort))
        assert sum(isinstance(outcome, Refusal) for outcome in outcomes) == 1
        assert application.events.count() == 1


def test_without_the_condition_both_decisions_win(monkeypatch: pytest.MonkeyPatch) -> None:
    def blind_move(
        application: Application,
        to: ApplicationState,
        *,
        out_of: Any,
        by: Any,
        at: Any,
        **values: Any,
    ) -> bool:
        everything = set(ApplicationState)
        return moves.move(application, to, out_of=everything, by=by, at=at, **values)

    monkeypatch.setattr(places, "move", blind_move)
    monkeypatch.setattr(decisions, "move", blind_move)
    cohort = a_cohort()
    outcomes = two_decisions(cohort, application := sent(cohort))
    assert not any(isinstance(outcome, Refusal) for outcome in outcomes)
    assert application.events.count() == 2


def acceptance_against_lapse() -> Offer:
    """Accepted with a second to go while the clock, a second on, lapses it."""
    offer = offered(a_cohort(places=1), expires_at=NOW)
    at_once(
        [
            lambda: offers.accept_offer(
                offer=offer,
                committed=True,
                by=offer.application.applicant,
                at=NOW - timedelta(seconds=1),
            ),
            lambda: offers.lapse_overdue(NOW + timedelta(seconds=1)),
        ]
    )
    offer.refresh_from_db()
    offer.application.refresh_from_db()
    return offer


def test_an_offer_is_accepted_or_lapses_never_both() -> None:
    for _ in range(5):
        offer = acceptance_against_lapse()
        has_place = Enrolment.objects.filter(
            application=offer.application, state=EnrolmentState.ACTIVE
        ).exists()
        assert has_place == (offer.state == OfferState.ACCEPTED)
        assert offer.application.state == (
            ApplicationState.ACCEPTED if has_place else ApplicationState.LAPSED
        )


def test_without_the_condition_a_lapsed_offer_is_accepted(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def blind_settle(offer: Offer, answer: Any, state: Any, **_: Any) -> None:
        Offer.objects.filter(pk=offer.pk).update(state=answer)

    monkeypatch.setattr(offers, "_settle", blind_settle)
    offer = offered(a_cohort(places=1), expires_at=NOW)
    offers.lapse_overdue(NOW + timedelta(seconds=1))
    offers.accept_offer(
        offer=offer, committed=True, by=offer.application.applicant, at=NOW - timedelta(seconds=1)
    )
    offer.application.refresh_from_db()
    assert offer.application.state == ApplicationState.LAPSED
    assert Enrolment.objects.exists()
