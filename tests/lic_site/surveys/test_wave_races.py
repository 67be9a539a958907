"""Two clocks at once, on PostgreSQL: nothing twice; and without the lock, twice."""

import pytest

from lic_site.notices.models import Notice
from lic_site.surveys.enums import Mode, WaveState
from lic_site.surveys.models import Invitation, Release, Request, Wave
from lic_site.surveys.services import asking, closing, opening, planning
from tests.cohorts.programme.test_races import at_once, meet_after
from tests.factories.people import PersonFactory
from tests.factories.survey_waves import DAY, a_day, a_plan, a_planned_wave, an_open_wave
from tests.factories.surveys import InvitationFactory
from tests.support.people import NOW

pytestmark = [pytest.mark.postgres, pytest.mark.django_db(transaction=True)]


def race_to_ask() -> None:
    person = PersonFactory()
    for _ in range(2):
        InvitationFactory(wave=an_open_wave(), person=person)
    at_once([lambda: asking.ask_due(at=NOW)] * 3)


def test_one_person_is_asked_once() -> None:
    race_to_ask()
    assert Request.objects.count() == Notice.objects.filter(kind="surveys.asked").count() == 1


def test_without_the_lock_one_person_is_asked_more_than_once(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(asking, "hold", meet_after(lambda people: None, 3))
    monkeypatch.setattr(asking, "send_each", meet_after(lambda *_, **__: None, 3))
    race_to_ask()
    assert Request.objects.count() > 1


def test_one_person_is_reminded_once() -> None:
    InvitationFactory(wave=an_open_wave(chase_after_days=4))
    asking.ask_due(at=NOW)
    at_once([lambda: asking.chase_due(at=NOW + 4 * DAY)] * 3)
    assert Request.objects.get().chased == 1
    assert Notice.objects.filter(kind="surveys.chased").count() == 1


def test_a_session_has_one_wave_of_a_plan() -> None:
    a_day()
    a_plan()
    at_once([lambda: planning.plan(at=NOW)] * 3)
    assert Wave.objects.count() == 1


def test_a_wave_opens_once_with_one_pair_of_keys_and_one_invitation_each() -> None:
    wave = a_planned_wave(a_day(days=-1))
    outcomes = at_once([lambda: opening.open_due(at=NOW)] * 3)
    assert sorted(outcomes) == [0, 0, 1]  # type: ignore[type-var]
    assert Invitation.objects.filter(wave=wave).count() == 6


def test_a_wave_closes_once() -> None:
    wave = an_open_wave(mode=Mode.LINKED)
    outcomes = at_once([lambda: closing.close_due(at=wave.closes_at)] * 3)
    assert sorted(outcomes) == [0, 0, 1]  # type: ignore[type-var]
    assert Wave.objects.get().state == WaveState.CLOSED
    assert Release.objects.count() == 1
