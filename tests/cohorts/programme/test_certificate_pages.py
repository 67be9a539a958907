"""Certificates on the page: one's own, staff's, and the check that anybody may make."""

import logging
from io import BytesIO
from typing import Any

import pikepdf
import pytest
from django.core.cache import cache
from django.test import Client
from django.urls import reverse

from cohorts.programme.enums import CohortState, EnrolmentState
from cohorts.programme.models import Certificate, Cohort, Enrolment
from cohorts.programme.services import certificates as verbs
from lic_site.accounts.models import AuditEvent
from lic_site.common.pdf import Unprintable
from tests.factories.people import PersonFactory, staff
from tests.factories.programme import EnrolmentFactory
from tests.factories.running import CertificateFactory, a_running_cohort
from tests.support.people import NOW, Cast, SignedIn
from tests.support.queries import grows_not

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]

CHECK = "/certificates/check/"
UNKNOWN = "7777-7777-7777-7777"
LIST = "/my/certificates/"


@pytest.fixture(autouse=True)
def _no_limits_left() -> None:
    cache.clear()


def held_by(person: Any, **fields: Any) -> Certificate:
    place: Enrolment = EnrolmentFactory(
        cohort=a_running_cohort(), person=person, state=EnrolmentState.COMPLETED, ended_at=NOW
    )
    made: Certificate = CertificateFactory(enrolment=place, **fields)
    return made


def check(client: Client, number: str, family_name: str) -> str:
    data = {"number": number, "family_name": family_name}
    return client.post(CHECK, data).content.decode()


class TestChecking:
    def test_it_is_confirmed_without_a_name(self, client: Client) -> None:
        person = PersonFactory(given_name="Adaeze", family_name="Okónkwo-Bell")
        held = held_by(person)
        page = check(client, held.number.lower().replace("-", " "), "okonkwo bell")
        assert "This certificate is valid" in page
        assert "November 2026" in page
        assert held.enrolment.cohort.programme.name in page
        for told in ("Adaeze", "Okónkwo", "okonkwo", held.enrolment.cohort.name, held.number):
            assert told not in page

    def test_whatever_is_wrong_the_answer_is_one(self, client: Client, cast: Cast) -> None:
        held, off, gone = (held_by(PersonFactory(family_name="Samename")) for _ in range(3))
        verbs.set_checkable(certificate=off, checkable=False, by=off.enrolment.person, at=NOW)
        verbs.withdraw_certificate(enrolment=gone.enrolment, by=staff(), at=NOW)
        tries = [
            (UNKNOWN, "Samename"),
            (held.number, "Othernam"),
            (off.number, "Samename"),
            (gone.number, "Samename"),
        ]
        pages = set()
        for number, name in tries:
            page = check(Client(), number, name)
            token = page.partition('name="csrfmiddlewaretoken" value="')[2][:64]
            pages.add(page.replace(token, "").replace(number, "").replace(name, ""))
        assert len(pages) == 1
        assert "We cannot confirm this certificate" in pages.pop()

    def test_the_address_holds_the_number_and_a_look_asks_nothing(self, client: Client) -> None:
        held = held_by(PersonFactory())
        for number in (held.number, UNKNOWN):
            response = client.get(f"{CHECK}{number}/")
            assert number in response.content.decode()
            assert "noindex" in response.headers["X-Robots-Tag"]
            assert '<meta name="robots" content="noindex' in response.content.decode()
            assert "no-store" in response.headers["Cache-Control"]
        pages = {
            client.get(f"{CHECK}{number}/").content.decode().count("\n")
            for number in (held.number, UNKNOWN)
        }
        assert len(pages) == 1

    def test_nothing_typed_is_told_what_is_missing(self, client: Client) -> None:
        page = check(client, "", "")
        assert "Write the number that is printed" in page
        assert "Write the last name" in page

    def test_names_are_not_guessed_for_ever_and_no_log_has_the_number(
        self, client: Client, caplog: pytest.LogCaptureFixture
    ) -> None:
        held = held_by(PersonFactory())
        caplog.set_level(logging.INFO)
        for _ in range(20):
            assert "We cannot confirm" in check(client, held.number, "Guessed")
        limited = client.post(CHECK, {"number": held.number, "family_name": held.family_name})
        assert limited.status_code == 429
        assert "too many certificate checks" in caplog.text
        lines = [str(vars(record)) for record in caplog.records if record.name != "allauth"]
        assert not [line for line in lines if held.number in line or "Guessed" in line]

    def test_it_is_in_no_list_of_pages(self, client: Client) -> None:
        assert b"certificates" not in client.get("/sitemap.xml").content


class TestOwn:
    def test_one_downloads_ones_own_under_a_name_that_says_nothing(
        self, cast: Cast, signed_in: SignedIn
    ) -> None:
        held = held_by(cast.owner)
        alice = signed_in(cast.owner)
        page = alice.get(LIST).content.decode()
        assert held.number in page
        assert f"{CHECK}{held.number}/" in page
        response = alice.get(reverse("programme:my_certificate", args=[held.pk]))
        assert response.headers["Content-Disposition"] == 'attachment; filename="certificate.pdf"'
        assert "private, no-store" in response.headers["Cache-Control"]
        with pikepdf.open(BytesIO(response.content)) as pdf:
            assert len(pdf.pages) == 1

    def test_others_get_nothing(self, cast: Cast, signed_in: SignedIn) -> None:
        held = held_by(cast.owner)
        file = reverse("programme:my_certificate", args=[held.pk])
        switch = reverse("programme:switch_checking", args=[held.pk])
        for other in (cast.colleague, cast.stranger, staff()):
            browser = signed_in(other)
            assert browser.get(file).status_code == 404
            assert browser.post(switch).status_code == 404
            assert held.number not in browser.get(LIST).content.decode()
        assert Client().get(file).status_code == 302
        assert signed_in(cast.owner).get(switch).status_code == 405

    def test_checking_is_switched_off_and_on(self, cast: Cast, signed_in: SignedIn) -> None:
        held = held_by(cast.owner)
        alice = signed_in(cast.owner)
        switch = reverse("programme:switch_checking", args=[held.pk])
        for answer, is_on in (("no", False), ("yes", True)):
            page = alice.post(switch, {"checkable": answer}, follow=True).content.decode()
            held.refresh_from_db()
            assert held.is_checkable == is_on
            assert ("Others can check it" in page) == is_on

    def test_withdrawn_it_is_gone_from_the_page(self, cast: Cast, signed_in: SignedIn) -> None:
        held = held_by(cast.owner, withdrawn_at=NOW)
        alice = signed_in(cast.owner)
        assert "No certificate yet" in alice.get(LIST).content.decode()
        assert alice.get(reverse("programme:my_certificate", args=[held.pk])).status_code == 404

    def test_a_font_that_has_gone_is_said_kindly(
        self, cast: Cast, signed_in: SignedIn, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        def no_font(*_args: object, **_kwargs: object) -> bytes:
            raise Unprintable

        monkeypatch.setattr("cohorts.programme.views.certificate_files.draw", no_font)
        held = held_by(cast.owner)
        alice = signed_in(cast.owner)
        page = alice.get(reverse("programme:my_certificate", args=[held.pk]), follow=True)
        assert "cannot be made just now" in page.content.decode()
        office = signed_in(staff())
        address = ("programme:participant_certificate", held.enrolment)
        url = reverse(address[0], args=[address[1].cohort.slug, address[1].pk])
        assert "Issue it again" in office.get(url, follow=True).content.decode()

    def test_the_list_grows_by_no_query(self, cast: Cast, signed_in: SignedIn) -> None:
        grows_not(signed_in(cast.owner), LIST, lambda: held_by(cast.owner), at_most=7)


class TestStaff:
    def url(self, name: str, place: Enrolment) -> str:
        return reverse(f"programme:{name}", args=[place.cohort.slug, place.pk])

    def test_a_download_is_written_down(self, signed_in: SignedIn) -> None:
        held = held_by(PersonFactory())
        admin = staff()
        response = signed_in(admin).get(self.url("participant_certificate", held.enrolment))
        assert response.headers["Content-Type"] == "application/pdf"
        looked = AuditEvent.objects.get(verb="programme.certificate_viewed")
        assert (looked.actor_id, looked.subject_id) == (admin.pk, held.enrolment.person_id)

    def test_it_is_issued_again_under_another_name(self, signed_in: SignedIn) -> None:
        held = held_by(PersonFactory())
        office = signed_in(staff())
        url = self.url("reissue_certificate", held.enrolment)
        assert held.name in office.get(url).content.decode()
        bad = office.post(url, {"name": "Zoë \u0378", "family_name": "New"}).content.decode()
        assert "letters in this name" in bad
        assert "New" in bad
        office.post(url, {"name": "Ana New", "family_name": "New"})
        held.refresh_from_db()
        assert (held.name, held.issue) == ("Ana New", 2)

    def test_it_is_withdrawn_after_a_question(self, signed_in: SignedIn) -> None:
        held = held_by(PersonFactory())
        office = signed_in(staff())
        url = self.url("withdraw_certificate", held.enrolment)
        assert "Withdraw the certificate" in office.get(url).content.decode()
        page = office.post(url, follow=True).content.decode()
        assert "The certificate is withdrawn." in page
        assert "It was withdrawn on 21 November 2026" in page
        assert "withdrawn already" in office.post(url, follow=True).content.decode()
        file = self.url("participant_certificate", held.enrolment)
        assert office.get(file).status_code == 404

    def test_whoever_has_none_gets_one(self, signed_in: SignedIn) -> None:
        cohort: Cohort = a_running_cohort()
        for name in ("Bell", "\u0378"):
            EnrolmentFactory(
                cohort=cohort,
                person=PersonFactory(given_name="Ana", family_name=name),
                state=EnrolmentState.COMPLETED,
                ended_at=NOW,
            )
        Cohort.objects.update(state=CohortState.COMPLETE)
        office = signed_in(staff())
        url = reverse("programme:complete", args=[cohort.slug])
        page = office.get(url).content.decode()
        assert "Completed, without a certificate" in page
        assert "cannot be printed" in page
        issue = reverse("programme:issue_certificates", args=[cohort.slug])
        page = office.post(issue, follow=True).content.decode()
        assert "1 certificate issued." in page
        assert "Ana Bell" not in page
