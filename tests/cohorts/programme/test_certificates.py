"""Certificates: issued, issued again, checked; and what the check never tells."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cohorts.programme import certificates as paper
from cohorts.programme.enums import EnrolmentState
from cohorts.programme.kinds.places import CertificateReady
from cohorts.programme.models import Certificate, Enrolment
from cohorts.programme.references import ALPHABET, new_certificate_number
from cohorts.programme.services import certificates as verbs
from cohorts.programme.services import erasing
from lic_site.accounts.models import AuditEvent, Person
from lic_site.notices.models import Notice
from tests.factories.people import PersonFactory, staff
from tests.factories.programme import EnrolmentFactory
from tests.factories.running import CertificateFactory, a_running_cohort
from tests.support.people import NOW

pytestmark = pytest.mark.django_db

UNPRINTABLE = "Zoë \u0378"


@pytest.fixture
def admin() -> Person:
    return staff()


def completed(person: Person | None = None) -> Enrolment:
    place: Enrolment = EnrolmentFactory(
        cohort=a_running_cohort(),
        person=person or PersonFactory(),
        state=EnrolmentState.COMPLETED,
        ended_at=NOW,
    )
    return place


def test_numbers_are_long_and_never_the_same() -> None:
    numbers = {new_certificate_number() for _ in range(500)}
    assert len(numbers) == 500
    assert all(len(number) == 19 and set(number) <= {*ALPHABET, "-"} for number in numbers)


class TestIssuing:
    def test_whoever_completed_gets_one_and_is_told_once(self, admin: Person) -> None:
        place, active = completed(), EnrolmentFactory(cohort=a_running_cohort())
        for _ in range(2):
            verbs.issue_certificates(enrolments=[place, active], by=admin, at=NOW)
        made = Certificate.objects.get()
        assert (made.enrolment, made.issue, made.issued_by) == (place, 1, admin)
        assert made.issued_on == date(2026, 11, 21)
        assert made.family_name == place.person.family_name
        notice = Notice.objects.get()
        assert (notice.kind, notice.recipient) == ("programme.certificate_ready", place.person)
        assert AuditEvent.objects.filter(verb="programme.certificate_issued").count() == 1

    def test_a_name_that_cannot_be_printed_waits_for_another(self, admin: Person) -> None:
        place = completed(PersonFactory(given_name="Zoë", family_name="\u0378"))
        issued = verbs.issue_certificates(enrolments=[place], by=admin, at=NOW)
        assert (issued.certificates, issued.left_out) == ((), (place,))
        with pytest.raises(verbs.CannotPrint):
            verbs.reissue_certificate(
                enrolment=place, name=UNPRINTABLE, family_name="", by=admin, at=NOW
            )
        made = verbs.reissue_certificate(
            enrolment=place, name="Zoë Smile", family_name="Smile", by=admin, at=NOW
        )
        assert (made.issue, made.name) == (1, "Zoë Smile")

    def test_one_name_alone_is_the_last_name_too(self, admin: Person) -> None:
        place = completed(PersonFactory(given_name="Adaeze", family_name=""))
        verbs.issue_certificates(enrolments=[place], by=admin, at=NOW)
        assert Certificate.objects.get().family_name == "Adaeze"

    def test_issued_again_it_keeps_its_number(self, admin: Person) -> None:
        held = CertificateFactory(name="Ana Old", family_name="Old")
        again = verbs.reissue_certificate(
            enrolment=held.enrolment, name="Ana New", family_name="New", by=admin, at=NOW
        )
        assert (again.number, again.issue, again.name) == (held.number, 2, "Ana New")
        assert again.issued_on == held.issued_on
        assert verbs.check_certificate(number=held.number, family_name="new")
        assert not verbs.check_certificate(number=held.number, family_name="Old")
        kind, anchor = CertificateReady(), CertificateReady().anchor(again.pk)
        assert anchor is not None
        assert kind.context(anchor, again.enrolment.person)["is_again"]
        assert kind.context(anchor, again.enrolment.person).keys() == kind.sample().keys()
        assert kind.is_wanted(anchor, again.enrolment.person)

    def test_only_for_who_completed_and_never_ones_own(self, admin: Person) -> None:
        active = EnrolmentFactory(cohort=a_running_cohort())
        with pytest.raises(verbs.NotCompleted):
            verbs.reissue_certificate(
                enrolment=active, name="A B", family_name="B", by=admin, at=NOW
            )
        own = completed(admin)
        assert not verbs.issue_certificates(enrolments=[own], by=admin, at=NOW).certificates
        with pytest.raises(verbs.OwnCertificate):
            verbs.reissue_certificate(enrolment=own, name="A B", family_name="B", by=admin, at=NOW)

    def test_withdrawn_once_it_is_confirmed_no_more(self, admin: Person) -> None:
        held = CertificateFactory()
        person = held.enrolment.person
        verbs.withdraw_certificate(enrolment=held.enrolment, by=admin, at=NOW)
        with pytest.raises(verbs.AlreadyWithdrawn):
            verbs.withdraw_certificate(enrolment=held.enrolment, by=admin, at=NOW)
        held.refresh_from_db()
        assert not CertificateReady().is_wanted(held, person)
        assert not verbs.check_certificate(number=held.number, family_name=person.family_name)
        issued = verbs.issue_certificates(enrolments=[held.enrolment], by=admin, at=NOW)
        assert [each.issue for each in issued.certificates] == [2]


class TestChecking:
    def test_the_holder_switches_it_off_and_on(self) -> None:
        held = CertificateFactory()
        person = held.enrolment.person
        for checkable in (False, False, True):
            verbs.set_checkable(certificate=held, checkable=checkable, by=person, at=NOW)
            found = verbs.check_certificate(number=held.number, family_name=person.family_name)
            assert (found is not None) == checkable
        assert AuditEvent.objects.filter(verb="programme.certificate_changed").count() == 2

    def test_it_says_which_programme_and_when_and_nothing_else(self) -> None:
        held = CertificateFactory()
        found = verbs.check_certificate(
            number=held.number, family_name=held.enrolment.person.family_name
        )
        assert found == verbs.Confirmed(held.enrolment.cohort.programme.name, held.issued_on)

    def test_once_the_person_is_erased_nothing_confirms_it(self, admin: Person) -> None:
        held = CertificateFactory()
        name = held.family_name
        erasing.erase_places(held.enrolment.person, NOW)
        held.refresh_from_db()
        assert (held.name, held.family_name) == ("", "")
        assert Enrolment.objects.filter(state=EnrolmentState.COMPLETED).count() == 1
        for typed in (name, "", "-"):
            assert not verbs.check_certificate(number=held.number, family_name=typed)
        Person.objects.filter(pk=held.enrolment.person_id).update(erased_at=NOW)
        Certificate.objects.update(withdrawn_at=NOW)
        assert not verbs.issue_certificates(
            enrolments=[held.enrolment], by=admin, at=NOW
        ).certificates

    @pytest.mark.parametrize(
        "typed", ["O'Neill-Özgür", "oneill ozgur", "O’NEILL ÖZGÜR", " o neill-ozgur "]
    )
    def test_last_names_are_forgiving(self, typed: str) -> None:
        assert paper.same_name(typed, "O’Neill-Özgür")

    @pytest.mark.parametrize(
        ("one", "other"), [("Sørensen", "sorensen"), ("Łuć", "luc"), ("Weiß", "WEISS")]
    )
    def test_letters_without_a_mark_to_take_off_too(self, one: str, other: str) -> None:
        assert paper.same_name(one, other)

    @given(st.text(max_size=20), st.text(max_size=20))
    def test_two_names_are_one_either_way_round(self, one: str, other: str) -> None:
        assert paper.same_name(one, other) == paper.same_name(other, one)
        assert paper.same_name(one, one) == any(paper._plain(one))

    @given(st.text(max_size=30))
    def test_whatever_is_typed_is_a_number_or_nothing(self, typed: str) -> None:
        tidy = paper.tidy_number(typed)
        assert not tidy or len(tidy) == 19
        assert paper.tidy_number(tidy) == tidy

    def test_a_number_is_read_however_it_was_typed(self) -> None:
        assert paper.tidy_number("7k4m 9pqx3bdt–w8hn") == "7K4M-9PQX-3BDT-W8HN"
