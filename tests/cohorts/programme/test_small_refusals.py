"""What running a cohort refuses, or leaves be when somebody was faster."""

from datetime import timedelta
from typing import Any

import pytest

from cohorts.programme.enums import CohortState, EnrolmentReason, EnrolmentState
from cohorts.programme.grouping import Conflict, Why
from cohorts.programme.models import Enrolment, Material
from cohorts.programme.services import enrolments, naming, register, sets
from cohorts.programme.services.enrolments import errors
from cohorts.programme.services.register.errors import NotExpected
from cohorts.programme.services.sessions import facilitators, materials, slots
from cohorts.programme.services.sets.explaining import explanation
from cohorts.programme.services.sets.facts import Facts
from cohorts.programme.services.sets.introducing import NotNamedYet
from cohorts.programme.slots import Slot
from lic_site.accounts.models import Person
from lic_site.common.models import Sheet
from lic_site.notices.enums import State
from lic_site.notices.models import Notice
from lic_site.portal.imports import policies as imports
from tests.factories.people import PersonFactory, staff
from tests.factories.programme import CohortFactory, EnrolmentFactory
from tests.factories.running import MaterialFactory, a_running_cohort, a_session
from tests.support.people import NOW

pytestmark = pytest.mark.django_db

HOUR = timedelta(hours=1)


@pytest.fixture
def admin() -> Person:
    return staff()


def left() -> Enrolment:
    made: Enrolment = EnrolmentFactory(
        cohort=a_running_cohort(), state=EnrolmentState.WITHDRAWN, ended_at=NOW
    )
    return made


def told(person: Person, kind: str) -> int:
    return Notice.objects.filter(recipient=person, kind=kind, state=State.PENDING).count()


def test_a_place_is_given_up_once(admin: Person) -> None:
    with pytest.raises(errors.NotTakingPart):
        enrolments.withdraw_place(
            enrolment=left(), reason=EnrolmentReason.NOT_SAID, by=admin, at=NOW
        )


def test_whoever_left_is_not_named_to_a_coordinator() -> None:
    place = left()
    with pytest.raises(naming.NoLongerTakingPart):
        naming.name_to_coordinator(enrolment=place, agreed=False, by=place.person, at=NOW)


def test_an_apology_is_taken_from_whoever_is_expected() -> None:
    elsewhere = left()
    session = a_session(a_running_cohort(), days=3)
    with pytest.raises(NotExpected, match="need not tell us"):
        register.send_apology(session=session, enrolment=elsewhere, by=elsewhere.person, at=NOW)


def test_the_facilitator_still_hears_of_the_other_apology(admin: Person) -> None:
    cohort = a_running_cohort(members=2)
    session = a_session(cohort, days=3, leads=admin)
    one, other = cohort.enrolments.all()
    for place in (one, other):
        register.send_apology(session=session, enrolment=place, by=place.person, at=NOW)
    register.withdraw_apology(session=session, enrolment=one, by=one.person, at=NOW)
    assert told(admin, "programme.apologies_received") == 1
    register.withdraw_apology(session=session, enrolment=other, by=other.person, at=NOW)
    assert told(admin, "programme.apologies_received") == 0


def test_a_facilitator_of_two_sessions_is_told_once_and_of_none_that_is_over() -> None:
    cohort, leads = a_running_cohort(), PersonFactory()
    for days in (3, 5):
        a_session(cohort, days=days, leads=leads)
    facilitators.tell_facilitators(cohort=cohort, at=NOW)
    assert told(leads, "programme.facilitator_named") == 1
    late = PersonFactory()
    over = a_session(cohort, days=-3)
    facilitators.add_facilitator(session=over, person=late, by=staff(), at=NOW)
    assert told(late, "programme.facilitator_named") == 0


def test_a_link_is_removed_without_a_file(admin: Person) -> None:
    link = MaterialFactory(session=a_session(a_running_cohort(), days=3))
    materials.remove_material(material=link, by=admin, at=NOW)
    assert not Material.objects.exists()


@pytest.mark.parametrize("state", [CohortState.DRAFT, CohortState.RUNNING])
def test_slots_are_added_before_the_coach_is_known(state: str, admin: Person) -> None:
    cohort = CohortFactory(state=state)
    starts_at = NOW + timedelta(days=3)
    made = slots.add_slots(
        cohort=cohort,
        slots=[Slot(starts_at, starts_at + HOUR)],
        coach=None,
        place="County Hall",
        link="",
        by=admin,
        at=NOW,
    )
    assert [each.facilitators.count() for each in made] == [0]
    assert not Notice.objects.filter(kind="programme.facilitator_named").exists()


def test_a_search_that_found_nothing_says_what_to_try() -> None:
    nobody = Facts(members={}, managed=frozenset(), exclusions={})
    said = explanation(Conflict(Why.NOT_FOUND), nobody, 3)
    assert "Make more or fewer sets" in said


def test_nobody_introduces_themselves_to_a_set_they_do_not_know() -> None:
    place = EnrolmentFactory(cohort=a_running_cohort())
    shows: dict[str, Any] = dict.fromkeys(
        ["shows_family_name", "shows_job_title", "shows_organisation"], True
    )
    words = dict.fromkeys(["email", "phone", "about"], "")
    with pytest.raises(NotNamedYet):
        sets.introduce(enrolment=place, **shows, **words, by=place.person, at=NOW)


def test_sheets_are_for_admins_alone() -> None:
    assert not imports.visible(PersonFactory(), Sheet.objects.all()).exists()
    assert imports.visible(staff(), Person.objects.all()).count() == 0
