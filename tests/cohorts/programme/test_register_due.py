"""Which registers are still to be taken, for the list, the cohort's end and the home alike."""

from datetime import timedelta

import pytest

from cohorts.programme.attendance import grid
from cohorts.programme.enums import EnrolmentState
from cohorts.programme.kinds.register import RegisterDue
from cohorts.programme.panels.place import home
from cohorts.programme.services.cohorts import Remaining, remaining
from cohorts.programme.services.register import registers_due
from lic_site.accounts.models import Person
from tests.factories.people import PersonFactory
from tests.factories.programme import EnrolmentFactory
from tests.factories.running import LearningSetFactory, a_running_cohort, a_session
from tests.support.people import NOW

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]


@pytest.fixture
def leader() -> Person:
    made: Person = PersonFactory()
    return made


def test_no_register_is_due_where_nobody_was_expected(leader: Person) -> None:
    cohort = a_running_cohort()
    deserted = LearningSetFactory(cohort=cohort)
    a_session(cohort, days=-1, leads=leader)
    a_session(cohort, days=-1, learning_set=deserted)
    gone = EnrolmentFactory(
        cohort=cohort,
        learning_set=deserted,
        state=EnrolmentState.WITHDRAWN,
        enrolled_at=NOW - timedelta(days=9),
        ended_at=NOW - timedelta(days=3),
    )
    a_session(cohort, days=-1, participant=gone)
    assert not registers_due(NOW).exists()
    assert not list(RegisterDue().due(NOW - timedelta(days=2), NOW))
    assert not home(leader, NOW).actions
    assert not grid(cohort, cohort.enrolments.all(), NOW).due
    assert remaining(cohort, NOW) == Remaining(ahead=0, registers=0, people=0)


def test_a_register_is_due_of_whoever_has_left_since(leader: Person) -> None:
    cohort = a_running_cohort()
    of_set = a_session(cohort, days=-5, learning_set=LearningSetFactory(cohort=cohort))
    gone = EnrolmentFactory(
        cohort=cohort,
        learning_set=of_set.learning_set,
        state=EnrolmentState.WITHDRAWN,
        enrolled_at=NOW - timedelta(days=9),
        ended_at=NOW - timedelta(days=3),
    )
    alone = a_session(cohort, days=-4, leads=leader, participant=gone)
    assert set(registers_due(NOW)) == {of_set, alone}
    assert [each.title for each in home(leader, NOW).actions] == [
        f"Take the register of {alone.title}"
    ]
    columns = grid(cohort, cohort.enrolments.all(), NOW).due
    assert [each.session for each in columns] == [of_set, alone]
    assert remaining(cohort, NOW).registers == 2
