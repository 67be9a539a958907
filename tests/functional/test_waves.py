"""A Staff College admin plans a survey by hand, reads the board, switches a plan."""

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from cohorts.programme.models import Session
from lic_site.accounts.models import Person
from lic_site.surveys.enums import Mode, WaveState
from lic_site.surveys.models import Plan, Wave
from lic_site.surveys.services import planning
from tests.factories.people import staff
from tests.factories.running import a_running_cohort, a_session
from tests.factories.survey_waves import a_plan, an_open_wave
from tests.factories.surveys import QuestionnaireFactory, VersionFactory, answered, invited
from tests.functional.conftest import NewVisitor
from tests.support.visitor import Visitor

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def admin() -> Person:
    """A session lies ahead, its survey planned by the clock; another survey is open."""
    now = timezone.now()
    cohort = a_running_cohort(at=now, members=6)
    a_session(cohort, days=10, at=now, title="Finding your voice")
    VersionFactory(questionnaire=QuestionnaireFactory(name="How it went"))
    a_plan(starts_at=now)
    planning.plan(at=now)
    wave = an_open_wave(at=now, about="The first day", mode=Mode.ANONYMOUS)
    people = [each.person for each in invited(wave, 8)]
    answered(wave, people[:6])
    return staff()


def fill_in(college: Visitor, **typed: Any) -> None:
    on = timezone.localdate() + timedelta(days=typed.get("days", 2))
    until = on + timedelta(days=typed.get("open_for", 7))
    college.pick("Questionnaire", "How it went")
    college.choose("Everybody who was expected")
    for name, day in (("opens_on", on), ("closes_on", until)):
        for part, value in (("day", day.day), ("month", day.month), ("year", day.year)):
            box = college.page.locator(f"input[name={name}_{part}]")
            box.fill(str(value))
    college.press("Continue")


@pytest.mark.parametrize(
    "how",
    [{}, {"phone": True, "javascript": False}, {"keyboard": True}],
    ids=["as it is", "on a phone without JavaScript", "by keyboard"],
)
def test_a_survey_is_planned_by_hand(
    admin: Person, visitor: NewVisitor, how: dict[str, Any]
) -> None:
    college = visitor(**how)
    college.sign_in(admin)
    college.go("/staff/surveys/")
    college.sees("6 of 8 answered (75%)")
    college.sees("Finding your voice")
    college.press("Plan a survey")
    college.press("Ask about it Finding your voice", exact=False)
    fill_in(college, open_for=-1)
    college.sees("It closes before it opens")
    fill_in(college)
    college.sees("6 people, as things stand today")
    college.press("Go back and change it")
    college.choose("Named to the programme team", exact=False)
    college.press("Continue")
    college.press("Plan it")
    college.sees("It is planned. It opens by itself.")
    wave = Wave.objects.get(plan=None, state=WaveState.PLANNED)
    assert wave.mode == Mode.NAMED
    college.press("Call it off")
    college.press("Call it off")
    college.sees("It is called off.")


def test_a_plan_is_switched_off_changed_and_the_board_narrowed(
    admin: Person, visitor: NewVisitor
) -> None:
    college = visitor(phone=True)
    college.sign_in(admin)
    session = Session.objects.get()
    college.go(f"/staff/surveys/plans/?group={session.cohort_id}")
    college.press("Switch off After each session")
    college.sees("For this cohort alone")
    college.press("For every cohort")
    college.press("Change how it asks (After each session)")
    college.fill("Open for so many days", "10")
    college.press("Change it")
    college.sees("for 10 days")
    assert Plan.objects.get().switches.get().is_on is False
    college.go("/staff/surveys/")
    college.sees("Nothing is planned.")
    college.pick("State", "Called off")
    college.press("Show")
    college.sees("Switched off for this")
    wave = Wave.objects.get(state=WaveState.OPEN)
    college.go(f"/staff/surveys/{wave.pk}/")
    college.press("Close it now")
    college.look()
