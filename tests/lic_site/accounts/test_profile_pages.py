"""A person's own pages: what they see, correct, tell and take back."""

import json
from io import BytesIO
from zipfile import ZipFile

import pytest
from django.urls import reverse

from lic_site.accounts import audit
from lic_site.accounts.models import AuditEvent, ContactAddress, Person
from lic_site.accounts.services.equality import equality_answers
from lic_site.accounts.services.privacy import erase_person
from tests.factories.people import (
    ContactAddressFactory,
    OrganisationFactory,
    PersonFactory,
    UserFactory,
    staff,
)
from tests.support.people import NOW, reauthenticated

pytestmark = pytest.mark.django_db

OWN = (
    "profile",
    "details",
    "employer",
    "manager",
    "addresses",
    "equality",
    "ethnic_group",
    "equality_more",
    "data",
    "who_looked",
    "second_factor",
)


@pytest.fixture
def me():
    return PersonFactory(given_name="Alice", family_name="Owner")


@pytest.fixture
def browser(me, signed_in):
    return signed_in(me)


@pytest.mark.parametrize("name", OWN)
def test_a_visitor_signs_in_first_and_comes_back(client, name):
    address = reverse(f"accounts:{name}")
    response = client.get(address)
    assert response.status_code == 302
    assert response.url == f"/accounts/login/?next={address}"


@pytest.mark.parametrize("name", OWN)
def test_own_pages_open_and_are_kept_nowhere(browser, name):
    response = browser.get(reverse(f"accounts:{name}"))
    assert response.status_code == 200
    assert "no-store" in response["Cache-Control"]


class TestAboutYou:
    def test_a_user_who_is_nobody_yet_says_who_they_are_and_goes_on(self, client):
        user = UserFactory()
        client.force_login(user)
        address = reverse("accounts:about_you")
        assert client.get("/my/profile/").url == f"{address}?next=/my/profile/"
        answers = {
            "given_name": "Ama",
            "family_name": "Mensah",
            "job_title": "Service manager",
            "grade_band": "middle_manager",
            "organisation": OrganisationFactory().pk,
        }
        assert client.get(address).status_code == 200
        assert client.post(f"{address}?next=/my/profile/", answers).url == "/my/profile/"
        assert Person.objects.get(user=user).name == "Ama Mensah"
        assert client.get(address).url == "/my/"

    def test_nothing_typed_is_lost(self, client):
        client.force_login(UserFactory())
        page = client.post(reverse("accounts:about_you"), {"given_name": "Ama"}).content.decode()
        assert 'value="Ama"' in page
        assert "Choose who you work for." in page

    def test_it_leads_to_no_other_site(self, client):
        client.force_login(PersonFactory().user)
        response = client.get(reverse("accounts:about_you") + "?next=https://evil.example/")
        assert response.url == "/my/"


class TestCorrecting:
    def test_details(self, browser, me):
        sent = {
            "given_name": "Alicia",
            "family_name": "Owner",
            "job_title": "Head of service",
            "grade_band": "head_of_service",
        }
        assert browser.post(reverse("accounts:details"), sent).url == reverse("accounts:profile")
        me.refresh_from_db()
        assert (me.given_name, me.job_title) == ("Alicia", "Head of service")

    def test_employer(self, browser, me):
        council = OrganisationFactory()
        browser.post(reverse("accounts:employer"), {"organisation": council.pk})
        me.refresh_from_db()
        assert me.organisation == council

    def test_manager(self, browser, me):
        sent = {"given_name": "Mo", "family_name": "", "email": "MO@example.org"}
        browser.post(reverse("accounts:manager"), sent)
        assert me.managers.get().manager.addresses.get().email == "mo@example.org"

    def test_an_address_typed_for_the_manager_tells_nothing_of_whose_it_is(self, browser, me):
        PersonFactory(given_name="Zuleika", user=None, address="zu@example.org")
        sent = {"given_name": "Somebody", "family_name": "Else", "email": "zu@example.org"}
        browser.post(reverse("accounts:manager"), sent)
        for name in ("profile", "data"):
            page = browser.get(reverse(f"accounts:{name}")).content.decode()
            assert "Somebody Else" in page
            assert "Zuleika" not in page

    def test_naming_oneself_as_manager_is_refused_in_words(self, browser, me):
        sent = {"given_name": "Alice", "email": me.user.email.upper()}
        page = browser.post(reverse("accounts:manager"), sent).content.decode()
        assert "Nobody is their own line manager" in page

    def test_addresses(self, browser, me):
        home = ContactAddressFactory(person=me, verified_at=NOW)
        work = me.addresses.exclude(pk=home.pk).get()
        sent = {"essential": work.pk, "optional": home.pk}
        browser.post(reverse("accounts:addresses"), sent)
        assert me.address_for("optional") == home.email

    def test_an_address_of_somebody_else_is_not_offered(self, browser):
        other = ContactAddressFactory(verified_at=NOW)
        sent = {"essential": other.pk, "optional": other.pk}
        page = browser.post(reverse("accounts:addresses"), sent)
        assert page.status_code == 200
        assert not ContactAddress.objects.filter(for_optional=True).exists()


class TestEquality:
    def test_three_pages_and_back_to_where_they_came_from(self, browser, me):
        onward = "?next=/my/profile/"
        page = browser.get(reverse("accounts:equality") + onward).content.decode()
        assert "Leave this out" in page
        group = reverse("accounts:ethnic_group") + onward
        background = reverse("accounts:ethnic_background") + "?next=%2Fmy%2Fprofile%2F"
        response = browser.post(group, {"ethnic_group": "black"})
        assert response.url == background
        assert "Caribbean" in browser.get(background).content.decode()
        sent = {"ethnic_detail": "african", "ethnic_own_words": "Ghanaian and British"}
        response = browser.post(background, sent)
        response = browser.post(response.url, {"sex": "female", "age_band": "prefer_not_to_say"})
        page = browser.get(response.url).content.decode()
        assert "Ghanaian and British" in page
        assert 'href="/my/profile/"' in page
        assert equality_answers(me)["ethnic_detail"] == "african"

    def test_prefer_not_to_say_skips_the_second_step_and_takes_back_its_answer(self, browser, me):
        browser.post(reverse("accounts:ethnic_group"), {"ethnic_group": "asian"})
        browser.post(reverse("accounts:ethnic_background"), {"ethnic_detail": "indian"})
        sent = {"ethnic_group": "prefer_not_to_say"}
        response = browser.post(reverse("accounts:ethnic_group"), sent)
        assert response.url == reverse("accounts:equality_more")
        assert equality_answers(me) == {"ethnic_group": "prefer_not_to_say"}

    def test_the_second_step_needs_the_first(self, browser):
        response = browser.get(reverse("accounts:ethnic_background"))
        assert response.url == reverse("accounts:ethnic_group")

    def test_answers_are_taken_back_by_post_alone(self, browser, me):
        browser.post(reverse("accounts:equality_more"), {"sex": "female"})
        assert browser.get(reverse("accounts:equality_withdraw")).status_code == 405
        browser.post(reverse("accounts:equality_withdraw"))
        assert equality_answers(me) == {}

    def test_an_answer_not_offered_is_not_taken(self, browser, me):
        page = browser.post(reverse("accounts:ethnic_group"), {"ethnic_group": "martian"})
        assert page.status_code == 200
        assert equality_answers(me) == {}


class TestData:
    def test_everything_held_is_shown_and_who_looked_by_role_alone(self, browser, me, signed_in):
        admin = staff(given_name="Nosy", family_name="Parker")
        signed_in(admin).get(f"/staff/people/{me.pk}/")
        page = browser.get(reverse("accounts:data")).content.decode()
        assert "Alice" in page
        assert "Person viewed" in page
        assert "Staff College admin" in page
        assert "Parker" not in page

    def test_the_download_asks_again_who_it_is(self, browser, me):
        me.user.set_password("a-long-enough-secret")
        me.user.save()
        browser.force_login(me.user)
        response = browser.post(reverse("accounts:download"))
        assert response.url.startswith("/accounts/reauthenticate/")

    def test_the_download_holds_the_same_twice_and_is_written_down(self, browser, me):
        browser.post(reverse("accounts:equality_more"), {"sex": "female"})
        response = reauthenticated(browser).post(reverse("accounts:download"))
        assert response["Content-Disposition"] == 'attachment; filename="your-records.zip"'
        packed = ZipFile(BytesIO(response.content))
        records = json.loads(packed.read("your-records.json"))
        assert "Female" in str(records)
        assert "Alice" in packed.read("your-records.html").decode()
        event = AuditEvent.objects.get(verb="accounts.own_data_exported")
        assert event.subject_id == me.pk

    def test_deleting_asks_once_more_and_signs_out(self, browser, me):
        reauthenticated(browser)
        address = reverse("accounts:delete")
        assert "cannot be undone" in browser.get(address).content.decode()
        assert Person.objects.get(pk=me.pk).erased_at is None
        assert browser.post(address).url == reverse("accounts:deleted")
        assert Person.objects.get(pk=me.pk).erased_at is not None
        assert browser.get(reverse("accounts:deleted")).status_code == 200
        assert browser.get(reverse("accounts:profile")).status_code == 302

    def test_deeds_are_told_as_mine_the_site_s_or_somebody_s(self, browser, me):
        stranger = PersonFactory()
        for by in (me, None, stranger):
            audit.record("tests.thing_changed", by=by, at=NOW, subject=me)
        erased = PersonFactory()
        audit.record("tests.thing_changed", by=erased, at=NOW, subject=me)
        erase_person(person=erased, by=None, at=NOW)
        page = browser.get(reverse("accounts:who_looked")).content.decode()
        for who in (">You<", "The site itself", "Somebody who was allowed to"):
            assert who in page
