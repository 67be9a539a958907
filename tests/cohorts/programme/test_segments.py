"""Whom of the programme staff may write to: each once, of those whom the choices mean."""

from datetime import timedelta
from typing import Any

import pytest

from cohorts.programme.enums import ApplicationState, CohortState, EnrolmentState
from cohorts.programme.models import (
    Cohort,
    CohortReader,
    Enrolment,
    Interest,
    LearningSet,
    Programme,
    SessionFacilitator,
)
from cohorts.programme.segments import STANDINGS
from cohorts.programme.services.needs.wanted import needs_due_on
from lic_site.accounts.enums import Role
from lic_site.accounts.models import Borough, Person, SubRegion
from lic_site.notices.checks import every_segment_is_whole
from lic_site.notices.mailings.audience import ChoicesForm
from lic_site.notices.segments import Gone, segments
from tests.factories.people import PersonFactory, RoleGrantFactory
from tests.factories.programme import SessionFactory
from tests.factories.selection import a_cohort, a_reader, a_review, enrolled, offered, sent, waiting
from tests.support.people import NOW

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]


def chosen_of(name: str, **chosen: Any) -> dict[str, Any]:
    form = ChoicesForm(chosen, segment=segments()[name])
    assert form.is_valid(), form.errors
    return form.cleaned_data


def found(name: str, **chosen: Any) -> set[Person]:
    people = list(segments()[name].people(chosen_of(name, **chosen)))
    assert len(people) == len(set(people)), "each once"
    return set(people)


def told(name: str, **chosen: Any) -> list[str]:
    return list(segments()[name].told(chosen_of(name, **chosen)))


@pytest.fixture
def cohort() -> Cohort:
    return a_cohort(name="Cohort 7")


def test_every_segment_is_whole() -> None:
    assert not every_segment_is_whole()


@pytest.mark.parametrize("standing", sorted(STANDINGS))
def test_applicants_are_told_apart_by_where_their_application_is(
    standing: str, cohort: Cohort
) -> None:
    elsewhere = a_cohort()
    people = {
        "draft": sent(cohort, ApplicationState.DRAFT).applicant,
        "under_review": sent(cohort, ApplicationState.UNDER_REVIEW).applicant,
        "offered": offered(cohort).application.applicant,
        "waiting": waiting(cohort, 1).applicant,
        "rejected": sent(cohort, ApplicationState.REJECTED).applicant,
    }
    sent(cohort, ApplicationState.WITHDRAWN)
    sent(elsewhere, ApplicationState.UNDER_REVIEW)
    name = "programme.applicants"
    assert found(name, cohort=cohort.pk, standing=[standing]) == {people[standing]}
    assert found(name, cohort=cohort.pk, standing=list(STANDINGS)) == set(people.values())
    assert told(name, cohort=cohort.pk, standing=[standing]) == ["Cohort 7", STANDINGS[standing][0]]
    shows = segments()[name].shows_names(chosen_of(name, cohort=cohort.pk, standing=[standing]))
    assert shows == (standing != "draft")


def test_erased_and_merged_people_are_left_out(cohort: Cohort) -> None:
    kept, erased, merged = (enrolled(cohort).person for _ in range(3))
    Person.objects.filter(pk=erased.pk).update(erased_at=NOW)
    Person.objects.filter(pk=merged.pk).update(merged_into=kept)
    active = {"cohort": cohort.pk, "states": ["active"]}
    assert found("programme.participants", **active) == {kept}


def test_participants_by_state_and_set(cohort: Cohort) -> None:
    one, other, left = (enrolled(cohort) for _ in range(3))
    learning_set = LearningSet.objects.create(cohort=cohort, name="Set A")
    Enrolment.objects.filter(pk=one.pk).update(learning_set=learning_set)
    Enrolment.objects.filter(pk=left.pk).update(state=EnrolmentState.WITHDRAWN, ended_at=NOW)
    name = "programme.participants"
    assert found(name, cohort=cohort.pk, states=["active"]) == {one.person, other.person}
    assert found(name, cohort=cohort.pk, states=["withdrawn"]) == {left.person}
    of_set = {"cohort": cohort.pk, "states": ["active"], "learning_set": learning_set.pk}
    assert found(name, **of_set) == {one.person}
    assert told(name, **of_set) == ["Cohort 7", "Taking part", "Set A"]
    kept = chosen_of(name, **of_set)
    learning_set.delete()
    with pytest.raises(Gone):
        list(segments()[name].told(kept))


def test_who_has_not_answered(cohort: Cohort) -> None:
    Cohort.objects.filter(pk=cohort.pk).update(state=CohortState.RUNNING)
    answered, silent = enrolled(cohort), enrolled(cohort)
    Enrolment.objects.filter(pk=answered.pk).update(needs_told_at=NOW, committed_at=NOW)
    offer = offered(cohort)
    name = "programme.unanswered"
    for waits_for, person in (
        ("needs", silent.person),
        ("commitment", silent.person),
        ("offer", offer.application.applicant),
    ):
        assert found(name, cohort=cohort.pk, waits_for=waits_for) == {person}, waits_for
    assert told(name, cohort=cohort.pk, waits_for="offer") == [
        "Cohort 7",
        "No answer to: an offer of a place",
    ]
    Cohort.objects.filter(pk=cohort.pk).update(state=CohortState.COMPLETE)
    assert found(name, cohort=cohort.pk, waits_for="needs") == set()


def test_readers_and_those_who_have_still_to_read(cohort: Cohort) -> None:
    done, busy, idle = (a_reader(cohort) for _ in range(3))
    a_review(sent(cohort), done, points=3)
    a_review(sent(cohort), busy)
    a_review(sent(cohort), busy)
    name = "programme.readers"
    assert found(name, cohort=cohort.pk) == {done, busy, idle}
    assert found(name, cohort=cohort.pk, unread=True) == {busy}
    assert told(name, cohort=cohort.pk) == ["Cohort 7"]
    assert told(name, cohort=cohort.pk, unread=True)[1] == "Only who has still to read"
    assert CohortReader.objects.count() == 3


def test_facilitators_of_sessions_and_of_sets(cohort: Cohort) -> None:
    leads, gone, both = (PersonFactory() for _ in range(3))
    first, second = SessionFactory(cohort=cohort), SessionFactory(cohort=cohort)
    cancelled = SessionFactory(cohort=cohort, cancelled_at=NOW)
    for session, person in ((first, leads), (first, both), (second, both), (cancelled, gone)):
        SessionFacilitator.objects.create(session=session, person=person, added_at=NOW)
    LearningSet.objects.create(cohort=cohort, name="A", facilitator=both)
    LearningSet.objects.create(cohort=cohort, name="B")
    assert found("programme.facilitators", cohort=cohort.pk) == {leads, both}


def test_interested_people_until_they_have_enough() -> None:
    programme = Programme.objects.create(name="P", slug="p", starts_on=NOW.date())
    keen, done = PersonFactory(), PersonFactory()
    Interest.objects.create(programme=programme, person=keen, noted_at=NOW)
    Interest.objects.create(programme=programme, person=done, noted_at=NOW, ended_at=NOW)
    name = "programme.interested"
    assert found(name, programme=programme.pk) == {keen}
    assert told(name, programme=programme.pk) == ["P"]
    kept = chosen_of(name, programme=programme.pk)
    assert segments()[name].words(kept) == {}
    programme.interests.all().delete()
    programme.delete()
    with pytest.raises(Gone):
        list(segments()[name].told(kept))


def test_where_people_work_narrows_every_group(cohort: Cohort) -> None:
    here, there = enrolled(cohort).person, enrolled(cohort).person
    region = SubRegion.objects.create(name="Elsewhere East", source="Tests")
    borough = Borough.objects.create(
        name="Larkwater", gss_code="E09999999", dfe_number=999, sub_region=region
    )
    assert here.organisation is not None
    here.organisation.boroughs.add(borough)
    active = {"cohort": cohort.pk, "states": ["active"]}
    name = "programme.participants"
    for area in (f"borough:{borough.pk}", f"region:{region.pk}"):
        assert found(name, **active, area=area) == {here}
    assert found(name, **active, area="") == {here, there}
    kept = chosen_of(name, **active, area=f"borough:{borough.pk}")
    assert list(segments()[name].told(kept))[-1] == "Working in Larkwater"
    borough.delete()
    with pytest.raises(Gone):
        list(segments()[name].told(kept))


def test_the_words_know_the_cohort_and_its_dates(cohort: Cohort) -> None:
    def words(name: str, **chosen: Any) -> set[str]:
        kept = chosen_of(name, cohort=cohort.pk, **chosen)
        return set(segments()[name].words(kept))

    common = {"cohort", "starts_on", "ends_on"}
    assert words("programme.facilitators") == common
    assert words("programme.applicants", standing=["draft"]) == common | {
        "applications_close_at",
        "decisions_by",
    }
    assert words("programme.unanswered", waits_for="offer") == common
    assert words("programme.unanswered", waits_for="needs") == common | {"needs_by"}
    assert needs_due_on(cohort) < cohort.starts_on


def test_a_cohort_that_was_deleted_is_gone(cohort: Cohort) -> None:
    kept = chosen_of("programme.facilitators", cohort=cohort.pk)
    cohort.delete()
    with pytest.raises(Gone):
        segments()["programme.facilitators"].words(kept)
    assert not ChoicesForm(kept, segment=segments()["programme.facilitators"]).is_valid()


def test_people_who_hold_a_role_today() -> None:
    holder, former = PersonFactory(), PersonFactory()
    yesterday = (NOW - timedelta(days=1)).date()
    RoleGrantFactory(person=holder, role=Role.ANALYST)
    RoleGrantFactory(person=holder, role=Role.EDITOR)
    RoleGrantFactory(person=former, role=Role.ANALYST, ends_on=yesterday)
    both = {"roles": [Role.ANALYST, Role.EDITOR]}
    assert found("notices.roles", **both) == {holder}
    assert told("notices.roles", **both) == ["Analyst, Editor"]
    assert segments()["notices.roles"].shows_names(chosen_of("notices.roles", **both))
