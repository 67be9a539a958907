"""Two act on one concern at once, on PostgreSQL; and without the lock, both do."""

import pytest
from django.db import connection

from lic_site.concerns.enums import Outcome, State, Step
from lic_site.concerns.models import Concern, Round
from lic_site.concerns.services import errors, following, handling, passing, rounds, shared
from tests.cohorts.programme.test_races import at_once, meet_after
from tests.factories.concerns import ContactFactory, a_concern
from tests.support.people import NOW

pytestmark = [pytest.mark.postgres, pytest.mark.django_db(transaction=True)]


def race_to_pass_on() -> tuple[list[object], Concern]:
    """Its reader passes it to three others from three windows."""
    reader, others = ContactFactory(), [ContactFactory() for _ in range(3)]
    concern = a_concern(reader)
    outcomes = at_once(
        [
            lambda other=other: passing.hand_over(
                concern=Concern.objects.get(pk=concern.pk),
                reader=other,
                reason="x",
                by=reader.person,
                at=NOW,
            )
            for other in others
        ]
    )
    return outcomes, concern


def test_it_is_passed_on_once() -> None:
    outcomes, concern = race_to_pass_on()
    assert sorted(type(outcome).__name__ for outcome in outcomes) == [
        "NoneType",
        "NotYours",
        "NotYours",
    ]
    assert concern.entries.filter(step=Step.HANDED_OVER).count() == 1


def test_without_the_lock_it_is_passed_on_more_than_once(monkeypatch: pytest.MonkeyPatch) -> None:
    unlocked = meet_after(lambda concern: Concern.objects.get(pk=concern.pk), 3)
    monkeypatch.setattr(shared, "hold", unlocked)
    monkeypatch.setattr(passing, "_give", lambda *_, **__: None)
    outcomes, _ = race_to_pass_on()
    assert outcomes.count(None) > 1


def test_of_withdrawing_and_closing_at_once_one_wins() -> None:
    reader = ContactFactory()
    concern = a_concern(reader)
    outcomes = at_once(
        [
            lambda: following.withdraw(concern=concern, by=None, at=NOW),
            lambda: handling.close(
                concern=concern, outcome=Outcome.UPHELD, text="x", by=reader.person, at=NOW
            ),
        ]
    )
    refused = [outcome for outcome in outcomes if outcome is not None]
    assert len(refused) == 1
    assert isinstance(refused[0], errors.AlreadyClosed | errors.CannotMove)
    concern.refresh_from_db()
    assert concern.state == State.CLOSED
    steps = concern.entries.filter(step__in=[Step.CLOSED, Step.WITHDRAWN])
    assert steps.count() == 1


def test_the_same_pages_sent_twice_at_once_are_one_concern() -> None:
    reader = ContactFactory()
    outcomes = at_once([lambda: a_concern(reader, nonce="once", code="B2CD")] * 4)
    assert len({outcome.pk for outcome in outcomes}) == 1  # type: ignore[attr-defined]
    assert Concern.objects.get().entries.count() == 1


def test_two_clocks_do_one_round() -> None:
    a_concern(ContactFactory())
    outcomes = at_once([lambda: rounds.run_round(at=NOW)] * 3)
    assert sorted(map(str, outcomes)) == ["1", "None", "None"]
    assert Round.objects.count() == 1
    assert connection.vendor == "postgresql"
