"""The editor: reference lists are kept there, and no person is."""

import pytest
from django.apps import apps
from django.utils import timezone
from wagtail.snippets.models import get_snippet_models

from lic_site.accounts.enums import Role
from lic_site.accounts.models import Borough, SubRegion
from lic_site.accounts.services.editors import prepare_editors
from lic_site.accounts.services.reference import load_authorities
from lic_site.accounts.services.roles import grant_role
from tests.factories.people import PersonFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def browser(signed_in):
    now = timezone.now()
    prepare_editors(at=now)
    load_authorities(at=now)
    editor = PersonFactory()
    today = timezone.localdate()
    grant_role(person=editor, role=Role.EDITOR, starts_on=today, ends_on=today, by=None, at=now)
    return signed_in(editor)


@pytest.mark.parametrize("name", ["subregion", "borough", "organisation"])
def test_editors_keep_the_reference_lists(browser, name):
    assert browser.get(f"/manage/snippets/accounts/{name}/").status_code == 200


def test_a_sub_region_is_edited_with_its_source(browser):
    region = SubRegion.objects.get(name="East")
    sent = {"name": "East", "source": "Letter of 1 June 2027", "valid_from": "", "valid_to": ""}
    browser.post(f"/manage/snippets/accounts/subregion/edit/{region.pk}/", sent)
    region.refresh_from_db()
    assert region.source == "Letter of 1 June 2027"
    assert Borough.objects.filter(sub_region=region).count() == 8


def test_no_person_is_registered_and_users_and_groups_are_out_of_reach(browser):
    names = {model._meta.label for model in get_snippet_models()}
    people = {"Person", "User", "RoleGrant", "ContactAddress", "EqualityRecord", "AuditEvent"}
    assert not {name for name in names if name.rpartition(".")[2] in people}
    assert apps.is_installed("wagtail.users")
    for path in ("users", "groups"):
        assert browser.get(f"/manage/{path}/").status_code in {302, 403, 404}
    home = browser.get("/manage/").content.decode()
    assert "/manage/users/" not in home
