"""Waves open and close by the clock, or by hand."""

import logging
from datetime import timedelta
from typing import Any

import pytest

from cohorts.programme.models import Session
from lic_site.accounts.models import AuditEvent
from lic_site.surveys.enums import Mode, VersionState, WaveState, Why
from lic_site.surveys.models import Invitation, Release, SealedAnswer, Version, Wave
from lic_site.surveys.services import closing, errors, opening, waves
from lic_site.surveys.services.opening import open_due
from lic_site.surveys.tasks import waves_tick
from tests.factories.people import PersonFactory
from tests.factories.survey_waves import DAY, a_day, a_plan, a_planned_wave, an_open_wave
from tests.factories.surveys import QuestionnaireFactory, VersionFactory
from tests.support.people import NOW

pytestmark = pytest.mark.django_db


def of(wave: Wave) -> Wave:
    return Wave.objects.get(pk=wave.pk)


def test_an_anonymous_wave_opens_with_keys_the_newest_version_and_its_invitations() -> None:
    wave = a_planned_wave(a_day(days=-1))
    newest = VersionFactory(questionnaire=wave.questionnaire, number=2)
    draft = {"state": VersionState.DRAFT, "published_at": None}
    VersionFactory(questionnaire=wave.questionnaire, number=3, **draft)
    assert open_due(at=NOW - timedelta(seconds=1)) == 0
    assert open_due(at=NOW) == 1
    assert open_due(at=NOW) == 0
    opened = of(wave)
    assert (opened.state, opened.version, opened.opened_at) == (WaveState.OPEN, newest, NOW)
    assert opened.public_key
    assert opened.private_key
    assert opened.invitations.count() == 6
    assert AuditEvent.objects.get(verb="surveys.wave_opened").actor_id is None


@pytest.mark.parametrize("mode", [Mode.ANONYMOUS, Mode.LINKED])
def test_fewer_than_five_are_not_asked_where_nobody_is_to_know_who_said_what(mode: Mode) -> None:
    wave = a_planned_wave(a_day(days=-1, members=4), mode=mode)
    assert open_due(at=NOW) == 0
    assert (of(wave).state, of(wave).why) == (WaveState.CANCELLED, Why.TOO_FEW)
    assert not Invitation.objects.exists()


def test_with_names_a_few_are_asked_and_there_are_no_keys() -> None:
    wave = a_planned_wave(a_day(days=-1, members=1), mode=Mode.NAMED)
    assert open_due(at=NOW) == 1
    assert of(wave).public_key == of(wave).private_key == ""


def test_without_a_published_questionnaire_it_waits_until_its_time_is_over() -> None:
    wave = a_planned_wave(a_day(days=-1), questionnaire=QuestionnaireFactory())
    assert open_due(at=NOW) == 0
    assert of(wave).state == WaveState.PLANNED
    assert open_due(at=wave.closes_at) == 0
    assert (of(wave).state, of(wave).why) == (WaveState.CANCELLED, Why.NO_QUESTIONNAIRE)


def test_it_opens_late_once_its_questionnaire_is_published() -> None:
    wave = a_planned_wave(a_day(days=-1), questionnaire=QuestionnaireFactory())
    open_due(at=NOW)
    Version.objects.all().delete()
    VersionFactory(questionnaire=wave.questionnaire)
    assert open_due(at=NOW + DAY) == 1


def test_about_a_session_that_was_cancelled_nobody_is_asked() -> None:
    wave = a_planned_wave(a_day(days=-1))
    Session.objects.update(cancelled_at=NOW)
    assert open_due(at=NOW) == 0
    assert of(wave).why == Why.SUBJECT_GONE
    unknown = a_planned_wave(a_day(days=-1), subject_kind="nothing")
    open_due(at=NOW)
    assert of(unknown).why == Why.SUBJECT_GONE


def test_what_another_clock_opened_or_staff_moved_meanwhile_is_left_alone() -> None:
    wave = a_planned_wave(a_day(days=-1), opens_at=NOW + DAY)
    assert not opening.open_one(wave.pk, at=NOW)
    assert not opening.open_one(0, at=NOW)


def test_a_wave_closes_when_its_time_is_over_and_its_figures_are_made_once() -> None:
    wave = an_open_wave(mode=Mode.LINKED)
    assert closing.close_due(at=wave.closes_at - timedelta(seconds=1)) == 0
    assert closing.close_due(at=wave.closes_at) == 1
    assert closing.close_due(at=wave.closes_at) == 0
    assert not closing.close(wave=wave, at=wave.closes_at)
    closed = of(wave)
    assert (closed.state, closed.closed_at) == (WaveState.CLOSED, wave.closes_at)
    assert Release.objects.get().wave == closed


def test_one_that_cannot_be_closed_holds_up_no_other(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    broken, fine = an_open_wave(mode=Mode.LINKED), an_open_wave(mode=Mode.LINKED)
    make = closing.releasing.make

    def make_but_one(*, wave: Wave, **given: Any) -> Any:
        if wave.pk == broken.pk:
            raise ValueError
        return make(wave=wave, **given)

    monkeypatch.setattr(closing.releasing, "make", make_but_one)
    with caplog.at_level(logging.ERROR):
        assert closing.close_due(at=fine.closes_at) == 1
    assert str(broken.pk) in caplog.text
    assert of(broken).state == WaveState.OPEN


def test_sealed_answers_move_while_a_wave_is_open(monkeypatch: pytest.MonkeyPatch) -> None:
    moved: list[Wave] = []
    monkeypatch.setattr(closing.batches, "move", lambda wave, at: moved.append(wave))
    wave = an_open_wave(mode=Mode.ANONYMOUS)
    an_open_wave(mode=Mode.ANONYMOUS)
    for _ in range(2):
        SealedAnswer.objects.create(wave=wave, sealed=b"x")
    closing.move(at=NOW)
    assert moved == [wave]


def test_one_tick_plans_opens_and_in_the_end_closes() -> None:
    session = a_day(days=1)
    a_plan()
    waves_tick(NOW)
    waves_tick(session.ends_at)
    assert Wave.objects.get().state == WaveState.OPEN
    waves_tick(Wave.objects.get().closes_at)
    assert Wave.objects.get().state == WaveState.CLOSED


def asking(**values: Any) -> waves.Asking:
    given = {
        "mode": Mode.ANONYMOUS,
        "audience": "expected",
        "opens_at": NOW + DAY,
        "closes_at": NOW + 8 * DAY,
        **values,
    }
    if "questionnaire" not in given:
        given["questionnaire"] = VersionFactory().questionnaire
    return waves.Asking(**given)


def planned(session: Session, **values: Any) -> Wave:
    return waves.plan_wave(
        subject_kind="session",
        subject_id=session.pk,
        asking=asking(**values),
        by=PersonFactory(),
        at=NOW,
    )


def test_staff_plan_a_survey_by_hand() -> None:
    session = a_day()
    wave = planned(session)
    assert wave.about.startswith(session.title)
    assert (wave.group, wave.plan, wave.state) == (session.cohort_id, None, WaveState.PLANNED)
    assert AuditEvent.objects.get(verb="surveys.wave_planned").actor_id == wave.made_by_id
    assert open_due(at=NOW + DAY) == 1


def test_by_hand_too_few_are_refused_unless_names_are_known() -> None:
    session = a_day(members=4)
    with pytest.raises(errors.TooFewToAsk):
        planned(session)
    with pytest.raises(errors.TooFewToAsk):
        planned(session, mode=Mode.LINKED)
    assert planned(session, mode=Mode.NAMED).pk
    with pytest.raises(errors.TooFewToAsk):
        planned(a_day(members=0), mode=Mode.OWN)


def test_by_hand_the_times_must_fit_and_the_session_must_take_place() -> None:
    with pytest.raises(errors.TimesDoNotFit):
        planned(a_day(), closes_at=NOW + DAY)
    with pytest.raises(errors.TimesDoNotFit):
        planned(a_day(), opens_at=NOW - 3 * DAY, closes_at=NOW - DAY)
    with pytest.raises(errors.SubjectGone):
        planned(a_day(cancelled_at=NOW))


def test_a_survey_is_changed_while_it_is_planned_and_no_longer() -> None:
    wave, by = planned(a_day()), PersonFactory()
    waves.change(wave=wave, asking=asking(mode=Mode.NAMED), by=by, at=NOW)
    assert (of(wave).mode, of(wave).made_by) == (Mode.NAMED, by)
    waves.open_now(wave=wave, by=by, at=NOW)
    assert (of(wave).state, of(wave).opens_at) == (WaveState.OPEN, NOW)
    for verb in (waves.open_now, waves.call_off):
        with pytest.raises(errors.NotPlannedAnyMore):
            verb(wave=wave, by=by, at=NOW)
    with pytest.raises(errors.NotPlannedAnyMore):
        waves.change(wave=wave, asking=asking(), by=by, at=NOW)


def test_an_open_survey_can_close_later_earlier_or_now() -> None:
    wave, by = an_open_wave(mode=Mode.LINKED), PersonFactory()
    waves.move_closing(wave=wave, closes_at=NOW + 30 * DAY, by=by, at=NOW)
    assert of(wave).closes_at == NOW + 30 * DAY
    with pytest.raises(errors.TimesDoNotFit):
        waves.move_closing(wave=wave, closes_at=NOW, by=by, at=NOW)
    waves.close_now(wave=wave, by=by, at=NOW + DAY)
    assert (of(wave).state, of(wave).closes_at) == (WaveState.CLOSED, NOW + DAY)
    with pytest.raises(errors.NoLongerOpen):
        waves.close_now(wave=wave, by=by, at=NOW + DAY)
    with pytest.raises(errors.NoLongerOpen):
        waves.move_closing(wave=wave, closes_at=NOW + 9 * DAY, by=by, at=NOW)


def test_one_that_has_just_opened_can_be_closed() -> None:
    wave = an_open_wave(mode=Mode.LINKED)
    waves.close_now(wave=wave, by=PersonFactory(), at=NOW)
    assert of(wave).state == WaveState.CLOSED


def test_one_called_off_by_hand_is_not_opened() -> None:
    wave, by = planned(a_day()), PersonFactory()
    waves.call_off(wave=wave, by=by, at=NOW)
    assert (of(wave).state, of(wave).why) == (WaveState.CANCELLED, Why.STAFF)
    assert open_due(at=NOW + 2 * DAY) == 0


def test_opening_by_hand_says_why_it_cannot_and_changes_nothing() -> None:
    by = PersonFactory()
    bare = a_planned_wave(a_day(), questionnaire=QuestionnaireFactory())
    with pytest.raises(errors.NotPublished):
        waves.open_now(wave=bare, by=by, at=NOW)
    few = a_planned_wave(a_day(members=2))
    with pytest.raises(errors.TooFewToAsk):
        waves.open_now(wave=few, by=by, at=NOW)
    with pytest.raises(errors.TimesDoNotFit):
        waves.open_now(wave=few, by=by, at=few.closes_at)
    assert {of(bare).state, of(few).state} == {WaveState.PLANNED}
