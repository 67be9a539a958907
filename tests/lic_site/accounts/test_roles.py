"""Roles: given by those who may, ended by date or by hand, felt at once."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.contrib.auth.models import Group
from django.db.models import BigIntegerField, CharField, Value

from lic_site.accounts import ticks
from lic_site.accounts.enums import DerivedRole, Role
from lic_site.accounts.models import (
    AuditEvent,
    Borough,
    ContactAddress,
    ManagerRelation,
    Person,
    RoleGrant,
)
from lic_site.accounts.policies import Holding, can, holdings, holds, needs_second_factor, visible
from lic_site.accounts.services import roles
from lic_site.accounts.services.editors import prepare_editors
from tests.factories.people import (
    BoroughFactory,
    ManagerRelationFactory,
    PersonFactory,
    RoleGrantFactory,
    staff,
)

AT = datetime(2026, 11, 21, 9, tzinfo=UTC)
TODAY = date(2026, 11, 21)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]


def give(person, role=Role.ANALYST, *, by=None, **rest):
    wanted = {"starts_on": TODAY, "ends_on": TODAY + timedelta(days=7)} | rest
    return roles.grant_role(person=person, role=role, by=by, at=AT, **wanted)


def deriving(role, scope=None):
    """A source that gives the role to everybody."""
    columns = Value(role.value, CharField()), Value(scope, BigIntegerField())
    return lambda person, on: [Person.objects.filter(pk=person.pk).values_list(*columns)]


def test_a_role_holds_from_its_first_day_to_its_last():
    person = PersonFactory()
    give(person, starts_on=TODAY + timedelta(days=1), ends_on=TODAY + timedelta(days=2))
    days = [TODAY + timedelta(days=n) for n in range(4)]
    assert [holds(person, Role.ANALYST, on=day) for day in days] == [False, True, True, False]
    assert [person.grants.get().holds(day) for day in days] == [False, True, True, False]


def test_a_role_that_was_ended_holds_until_the_day_before():
    person = PersonFactory()
    give(person)
    person.grants.update(ended_at=AT + timedelta(days=1))
    days = [TODAY + timedelta(days=n) for n in range(2)]
    assert [holds(person, Role.ANALYST, on=day) for day in days] == [True, False]
    assert [person.grants.get().holds(day) for day in days] == [True, False]


def test_only_those_who_may_give_roles_and_nobody_their_own():
    admin, person = staff(), PersonFactory()
    assert give(person, by=admin).granted_by == admin
    for by, to in ((person, PersonFactory()), (admin, admin), (staff(Role.EDITOR), person)):
        with pytest.raises(roles.NotYoursToGrant):
            give(to, by=by)


def test_the_same_role_twice_over_the_same_days_is_refused():
    person = PersonFactory()
    give(person)
    with pytest.raises(roles.AlreadyHolds):
        give(person, starts_on=TODAY + timedelta(days=7), ends_on=TODAY + timedelta(days=9))
    give(person, starts_on=TODAY + timedelta(days=8), ends_on=TODAY + timedelta(days=9))


def test_dates_and_scope_that_do_not_fit_are_refused_in_words():
    with pytest.raises(roles.GrantRefused, match="ends on or after"):
        give(PersonFactory(), ends_on=TODAY - timedelta(days=1))
    with pytest.raises(roles.GrantRefused, match="Choose the organisation"):
        give(PersonFactory(), Role.BOROUGH_COORDINATOR)


def test_a_role_ended_by_hand_is_gone_at_once_and_only_once():
    admin, person = staff(), PersonFactory()
    grant = give(person, by=admin)
    assert holds(person, Role.ANALYST)
    with pytest.raises(roles.NotYoursToGrant):
        roles.end_grant(grant=grant, by=person, at=AT)
    roles.end_grant(grant=grant, by=admin, at=AT)
    assert not holds(person, Role.ANALYST)
    assert AuditEvent.objects.filter(verb="accounts.role_ended", subject_id=person.pk).exists()
    with pytest.raises(roles.AlreadyEnded):
        roles.end_grant(grant=grant, by=None, at=AT)


def test_a_role_past_its_last_day_cannot_be_ended_again():
    grant = RoleGrantFactory(ends_on=TODAY - timedelta(days=1))
    with pytest.raises(roles.AlreadyEnded):
        roles.end_grant(grant=grant, by=None, at=AT)


class TestLineManagers:
    def test_a_new_manager_takes_over_from_the_one_before(self):
        person, first, second = PersonFactory(), PersonFactory(), PersonFactory()
        earlier = roles.name_manager(person=person, manager=first, named_as="Mo", by=person, at=AT)
        assert (
            roles.name_manager(person=person, manager=first, named_as="Mo", by=person, at=AT)
            == earlier
        )
        later = roles.name_manager(person=person, manager=second, named_as="Mo", by=person, at=AT)
        earlier.refresh_from_db()
        assert (earlier.ends_on, later.ends_on) == (TODAY, None)

    def test_nobody_manages_themselves(self):
        person = PersonFactory()
        with pytest.raises(roles.OwnManager):
            roles.name_manager(person=person, manager=person, named_as="Mo", by=person, at=AT)


class TestEditors:
    def test_wagtail_s_groups_follow_the_roles(self):
        prepare_editors(at=AT)
        person = PersonFactory()
        groups = person.user.groups
        grant = give(person, Role.EDITOR)
        assert set(groups.values_list("name", flat=True)) == {"Editors", "Moderators"}
        roles.end_grant(grant=grant, by=None, at=AT)
        assert not groups.exists()
        give(person, Role.ANALYST)
        assert not groups.exists()

    def test_a_role_that_ends_by_date_is_followed_by_the_clock(self):
        prepare_editors(at=AT)
        person = PersonFactory()
        give(person, Role.EDITOR, ends_on=TODAY)
        ticks.editors(AT + timedelta(hours=1))
        assert person.user.groups.count() == 2
        ticks.editors(AT + timedelta(days=1))
        assert not person.user.groups.exists()

    def test_an_account_switched_off_is_taken_out(self):
        prepare_editors(at=AT)
        person = PersonFactory()
        give(person, Role.EDITOR)
        person.user.is_active = False
        person.user.save()
        ticks.editors(AT)
        assert not person.user.groups.exists()

    def test_they_may_edit_the_reference_lists_and_delete_none(self):
        prepare_editors(at=AT)
        codes = set(
            Group.objects.get(name="Editors").permissions.values_list("codename", flat=True)
        )
        assert {"access_admin", "change_borough", "add_subregion", "view_organisation"} <= codes
        assert not {code for code in codes if code.startswith("delete_") and "borough" in code}
        assert not {code for code in codes if code.endswith(("_person", "_user"))}


class TestPolicies:
    def test_nobody_may_anything_by_default(self):
        person = staff(Role.PROGRAMME_LEAD)
        assert not can(None, "search_people")
        assert not can(person, "no_such_verb")
        assert can(person, "search_people")
        Person.objects.filter(pk=person.pk).update(erased_at=AT)
        assert not can(Person.objects.get(pk=person.pk), "search_people")
        assert holdings(Person.objects.get(pk=person.pk)) == frozenset()

    @pytest.mark.parametrize(
        ("verb", "roles_that_may"),
        [
            ("search_people", {"college_admin", "programme_lead"}),
            ("see_person", {"college_admin", "programme_lead"}),
            ("grant_role", {"college_admin", "programme_lead"}),
            ("merge_people", {"college_admin", "programme_lead"}),
            ("record_manager", {"college_admin", "programme_lead"}),
            ("change_details", set()),
            ("answer_equality", set()),
            ("see_equality_figures", {"programme_lead", "analyst"}),
            ("use_editor", {"college_admin", "programme_lead", "editor"}),
        ],
    )
    def test_who_may_do_what_with_somebody_else(self, verb, roles_that_may):
        other = PersonFactory()
        assert {role for role in Role if can(staff(role), verb, other)} == roles_that_may

    def test_one_s_own_record_is_one_s_own(self):
        person = PersonFactory()
        assert can(person, "see_person", person)
        assert can(person, "change_details", person)
        assert can(person, "answer_equality", person)
        assert not can(person, "change_details", BoroughFactory())

    def test_what_is_seen_one_by_one(self):
        person, other, admin = PersonFactory(), PersonFactory(), staff()
        relation = ManagerRelationFactory(person=other, manager=person)
        for model, for_person, for_admin in (
            (Person, {person.pk}, {person.pk, other.pk, admin.pk}),
            (RoleGrant, set(), {admin.grants.get().pk}),
            (ManagerRelation, {relation.pk}, {relation.pk}),
            (ContactAddress, {person.addresses.get().pk}, {admin.addresses.get().pk}),
            (AuditEvent, set(), set()),
        ):
            seen = set(visible(person, model.objects.all()).values_list("pk", flat=True))
            assert seen == for_person
            seen = set(visible(admin, model.objects.all()).values_list("pk", flat=True))
            assert seen == for_admin
            assert not visible(None, model.objects.all()).exists()
        assert visible(None, Borough.objects.all()).count() == Borough.objects.count()

    @pytest.mark.parametrize(
        ("role", "is_needed"),
        [
            (DerivedRole.READER, True),
            (DerivedRole.FACILITATOR, True),
            (DerivedRole.PARTICIPANT, False),
            (DerivedRole.APPLICANT, False),
        ],
    )
    def test_second_factors_are_for_whoever_sees_others(self, monkeypatch, role, is_needed):
        assert all(needs_second_factor(staff(role)) for role in Role)
        assert not needs_second_factor(PersonFactory())
        assert not needs_second_factor(None)
        monkeypatch.setattr("lic_site.accounts.policies._sources", lambda: [deriving(role)])
        assert needs_second_factor(PersonFactory()) == is_needed

    def test_every_role_is_read_at_once_and_not_again_for_the_same_object(
        self, monkeypatch, django_assert_num_queries
    ):
        sources = [deriving(DerivedRole.MENTOR, 7), deriving(DerivedRole.READER)]
        monkeypatch.setattr("lic_site.accounts.policies._sources", lambda: sources)
        person = Person.objects.get(pk=staff(Role.EDITOR).pk)
        with django_assert_num_queries(1):
            assert holds(person, Role.ANALYST, DerivedRole.MENTOR)
            assert not holds(person, Role.ANALYST)
            assert holdings(person) == {
                Holding(Role.EDITOR),
                Holding(DerivedRole.MENTOR, 7),
                Holding(DerivedRole.READER),
            }

    def test_each_request_reads_the_roles_anew(self, signed_in):
        person = staff(Role.EDITOR)
        browser = signed_in(person)
        assert browser.get("/staff/people/").status_code == 404
        give(person, Role.COLLEGE_ADMIN)
        assert browser.get("/staff/people/").status_code == 200
        person.grants.filter(role=Role.COLLEGE_ADMIN).update(ended_at=AT)
        assert browser.get("/staff/people/").status_code == 404
