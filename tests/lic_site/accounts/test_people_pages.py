"""Staff's pages about people: for those who may, and every look written down."""

from datetime import timedelta

import pytest
from django.urls import reverse

from lic_site.accounts import audit
from lic_site.accounts.enums import Role
from lic_site.accounts.models import AuditEvent, Person, RoleGrant
from lic_site.accounts.policies import holds
from tests.factories.people import (
    ManagerRelationFactory,
    OrganisationFactory,
    PersonFactory,
    RoleGrantFactory,
    staff,
)
from tests.support.people import NOW
from tests.support.queries import grows_not

pytestmark = pytest.mark.django_db


@pytest.fixture
def admin():
    return staff(given_name="Zed", family_name="Zuleika")


@pytest.fixture
def browser(admin, signed_in):
    return signed_in(admin)


@pytest.fixture
def somebody():
    return PersonFactory(given_name="Ama", family_name="Mensah", address="ama@example.org")


def dates(**kwargs):
    whole = {"starts_on": (21, 11, 2026), "ends_on": (20, 11, 2027)} | kwargs
    return {
        f"{name}_{part}": value
        for name, values in whole.items()
        for part, value in zip(("day", "month", "year"), values, strict=True)
    }


@pytest.mark.parametrize(
    "role", [None, *(r for r in Role if r not in {"college_admin", "programme_lead"})]
)
@pytest.mark.parametrize(
    "name", ["people", "person", "grant", "person_manager", "merge", "end_grant"]
)
def test_for_anyone_else_the_pages_do_not_exist(role, name, signed_in, somebody):
    person = staff(role) if role else PersonFactory()
    pk = RoleGrantFactory(person=somebody).pk if name == "end_grant" else somebody.pk
    address = reverse(f"accounts:{name}", args=[] if name == "people" else [pk])
    assert signed_in(person).get(address).status_code == 404


class TestFinding:
    def test_by_part_of_a_name_or_the_whole_address(self, browser, somebody):
        for words in ("mens", "AMA@example.org", "ama mensah"):
            page = browser.get(reverse("accounts:people"), {"q": words}).content.decode()
            assert "Ama Mensah" in page
            assert "1 person" in page
        page = browser.get(reverse("accounts:people"), {"q": "ama@"}).content.decode()
        assert "Nobody found" in page

    def test_who_only_left_an_address_is_listed_when_asked_for(self, browser, somebody):
        blank = {"organisation": None, "user": None, "job_title": "", "grade_band": ""}
        PersonFactory(given_name="Only", family_name="Address", **blank)
        manager = PersonFactory(given_name="Named", family_name="Manager", **blank)
        ManagerRelationFactory(person=somebody, manager=manager)
        listed = browser.get(reverse("accounts:people")).content.decode()
        assert "Only Address" not in listed
        assert "Ama Mensah" in listed
        assert "Named Manager" in listed
        for query in ({"everybody": "on"}, {"q": "only"}):
            found = browser.get(reverse("accounts:people"), query).content.decode()
            assert "Only Address" in found

    def test_by_employer_and_by_role_held_today(self, browser, somebody, admin):
        page = browser.get(reverse("accounts:people"), {"organisation": somebody.organisation_id})
        assert "Zuleika" not in page.content.decode().partition("<table")[2]
        page = browser.get(reverse("accounts:people"), {"role": Role.COLLEGE_ADMIN})
        assert "Mensah" not in page.content.decode()

    def test_an_employer_who_does_not_exist_narrows_nothing(self, browser, somebody):
        page = browser.get(reverse("accounts:people"), {"organisation": "999999"})
        assert "Mensah" in page.content.decode()

    def test_a_person_who_does_not_exist_is_not_found(self, browser):
        assert browser.get(reverse("accounts:person", args=[999_999])).status_code == 404

    def test_sorted_both_ways(self, browser, somebody):
        page = browser.get(reverse("accounts:people"), {"sort": "-name"}).content.decode()
        table = page.partition("<table")[2]
        assert table.index("Zuleika") < table.index("Mensah")
        assert browser.get(reverse("accounts:people"), {"sort": "nonsense"}).status_code == 200

    def test_an_erased_person_and_a_merged_record_are_not_found(self, browser, somebody, clock):
        Person.objects.filter(pk=somebody.pk).update(merged_into=PersonFactory())
        page = browser.get(reverse("accounts:people"), {"q": "mensah"}).content.decode()
        assert "Nobody found" in page

    def test_the_list_costs_the_same_however_long(self, browser, django_assert_max_num_queries):
        PersonFactory.create_batch(30)
        with django_assert_max_num_queries(9):
            assert browser.get(reverse("accounts:people")).status_code == 200


class TestOnePerson:
    def test_looking_is_written_down(self, browser, admin, somebody):
        ManagerRelationFactory(person=somebody)
        RoleGrantFactory(person=somebody, role=Role.ANALYST)
        page = browser.get(reverse("accounts:person", args=[somebody.pk])).content.decode()
        assert "Ama Mensah" in page
        assert "Holds now" in page
        event = AuditEvent.objects.get(verb="accounts.person_viewed")
        assert (event.actor_id, event.subject_id) == (admin.pk, somebody.pk)

    def test_staff_do_not_read_there_who_applies_or_told_what(self, browser, somebody):
        for verb in ("programme.application_started", "accounts.equality_recorded"):
            audit.record(verb, by=somebody, at=NOW, subject=somebody)
        audit.record("accounts.details_changed", by=somebody, at=NOW, subject=somebody)
        page = browser.get(reverse("accounts:person", args=[somebody.pk])).content.decode()
        assert "Details changed" in page
        assert "Application started" not in page
        assert "Equality" not in page.partition("What was done with this record")[2]

    def test_who_looked_costs_the_same_however_many_looked(self, browser, somebody, clock):
        days = iter(range(20))

        def look():
            at = NOW - timedelta(days=next(days))
            audit.record("accounts.person_viewed", by=staff(), at=at, subject=somebody)

        grows_not(browser, reverse("accounts:person", args=[somebody.pk]), look, at_most=15)

    def test_nobody_gives_or_ends_their_own_roles(self, browser, admin):
        page = browser.get(reverse("accounts:person", args=[admin.pk])).content.decode()
        assert "Give a role" not in page
        assert browser.get(reverse("accounts:grant", args=[admin.pk])).status_code == 404
        ending = reverse("accounts:end_grant", args=[admin.grants.get().pk])
        assert browser.post(ending).status_code == 404


class TestRoles:
    def test_a_role_is_given_until_a_day(self, browser, somebody, clock):
        address = reverse("accounts:grant", args=[somebody.pk])
        assert browser.get(address).status_code == 200
        response = browser.post(address, {"role": Role.ANALYST, **dates()})
        assert response.url == reverse("accounts:person", args=[somebody.pk])
        assert holds(Person.objects.get(pk=somebody.pk), Role.ANALYST)

    def test_a_rule_that_refuses_says_so_and_loses_nothing_typed(self, browser, somebody, clock):
        address = reverse("accounts:grant", args=[somebody.pk])
        sent = {"role": Role.BOROUGH_COORDINATOR, **dates()}
        page = browser.post(address, sent).content.decode()
        assert "Choose the organisation this coordinator works for." in page
        assert 'value="2027"' in page
        assert not RoleGrant.objects.filter(person=somebody).exists()

    def test_a_role_is_ended_after_being_asked(self, browser, somebody):
        grant = RoleGrantFactory(person=somebody, role=Role.ANALYST)
        address = reverse("accounts:end_grant", args=[grant.pk])
        assert "End this role now?" in browser.get(address).content.decode()
        assert browser.post(address).status_code == 302
        assert not holds(Person.objects.get(pk=somebody.pk), Role.ANALYST)
        assert "already ended" in browser.post(address).content.decode()

    def test_a_line_manager_is_recorded(self, browser, somebody):
        address = reverse("accounts:person_manager", args=[somebody.pk])
        assert browser.get(address).status_code == 200
        own = {"given_name": "Ama", "email": "AMA@example.org"}
        assert "Nobody is their own" in browser.post(address, own).content.decode()
        sent = {"given_name": "Mo", "email": "mo@example.org"}
        assert browser.post(address, sent).status_code == 302
        assert somebody.managers.get().manager.given_name == "Mo"


class TestMerging:
    def test_both_are_shown_before_they_become_one(self, browser, somebody):
        twin = PersonFactory(user=None, given_name="Ama", family_name="Mensa")
        address = reverse("accounts:merge", args=[somebody.pk])
        assert "Number of the other record" in browser.get(address).content.decode()
        page = browser.get(address, {"other": twin.pk}).content.decode()
        assert "Ama Mensa<" in page
        assert browser.post(f"{address}?other={twin.pk}").status_code == 302
        twin.refresh_from_db()
        assert twin.merged_into == somebody

    @pytest.mark.parametrize("number", ["999999", "0"])
    def test_a_number_of_nobody_is_said_so(self, browser, somebody, number):
        address = reverse("accounts:merge", args=[somebody.pk])
        page = browser.get(address, {"other": number}).content.decode()
        assert "no other record with that number" in page

    def test_two_accounts_are_not_brought_together(self, browser, somebody):
        other = PersonFactory(organisation=OrganisationFactory())
        address = reverse("accounts:merge", args=[somebody.pk])
        page = browser.post(f"{address}?other={other.pk}").content.decode()
        assert "an account of their own" in page
