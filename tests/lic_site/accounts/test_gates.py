"""Who must do more than sign in: a second factor for roles, a role for the editors' pages."""

import pytest
from allauth.mfa.adapter import get_adapter
from allauth.mfa.models import Authenticator
from django.contrib.auth.models import Group

from lic_site.accounts.enums import Role
from tests.factories.people import PersonFactory, staff

pytestmark = pytest.mark.django_db

LOGIN = "/accounts/login/"


class TestSecondFactor:
    @pytest.fixture(autouse=True)
    def outside_the_demonstration(self, settings):
        settings.DEMO = False

    def test_a_granted_role_does_nothing_before_it_is_set_up(self, signed_in):
        admin = staff()
        browser = signed_in(admin)
        response = browser.get("/staff/people/")
        assert response.url == "/accounts/second-factor/?next=/staff/people/"
        assert "two minutes" in browser.get(response.url).content.decode()
        assert browser.get("/my/data/").status_code == 200
        Authenticator.objects.create(user=admin.user, type=Authenticator.Type.TOTP, data={})
        assert browser.get("/staff/people/").status_code == 200

    def test_recovery_codes_alone_are_none(self, signed_in):
        admin = staff()
        kind = Authenticator.Type.RECOVERY_CODES
        Authenticator.objects.create(user=admin.user, type=kind, data={})
        assert signed_in(admin).get("/staff/people/").status_code == 302

    def test_the_public_pages_stay_open(self, signed_in):
        assert "second-factor" not in signed_in(staff()).get("/").headers.get("Location", "")

    def test_whoever_sees_nobody_s_records_is_only_offered_it(self, signed_in):
        assert signed_in(PersonFactory()).get("/my/profile/").status_code == 200

    def test_a_role_that_begins_is_felt_with_the_next_click(self, signed_in, cast):
        browser = signed_in(cast.owner)
        assert browser.get("/my/profile/").status_code == 200
        admin = staff()
        cast.owner.grants.create(
            role=Role.ANALYST,
            starts_on="2020-01-01",
            ends_on="2099-01-01",
            granted_by=admin,
            granted_at="2020-01-01T00:00Z",
        )
        assert browser.get("/my/profile/").status_code == 302

    def test_in_the_demonstration_it_is_offered(self, signed_in, settings):
        settings.DEMO = True
        assert signed_in(staff()).get("/staff/people/").status_code == 200

    def test_its_secrets_are_sealed_and_its_name_is_neutral(self):
        adapter = get_adapter()
        sealed = adapter.encrypt("a secret")
        assert "a secret" not in sealed
        assert adapter.decrypt(sealed) == "a secret"
        assert adapter._get_site_name() == adapter.get_totp_issuer() == "Programme office"


class TestEditorGate:
    def test_visitors_sign_in_and_others_find_nothing(self, client, signed_in):
        assert client.get("/manage/").url == "/accounts/login/?next=/manage/"
        assert signed_in(PersonFactory()).get("/manage/").status_code == 404
        assert signed_in(staff(Role.ANALYST)).get("/manage/pages/").status_code == 404

    def test_a_user_left_in_the_group_after_the_role_ended_is_kept_out(self, signed_in):
        person = PersonFactory()
        person.user.groups.add(Group.objects.get(name="Editors"))
        assert signed_in(person).get("/manage/").status_code == 404

    def test_only_the_editor_s_pages_may_run_inline_script(self, client):
        assert "unsafe-inline" in client.get("/manage/")["Content-Security-Policy"]
        assert "unsafe-inline" not in client.get(LOGIN)["Content-Security-Policy"]
