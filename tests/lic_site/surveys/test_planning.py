"""Waves follow their plans and what they are about, in London days."""

from datetime import UTC, datetime, timedelta

import pytest

from cohorts.programme.models import Cohort, Session
from lic_site.surveys import timing
from lic_site.surveys.enums import Mode, WaveState, Why
from lic_site.surveys.models import Plan, Switch, Wave
from lic_site.surveys.services import planning, plans
from lic_site.surveys.services.opening import open_due
from lic_site.surveys.services.planning import AHEAD, make_plans, plan
from tests.factories.people import PersonFactory
from tests.factories.running import a_running_cohort, a_session
from tests.factories.survey_waves import DAY, a_day, a_plan, a_planned_wave
from tests.factories.surveys import QuestionnaireFactory
from tests.support.people import NOW

pytestmark = pytest.mark.django_db


def utc(*parts: int) -> datetime:
    return datetime(*parts, tzinfo=UTC)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("anchor", "days", "opens"),
    [
        (utc(2027, 3, 26, 16), 0, utc(2027, 3, 26, 16)),
        (utc(2027, 3, 26, 16), 1, utc(2027, 3, 27, 9)),
        (utc(2027, 3, 26, 16), 3, utc(2027, 3, 29, 8)),
        (utc(2027, 4, 3, 8), -7, utc(2027, 3, 27, 9)),
        (utc(2027, 10, 29, 16), 3, utc(2027, 11, 1, 9)),
        (utc(2027, 10, 31, 23, 30), 1, utc(2027, 11, 1, 9)),
        (utc(2027, 7, 1, 23, 30), 1, utc(2027, 7, 3, 8)),
    ],
)
def test_days_are_counted_in_london_over_both_clock_changes(
    anchor: datetime, days: int, opens: datetime
) -> None:
    assert timing.opens(anchor, days) == opens


def test_a_wave_closes_at_the_end_of_its_last_day_in_london() -> None:
    assert timing.closes(utc(2027, 3, 26, 16), 7) == utc(2027, 4, 2, 22, 59)
    assert timing.closes(utc(2027, 10, 29, 16), 3) == utc(2027, 11, 1, 23, 59)


def test_so_many_days_ago_is_counted_in_londons_days() -> None:
    assert timing.before_day(utc(2027, 4, 2, 12), 4) == utc(2027, 3, 29, 23)
    assert timing.before_day(utc(2027, 3, 30, 12), 4) == utc(2027, 3, 27)


def test_a_session_ahead_has_one_planned_wave_that_opens_when_it_ends() -> None:
    session, made = a_day(days=7), a_plan()
    assert plan(at=NOW) == 1
    assert plan(at=NOW) == 0
    wave = Wave.objects.get()
    assert (wave.plan, wave.subject_id, wave.group) == (made, session.pk, session.cohort_id)
    assert (wave.opens_at, wave.state) == (session.ends_at, WaveState.PLANNED)
    assert wave.closes_at == timing.closes(session.ends_at, 7)
    assert wave.about.startswith(session.title)
    assert wave.made_by is None


def test_what_is_far_off_or_was_before_the_plan_has_no_wave() -> None:
    a_plan()
    a_day(days=-1)
    far = a_day(days=AHEAD.days + 10)
    assert plan(at=NOW) == 0
    assert plan(at=NOW + 20 * DAY) == 1
    assert Wave.objects.get().subject_id == far.pk


def test_an_outage_of_three_days_is_caught_up_and_what_is_over_is_left() -> None:
    a_plan()
    session = a_day(days=1)
    assert plan(at=NOW + 4 * DAY) == 1
    assert Wave.objects.get().opens_at == session.ends_at
    Wave.objects.all().delete()
    assert plan(at=NOW + 20 * DAY) == 0


def test_a_planned_wave_moves_with_its_session() -> None:
    session = a_day(days=7, title="Before")
    a_plan()
    plan(at=NOW)
    Session.objects.update(
        ends_at=session.ends_at + 3 * DAY, starts_at=session.starts_at + 3 * DAY, title="After"
    )
    plan(at=NOW)
    wave = Wave.objects.get()
    assert wave.opens_at == session.ends_at + 3 * DAY
    assert wave.about.startswith("After, ")
    assert wave.closes_at == timing.closes(wave.opens_at, 7)


def test_one_that_moves_far_off_or_into_the_past_is_followed_too() -> None:
    session = a_day(days=7)
    a_plan()
    plan(at=NOW)
    Session.objects.update(ends_at=session.ends_at + 200 * DAY)
    plan(at=NOW)
    assert Wave.objects.get().opens_at == session.ends_at + 200 * DAY
    Session.objects.update(
        starts_at=session.starts_at - 60 * DAY, ends_at=session.ends_at - 60 * DAY
    )
    plan(at=NOW)
    assert Wave.objects.get().opens_at == session.ends_at - 60 * DAY
    open_due(at=NOW)
    assert Wave.objects.values_list("state", "why").get() == (WaveState.CANCELLED, "")


def test_a_cancelled_session_has_its_wave_called_off_and_one_that_comes_back_has_it_again() -> None:
    a_day(days=7)
    a_plan()
    plan(at=NOW)
    Session.objects.update(cancelled_at=NOW)
    plan(at=NOW)
    assert Wave.objects.values_list("state", "why").get() == (
        WaveState.CANCELLED,
        Why.SUBJECT_GONE,
    )
    Session.objects.update(cancelled_at=None)
    plan(at=NOW)
    assert Wave.objects.values_list("state", "why").get() == (WaveState.PLANNED, "")


def test_a_wave_that_has_opened_neither_moves_nor_is_called_off() -> None:
    a_day(days=7)
    a_plan()
    plan(at=NOW)
    version = Plan.objects.get().questionnaire.versions.get()
    Wave.objects.update(state=WaveState.OPEN, version=version, opened_at=NOW)
    before = Wave.objects.values().get()
    Session.objects.update(title="Another")
    plan(at=NOW)
    Session.objects.update(cancelled_at=NOW)
    plan(at=NOW)
    assert Wave.objects.values().get() == before


def test_what_staff_called_off_or_took_in_hand_stays_as_they_left_it() -> None:
    session = a_day(days=7)
    a_plan()
    plan(at=NOW)
    Wave.objects.update(made_by=PersonFactory(), closes_at=NOW + 40 * DAY)
    plan(at=NOW)
    assert Wave.objects.get().closes_at == NOW + 40 * DAY
    Wave.objects.update(state=WaveState.CANCELLED, why=Why.STAFF)
    plan(at=NOW)
    assert Wave.objects.get().why == Why.STAFF
    assert Wave.objects.get().subject_id == session.pk


def test_a_plan_that_is_switched_off_calls_off_what_it_planned_and_on_again_looks_forward() -> None:
    a_day(days=7)
    a_day(days=-1)
    made, staff = a_plan(), PersonFactory()
    plan(at=NOW)
    plans.switch(plan=made, is_on=False, by=staff, at=NOW)
    plans.switch(plan=made, is_on=False, by=staff, at=NOW)
    assert Wave.objects.get().why == Why.SWITCHED_OFF
    plans.switch(plan=made, is_on=True, by=staff, at=NOW + DAY)
    made.refresh_from_db()
    assert made.starts_at == NOW + DAY
    assert Wave.objects.get().state == WaveState.PLANNED


def test_one_cohort_is_switched_off_by_itself_and_on_by_itself() -> None:
    session, other = a_day(days=7), a_day(days=8)
    made, staff = a_plan(), PersonFactory()
    plan(at=NOW)
    plans.switch_for(plan=made, group=session.cohort_id, is_on=False, by=staff, at=NOW)
    states = dict(Wave.objects.values_list("subject_id", "state"))
    assert states == {session.pk: WaveState.CANCELLED, other.pk: WaveState.PLANNED}
    plans.switch_for(plan=made, group=session.cohort_id, is_on=None, by=staff, at=NOW)
    assert set(Wave.objects.values_list("state", flat=True)) == {WaveState.PLANNED}
    assert not Switch.objects.exists()
    plans.switch(plan=made, is_on=False, by=staff, at=NOW)
    plans.switch_for(plan=made, group=other.cohort_id, is_on=True, by=staff, at=NOW)
    states = dict(Wave.objects.values_list("subject_id", "state"))
    assert states == {session.pk: WaveState.CANCELLED, other.pk: WaveState.PLANNED}


def test_changing_a_plan_changes_what_is_planned_and_nothing_that_has_opened() -> None:
    a_day(days=7)
    made, staff = a_plan(), PersonFactory()
    plan(at=NOW)
    assert plans.change_plan(plan=made, values={"open_days": 7}, by=staff, at=NOW) == []
    values = {"open_days": 10, "mode": Mode.NAMED, "opens_after_days": 1}
    changed = plans.change_plan(plan=made, values=values, by=staff, at=NOW)
    assert changed == ["opens_after_days", "open_days", "mode"]
    wave = Wave.objects.get()
    assert (wave.mode, wave.open_days) == (Mode.NAMED, 10)
    assert wave.opens_at.hour == timing.MORNING.hour


def test_what_was_planned_by_hand_is_called_off_with_what_it_is_about() -> None:
    session, gone = a_day(), a_day(cancelled_at=NOW)
    kept = a_planned_wave(session, opens_at=NOW + DAY)
    lost = a_planned_wave(gone, opens_at=NOW + DAY)
    unknown = a_planned_wave(session, subject_kind="nothing", opens_at=NOW + DAY)
    plan(at=NOW)
    states = dict(Wave.objects.values_list("pk", "state"))
    assert states[kept.pk] == WaveState.PLANNED
    assert states[lost.pk] == states[unknown.pk] == WaveState.CANCELLED


def test_a_plan_for_something_the_site_no_longer_knows_is_left_alone() -> None:
    a_plan(subject_kind="nothing")
    assert plan(at=NOW) == 0


def test_the_plans_that_a_site_begins_with_are_made_once_and_ask_about_nothing_past() -> None:
    codes = ("session-reaction", "learning-sets", "baseline", "end", "follow-up")
    for code in codes:
        QuestionnaireFactory(library_code=code)
    assert make_plans(at=NOW) == 7
    QuestionnaireFactory(library_code="managers-view")
    assert make_plans(at=NOW + DAY) == 1
    assert make_plans(at=NOW + DAY) == 0
    assert set(Plan.objects.values_list("is_on", flat=True)) == {True}
    reaction = Plan.objects.get(code="session-reaction")
    assert (reaction.starts_at, reaction.in_room, reaction.mode) == (NOW, True, Mode.ANONYMOUS)
    for each in Plan.objects.all():
        each.full_clean()
        subject = planning.subjects()[each.subject_kind]
        assert each.anchor in subject.anchors
        assert each.audience in subject.audiences


def test_a_year_after_a_cohort_its_people_are_asked_once_more() -> None:
    cohort = a_running_cohort(members=5)
    Cohort.objects.update(starts_on=NOW.date() - 200 * DAY, ends_on=NOW.date() + 2 * DAY)
    a_plan(
        subject_kind="cohort",
        anchor="ends",
        audience="participants",
        opens_after_days=365,
        in_room=False,
    )
    assert plan(at=NOW) == 0
    assert plan(at=NOW + 310 * DAY) == 1
    opens_at = Wave.objects.get().opens_at
    assert opens_at.date() == NOW.date() + 367 * DAY
    assert Wave.objects.get().series == f"group {cohort.pk}"


def test_the_cost_follows_what_is_due(django_assert_max_num_queries: object) -> None:
    cohort = a_running_cohort(members=2)
    a_plan()
    for days in range(1, 21):
        a_session(cohort, days=days)
    plan(at=NOW)
    assert Wave.objects.count() == 20
    with django_assert_max_num_queries(12):  # type: ignore[operator]
        plan(at=NOW + timedelta(minutes=1))
