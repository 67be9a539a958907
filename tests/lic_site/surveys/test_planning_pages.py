"""Staff plan a survey by hand, act on one, switch plans for all and for one cohort."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client

from cohorts.programme.models import Session
from lic_site.accounts.enums import Role
from lic_site.surveys.enums import Mode, WaveState
from lic_site.surveys.models import Plan, Switch, Version, Wave
from lic_site.surveys.services.planning import plan
from lic_site.surveys.views.plans import when_words
from tests.factories.people import staff
from tests.factories.survey_waves import DAY, a_day, a_plan, a_planned_wave, an_open_wave
from tests.factories.surveys import VersionFactory
from tests.support.people import NOW, SignedIn
from tests.support.queries import grows_not

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]
BOARD = "/staff/surveys/"


@pytest.fixture
def college(signed_in: SignedIn) -> Client:
    return signed_in(staff(Role.COLLEGE_ADMIN))


def words_of(response: Any) -> str:
    assert response.status_code == 200
    return str(response.content.decode())


def day(name: str, days: int) -> dict[str, str]:
    on = (NOW + timedelta(days=days)).date()
    return {
        f"{name}_day": str(on.day),
        f"{name}_month": str(on.month),
        f"{name}_year": str(on.year),
    }


def said(version: Version, **values: str) -> dict[str, str]:
    return {
        "questionnaire": str(version.questionnaire_id),
        "audience": "expected",
        "mode": Mode.ANONYMOUS,
        **day("opens_on", 1),
        **day("closes_on", 8),
        "chasers": "1",
        "chase_after_days": "3",
        **values,
    }


def test_what_a_survey_is_about_is_found_by_kind_and_name(college: Client) -> None:
    session = a_day(title="Finding your voice")
    a_day(title="Another day")
    page = words_of(college.get(f"{BOARD}new/?kind=session&q=finding"))
    assert f"{BOARD}new/session/{session.pk}/" in page
    assert "Another day" not in page
    assert "Another day" in words_of(college.get(f"{BOARD}new/"))
    assert session.cohort.name in words_of(college.get(f"{BOARD}new/?kind=cohort"))
    assert "Nothing found" in words_of(college.get(f"{BOARD}new/?q=no-such-thing"))


def test_a_survey_is_planned_in_two_steps_with_a_count_between(college: Client) -> None:
    session, version = a_day(members=6), VersionFactory()
    url = f"{BOARD}new/session/{session.pk}/"
    assert "Plan a survey" in words_of(college.get(url))
    check = words_of(college.post(url, {**said(version), "step": "check"}))
    assert "6 people, as things stand today" in check
    assert "1 at most, 3 days apart" in check
    assert not Wave.objects.exists()
    back = words_of(college.post(url, {**said(version), "step": "back"}))
    assert 'value="3"' in back
    response = college.post(url, {**said(version), "step": "keep"})
    wave = Wave.objects.get()
    assert response["Location"] == f"{BOARD}{wave.pk}/"
    assert wave.opens_at == (NOW + DAY).replace(hour=9, minute=0)


def test_the_check_page_refuses_too_few_and_nobody(college: Client) -> None:
    few, none, version = a_day(members=3), a_day(members=0), VersionFactory()
    for session, words in ((few, "So few people would be asked"), (none, "Nobody would be asked")):
        url = f"{BOARD}new/session/{session.pk}/"
        page = words_of(college.post(url, {**said(version), "step": "check"}))
        assert words in page
        assert 'value="keep"' not in page
    kept = college.post(f"{BOARD}new/session/{few.pk}/", {**said(version), "step": "keep"})
    assert "So few people would be asked" in words_of(kept)
    one = said(version, mode=Mode.NAMED, in_room="on", chasers="0")
    page = words_of(college.post(f"{BOARD}new/session/{few.pk}/", {**one, "step": "check"}))
    assert "At once, whatever else they were asked." in page


def test_days_that_do_not_fit_are_said_beside_their_box(college: Client) -> None:
    session, version = a_day(), VersionFactory()
    url = f"{BOARD}new/session/{session.pk}/"
    early = {**said(version), **day("closes_on", 0), "step": "check"}
    assert "It closes before it opens" in words_of(college.post(url, early))
    over = {**said(version), **day("opens_on", -5), **day("closes_on", -3), "step": "check"}
    assert "This day is over" in words_of(college.post(url, over))
    assert "Choose a questionnaire." in words_of(college.post(url, {"step": "check"}))


def test_what_is_gone_cannot_be_asked_about(college: Client) -> None:
    session = a_day(cancelled_at=NOW)
    assert college.get(f"{BOARD}new/session/{session.pk}/").status_code == 404
    assert college.get(f"{BOARD}new/nothing/1/").status_code == 404


def test_a_planned_survey_is_changed_and_one_that_opened_is_not(college: Client) -> None:
    wave, version = a_planned_wave(a_day(), opens_at=NOW + DAY), VersionFactory()
    url = f"{BOARD}{wave.pk}/change/"
    assert "Change the survey" in words_of(college.get(url))
    college.post(url, {**said(version, mode=Mode.NAMED), "step": "keep"})
    wave.refresh_from_db()
    assert (wave.mode, wave.questionnaire) == (Mode.NAMED, version.questionnaire)
    assert wave.made_by is not None
    open_now = an_open_wave()
    response = college.get(f"{BOARD}{open_now.pk}/change/", follow=True)
    assert "can no longer be changed" in words_of(response)


def test_each_act_has_a_page_of_its_own(college: Client) -> None:
    wave = a_planned_wave(a_day(), opens_at=NOW + DAY)
    for name in ("open", "call-off"):
        assert "form" in words_of(college.get(f"{BOARD}{wave.pk}/do/{name}/"))
    assert college.get(f"{BOARD}{wave.pk}/do/nothing/").status_code == 404
    college.post(f"{BOARD}{wave.pk}/do/open/")
    wave.refresh_from_db()
    assert wave.state == WaveState.OPEN
    moved = f"{BOARD}{wave.pk}/do/closing/"
    assert "Close it on another day" in words_of(college.get(moved))
    assert "Give the day it closes." in words_of(college.post(moved, {}))
    assert "closes before it opens" in words_of(college.post(moved, day("closes_on", -2)))
    assert college.post(moved, day("closes_on", 20)).status_code == 302
    college.post(f"{BOARD}{wave.pk}/do/close/")
    wave.refresh_from_db()
    assert wave.state == WaveState.CLOSED
    refused = college.post(f"{BOARD}{wave.pk}/do/close/", follow=True)
    assert "has closed" in words_of(refused)
    assert "can no longer be done" in words_of(college.get(f"{BOARD}{wave.pk}/do/open/"))


def test_a_plan_is_switched_for_all(college: Client) -> None:
    made = a_plan()
    url = f"{BOARD}plans/{made.pk}/switch/"
    assert "After each session: off." in words_of(college.post(url, {"do": "off"}, follow=True))
    assert not Plan.objects.get().is_on
    college.post(url, {"do": "on"})
    college.post(url, {"do": "something"})
    assert Plan.objects.get().is_on
    assert college.get(url).status_code == 405


def test_a_plan_is_switched_for_one_cohort(college: Client) -> None:
    made, cohort = a_plan(), a_day().cohort
    url = f"{BOARD}plans/{made.pk}/switch/"
    college.post(url, {"do": "off", "group": cohort.pk})
    assert Switch.objects.get().is_on is False
    page = words_of(college.get(f"{BOARD}plans/?group={cohort.pk}"))
    assert "For this cohort alone" in page
    assert "Otherwise for 1 cohort" in words_of(college.get(f"{BOARD}plans/"))
    college.post(url, {"do": "same", "group": cohort.pk})
    assert not Switch.objects.exists()
    assert words_of(college.get(f"{BOARD}plans/?group=99999"))
    page = words_of(college.get(f"{BOARD}?group={cohort.pk}"))
    assert "Surveys" in page


def test_a_plan_is_changed_and_says_what_that_changes(college: Client) -> None:
    made = a_plan()
    session: Session = a_day(days=7)
    plan(at=NOW)
    url = f"{BOARD}plans/{made.pk}/"
    assert "1 survey planned ahead" in words_of(college.get(url))
    values = {
        "opens_after_days": "1",
        "open_days": "10",
        "audience": "expected",
        "mode": Mode.LINKED,
        "chasers": "2",
        "chase_after_days": "5",
    }
    assert "The plan is changed." in words_of(college.post(url, values, follow=True))
    wave = Wave.objects.get(subject_id=session.pk)
    assert (wave.mode, wave.open_days, wave.in_room) == (Mode.LINKED, 10, False)
    assert "Nothing was changed." in words_of(college.post(url, values, follow=True))
    assert 'class="govuk-error-message"' in words_of(college.post(url, {**values, "open_days": ""}))


def test_a_plan_says_in_words_when_it_asks() -> None:
    cohort = {"subject_kind": "cohort", "audience": "participants", "open_days": 21}
    for anchor, days, words in (
        ("ends", 0, "When it ends, for 21 days"),
        ("ends", 91, "91 days after it ends, for 21 days"),
        ("starts", -7, "7 days before it starts, for 21 days"),
        ("ends", 1, "1 day after it ends, for 21 days"),
    ):
        assert when_words(a_plan(anchor=anchor, opens_after_days=days, **cohort)) == words


def test_the_plans_page_grows_by_no_query(college: Client) -> None:
    def add() -> None:
        Switch.objects.create(plan=a_plan(), group=a_day().cohort_id, is_on=False)

    grows_not(college, f"{BOARD}plans/", add, at_most=16)
