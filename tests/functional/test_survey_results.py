"""Staff College reads the results of a survey, shares them; those who took part read them."""

import pytest

from lic_site.accounts.enums import Role
from lic_site.surveys.models import Release
from tests.factories.people import PersonFactory, staff
from tests.factories.running import a_running_cohort, a_session
from tests.factories.survey_results import closed, pre_and_post
from tests.factories.surveys import WaveFactory, answered
from tests.functional.conftest import NewVisitor

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def release() -> Release:
    """Of a session, answered by seven in the room and seven online."""
    cohort = a_running_cohort()
    session = a_session(cohort, days=-3)
    wave = WaveFactory(subject_id=session.pk, group=cohort.pk, group_name=cohort.name)
    people = PersonFactory.create_batch(14)
    answered(wave, people[:7], where=("room",))
    answered(wave, people[7:], where=("online",), seed=2)
    return closed(wave)


@pytest.mark.parametrize("phone", [True, False])
def test_results_are_read_cut_and_shared_by_keyboard_alone(
    visitor: NewVisitor, release: Release, phone: bool
) -> None:
    college = visitor(phone=phone, javascript=False, keyboard=True)
    college.sign_in(staff(Role.COLLEGE_ADMIN))
    college.go(f"/staff/surveys/{release.wave_id}/results/")
    college.sees("14 of 14 answered: 100%")
    college.look()
    college.press("By: How did you take part?")
    college.look()
    college.press("Everybody")
    college.press("Share with participants")
    college.sees("Those who took part see these results now.")


def test_every_page_of_results_has_no_barriers(visitor: NewVisitor, release: Release) -> None:
    _, after = pre_and_post(14, looking_back=True)
    for phone in (True, False):
        college = visitor(phone=phone)
        college.sign_in(staff(Role.COLLEGE_ADMIN))
        for path in (
            f"/staff/surveys/{after.wave_id}/results/",
            "/staff/surveys/compare/",
            f"/staff/surveys/compare/{release.wave.questionnaire.slug}/",
            "/my/surveys/results/",
        ):
            college.go(path)
            college.look()
        college.go(f"/staff/surveys/{after.wave_id}/results/")
        college.page.locator("summary").first.click()
        college.look()
