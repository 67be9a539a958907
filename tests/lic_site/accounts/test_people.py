"""Who a person is: claimed once, found by any of their addresses, never doubled."""

from datetime import UTC, date, datetime

import pytest
from allauth.account.models import EmailAddress

from lic_site.accounts.enums import GradeBand, Role
from lic_site.accounts.models import AuditEvent, ContactAddress, ManagerRelation, Person, User
from lic_site.accounts.models.equality import EqualityRecord
from lic_site.accounts.policies import holds
from lic_site.accounts.services import people
from lic_site.accounts.services.equality import equality_answers, record_equality
from tests.factories.people import (
    ContactAddressFactory,
    ManagerRelationFactory,
    OrganisationFactory,
    PersonFactory,
    RoleGrantFactory,
    UserFactory,
    staff,
)

AT = datetime(2026, 11, 21, 9, tzinfo=UTC)

pytestmark = pytest.mark.django_db


def add(email, **names):
    return people.find_or_add_person(
        email=email, given_name=names.get("given_name", "Ama"), by=None, at=AT
    )


def test_an_address_typed_in_two_cases_is_one_person():
    first = add("Ama.Mensah@Example.org")
    assert add(" ama.mensah@example.ORG ") == first
    assert ContactAddress.objects.get().email == "ama.mensah@example.org"


def test_two_who_add_an_address_at_once_make_one_person(monkeypatch):
    real = people.transaction.atomic

    def after_somebody_else(*args, **options):
        monkeypatch.setattr(people.transaction, "atomic", real)
        add("ama@example.org")
        return real(*args, **options)

    monkeypatch.setattr(people.transaction, "atomic", after_somebody_else)
    assert add("Ama@example.org") == Person.objects.get()


def test_somebody_known_keeps_the_name_they_gave():
    known = PersonFactory(address="known@example.org")
    add("KNOWN@example.org", given_name="Typed")
    known.refresh_from_db()
    assert known.given_name.startswith("Given")


def test_a_user_claims_the_person_whom_a_verified_address_belongs_to():
    person = add("ama@example.org")
    user = UserFactory(email="ama@example.org")
    assert people.claim_person(user=user, at=AT) == person
    person.refresh_from_db()
    address = person.addresses.get()
    assert person.user == user
    assert (address.verified_at, address.is_primary) == (AT, True)
    assert AuditEvent.objects.filter(verb="accounts.person_claimed").count() == 1


def test_an_address_not_verified_claims_nobody():
    add("ama@example.org")
    user = UserFactory(email="ama@example.org", verified_address=False)
    EmailAddress.objects.create(user=user, email="ama@example.org", verified=False)
    assert people.claim_person(user=user, at=AT) is None


def test_an_erased_person_is_not_claimed():
    Person.objects.filter(pk=add("ama@example.org").pk).update(erased_at=AT)
    assert people.claim_person(user=UserFactory(email="ama@example.org"), at=AT) is None


def test_signing_in_again_claims_nothing_new():
    person = PersonFactory()
    assert people.claim_person(user=person.user, at=AT) == person
    assert not AuditEvent.objects.exists()


def test_a_new_user_says_who_they_are_once():
    user = UserFactory()
    council = OrganisationFactory()
    person = people.introduce_oneself(
        user=user,
        given_name="Ama",
        family_name="Mensah",
        job_title="Service manager",
        grade_band=GradeBand.MIDDLE_MANAGER,
        organisation=council,
        at=AT,
    )
    assert person.address_for("essential") == user.email
    with pytest.raises(people.AlreadySomebody, match="profile page"):
        people.introduce_oneself(user=user, given_name="A", family_name="B", at=AT)


def test_addresses_of_a_user_who_is_nobody_yet_are_left_alone():
    people.follow_addresses(user=UserFactory(), at=AT)
    assert not ContactAddress.objects.exists()


def test_a_second_address_verified_is_followed_and_one_removed_goes():
    person = PersonFactory(address="one@example.org", user__email="one@example.org")
    EmailAddress.objects.create(user=person.user, email="two@example.org", verified=True)
    people.follow_addresses(user=person.user, at=AT)
    assert set(person.addresses.values_list("email", flat=True)) == {
        "one@example.org",
        "two@example.org",
    }
    EmailAddress.objects.filter(email="one@example.org").delete()
    EmailAddress.objects.filter(email="two@example.org").update(primary=True)
    people.follow_addresses(user=person.user, at=AT)
    address = person.addresses.get()
    assert (address.email, address.is_primary) == ("two@example.org", True)


def test_verifying_an_address_of_somebody_without_an_account_brings_both_together():
    person = PersonFactory()
    named_by_applicant = add("work@example.org")
    relation = ManagerRelationFactory(manager=named_by_applicant)
    EmailAddress.objects.create(user=person.user, email="work@example.org", verified=True)
    people.follow_addresses(user=person.user, at=AT)
    relation.refresh_from_db()
    named_by_applicant.refresh_from_db()
    assert relation.manager == person
    assert named_by_applicant.merged_into == person
    assert person.addresses.count() == 2


def test_records_that_clash_stay_apart_and_do_not_stop_a_sign_in():
    person = PersonFactory()
    named_as_own_manager = add("work@example.org")
    ManagerRelationFactory(person=person, manager=named_as_own_manager)
    EmailAddress.objects.create(user=person.user, email="work@example.org", verified=True)
    people.follow_addresses(user=person.user, at=AT)
    named_as_own_manager.refresh_from_db()
    assert named_as_own_manager.merged_into is None
    assert ContactAddress.objects.get(email="work@example.org").person == person


def test_an_address_given_up_elsewhere_moves_with_its_new_owner():
    former = PersonFactory(address="shared@example.org")
    former.addresses.update(for_essential=True)
    person = PersonFactory()
    EmailAddress.objects.create(user=person.user, email="shared@example.org", verified=True)
    people.follow_addresses(user=person.user, at=AT)
    address = ContactAddress.objects.get(email="shared@example.org")
    assert (address.person, address.for_essential) == (person, False)


def test_details_are_corrected_and_only_the_names_of_fields_are_written_down():
    person = PersonFactory(given_name="Ama")
    people.change_details(
        person=person, details={"given_name": "Amma", "job_title": "Team manager"}, by=person, at=AT
    )
    event = AuditEvent.objects.get()
    assert event.fields == ["given_name"]
    assert Person.objects.get(pk=person.pk).given_name == "Amma"
    people.change_details(person=person, details={"given_name": "Amma"}, by=person, at=AT)
    assert AuditEvent.objects.count() == 1


def test_a_new_employer_ends_what_was_held_for_the_old_one_and_nothing_else():
    person = staff(Role.BOROUGH_COORDINATOR)
    RoleGrantFactory(person=person, role=Role.ANALYST)
    people.change_employer(person=person, organisation=OrganisationFactory(), by=person, at=AT)
    today = date(2026, 11, 21)
    assert not holds(person, Role.BOROUGH_COORDINATOR, on=today)
    assert holds(person, Role.ANALYST, on=today)
    events = AuditEvent.objects.count()
    people.change_employer(person=person, organisation=person.organisation, by=person, at=AT)
    assert AuditEvent.objects.count() == events
    people.change_employer(person=person, organisation=None, by=person, at=AT)
    assert person.organisation is None


def test_a_person_chooses_where_each_kind_of_message_goes():
    person = PersonFactory(address="work@example.org", user__email="work@example.org")
    home = ContactAddressFactory(person=person, email="home@example.org", verified_at=AT)
    people.choose_address(person=person, address=home, category="optional", at=AT)
    assert person.address_for("optional") == "home@example.org"
    assert person.address_for("essential") == "work@example.org"
    work = person.addresses.get(email="work@example.org")
    people.choose_address(person=person, address=work, category="optional", at=AT)
    assert person.address_for("optional") == "work@example.org"


def test_messages_go_only_to_an_address_of_one_s_own_that_is_confirmed():
    person = PersonFactory()
    unconfirmed = ContactAddressFactory(person=person)
    for address in (unconfirmed, ContactAddressFactory(verified_at=AT)):
        with pytest.raises(people.NotYourAddress):
            people.choose_address(person=person, address=address, category="essential", at=AT)


def test_somebody_who_confirmed_nothing_is_written_to_where_they_were_named():
    assert add("manager@example.org").address_for("essential") == "manager@example.org"
    assert PersonFactory(user=None).address_for("essential") is None


def test_what_logs_and_the_editor_show_of_a_record_is_a_number():
    person = staff()
    records = (person, person.user, person.addresses.get(), person.grants.get())
    records += (ManagerRelationFactory(), person.organisation.boroughs.get().sub_region)
    record_equality(person=person, answers={"sex": "female"}, at=AT)
    shown = [str(record) for record in (*records[:5], EqualityRecord.objects.get())]
    assert all(words.rpartition(" ")[2].isdigit() for words in shown)
    assert person.user.get_short_name() == str(person.user)


def test_a_user_is_made_with_an_address_in_lower_case():
    user = User.objects.create_user("Ama@Example.org", "a-long-enough-secret")
    assert (user.email, user.check_password("a-long-enough-secret")) == ("ama@example.org", True)


class TestMerging:
    def test_everything_becomes_the_kept_person_s(self):
        keep, duplicate = PersonFactory(user=None, job_title=""), PersonFactory(user=None)
        ContactAddressFactory(person=keep, is_primary=True)
        ContactAddressFactory(person=duplicate, is_primary=True, for_essential=True)
        relation = ManagerRelationFactory(person=duplicate)
        by = staff()
        people.merge_people(keep=keep, duplicate=duplicate, by=by, at=AT)
        keep.refresh_from_db()
        duplicate.refresh_from_db()
        assert ManagerRelation.objects.get(pk=relation.pk).person == keep
        assert keep.job_title == "Team manager"
        assert keep.addresses.count() == 2
        assert (duplicate.name, duplicate.merged_into) == ("", keep)
        event = AuditEvent.objects.get(verb="accounts.people_merged")
        assert (event.actor_id, event.subject_id) == (by.pk, keep.pk)

    def test_an_account_moves_to_the_kept_person(self):
        keep, duplicate = PersonFactory(user=None), PersonFactory()
        user = duplicate.user
        people.merge_people(keep=keep, duplicate=duplicate, by=keep, at=AT)
        assert Person.objects.get(user=user) == keep

    def test_of_two_equality_records_the_newer_stays(self):
        keep, duplicate = PersonFactory(user=None), PersonFactory(user=None)
        record_equality(person=keep, answers={"sex": "female"}, at=AT)
        record_equality(person=duplicate, answers={"sex": "male"}, at=AT.replace(year=2027))
        people.merge_people(keep=keep, duplicate=duplicate, by=keep, at=AT)
        assert equality_answers(keep) == {"sex": "male"}
        assert EqualityRecord.objects.count() == 1

    def test_two_accounts_or_one_person_are_refused(self):
        keep, duplicate = PersonFactory(), PersonFactory()
        with pytest.raises(people.TwoAccounts):
            people.merge_people(keep=keep, duplicate=duplicate, by=keep, at=AT)
        with pytest.raises(people.SamePerson):
            people.merge_people(keep=keep, duplicate=keep, by=keep, at=AT)

    def test_records_that_clash_are_left_as_they_were(self):
        keep, duplicate = PersonFactory(user=None), PersonFactory(user=None)
        ManagerRelationFactory(person=keep, manager=duplicate)
        with pytest.raises(people.RecordsClash, match="Settle that first"):
            people.merge_people(keep=keep, duplicate=duplicate, by=keep, at=AT)
        assert Person.objects.get(pk=duplicate.pk).merged_into is None
