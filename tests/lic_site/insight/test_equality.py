"""Equality figures: counts of people, never a person."""

from datetime import UTC, datetime

import pytest

from lic_site.accounts.enums import Role
from lic_site.accounts.models import AuditEvent, Person
from lic_site.accounts.services.equality import (
    NotAnAnswer,
    equality_answers,
    record_equality,
    withdraw_equality,
)
from lic_site.insight.equality import monitoring, monitoring_nested
from tests.factories.people import PersonFactory, staff

AT = datetime(2026, 11, 21, 9, tzinfo=UTC)

pytestmark = pytest.mark.django_db


def people_of(**groups):
    for group, number in groups.items():
        for person in PersonFactory.create_batch(number, user=None, organisation=None):
            if group != "silent":
                record_equality(person=person, answers={"ethnic_group": group}, at=AT)


def counted(table):
    return {cell.label: cell.count for cell in table.cells}


def test_people_are_counted_by_group_with_those_who_said_nothing():
    people_of(black=6, asian=7, silent=5)
    table = monitoring(Person.objects.all())
    shown = counted(table)
    assert table.total == 18
    assert shown["Black, Black British, Caribbean or African"] == 6
    assert shown["Asian or Asian British"] == 7
    assert shown["No answer"] is None


def test_some_of_the_people_beside_all_of_them():
    people_of(black=12, asian=11)
    some = Person.objects.order_by("pk")[:6].values("pk")
    everybody, those = monitoring_nested(
        Person.objects.all(), Person.objects.filter(pk__in=list(some.values_list("pk", flat=True)))
    )
    assert everybody.total == 23
    assert those.total is None or those.total == 6


class TestOwnAnswers:
    def test_what_is_not_among_the_answers_stays(self):
        person = PersonFactory()
        record_equality(person=person, answers={"sex": "female", "age_band": "35_44"}, at=AT)
        record_equality(person=person, answers={"sex": ""}, at=AT)
        assert equality_answers(person) == {"age_band": "35_44"}

    def test_another_group_takes_back_the_background_of_the_first(self):
        person = PersonFactory()
        told = {"ethnic_group": "asian", "ethnic_detail": "indian"}
        record_equality(person=person, answers=told, at=AT)
        record_equality(person=person, answers={"ethnic_group": "mixed"}, at=AT)
        assert equality_answers(person) == {"ethnic_group": "mixed"}

    @pytest.mark.parametrize(
        "answers",
        [
            {"sex": "unheard of"},
            {"no such question": "yes"},
            {"ethnic_group": "asian", "ethnic_detail": "irish"},
            {"ethnic_own_words": "x" * 201},
        ],
    )
    def test_an_answer_that_was_not_offered_is_refused(self, answers):
        with pytest.raises(NotAnAnswer):
            record_equality(person=PersonFactory(), answers=answers, at=AT)

    def test_taking_everything_back_is_written_down_once(self):
        person = PersonFactory()
        record_equality(person=person, answers={"sex": "female"}, at=AT)
        withdraw_equality(person=person, at=AT)
        withdraw_equality(person=person, at=AT)
        assert equality_answers(person) == {}
        assert AuditEvent.objects.filter(verb="accounts.equality_withdrawn").count() == 1


class TestStaffPage:
    @pytest.mark.parametrize("role", list(Role))
    def test_only_the_lead_and_analysts_find_it(self, role, signed_in):
        status = signed_in(staff(role)).get("/staff/equality/").status_code
        assert status == (200 if role in {Role.PROGRAMME_LEAD, Role.ANALYST} else 404)

    def test_it_says_that_there_are_too_few_and_writes_down_the_look(self, signed_in):
        page = signed_in(staff(Role.ANALYST)).get("/staff/equality/").content.decode()
        assert "Too few people so far" in page
        assert AuditEvent.objects.filter(verb="portal.equality_figures_viewed").exists()
