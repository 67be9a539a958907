"""A real site's first hour."""

import io

import pytest
from django.contrib.auth.models import Group
from django.core.management import CommandError, call_command
from wagtail.models import GroupPagePermission, Page, Site

from cms.models import HomePage, StandardPage
from cohorts.programme.models import Funding, PositiveActionRecord, Programme, Strand
from lic_site.accounts.enums import Role
from lic_site.accounts.models import Borough, ContactAddress, RoleGrant
from lic_site.accounts.services.editors import EDITOR_GROUPS
from lic_site.notices.models import ReminderRule


def bootstrap(**options: str) -> str:
    said = io.StringIO()
    call_command("bootstrap", stdout=said, **options)
    return said.getvalue()


def counts() -> dict[str, int]:
    models = (Page, Site, Group, GroupPagePermission, Borough, Programme, Strand, ReminderRule)
    return {model.__name__: model.objects.count() for model in models}


def test_a_new_site_has_all_it_needs(db: None) -> None:
    bootstrap()
    assert Borough.objects.count() == 33
    assert Strand.objects.count() == 3
    assert "58.6%" in PositiveActionRecord.objects.get().evidence
    assert Funding.objects.get().allocated == 50_000
    assert Site.objects.get().root_page == HomePage.objects.get().page_ptr
    for group in Group.objects.filter(name__in=EDITOR_GROUPS):
        assert group.permissions.filter(codename="access_admin").exists()
        assert not group.permissions.filter(content_type__model="user").exists()


def test_a_second_run_changes_nothing_that_was_edited(db: None) -> None:
    bootstrap()
    before = counts()
    page = StandardPage.objects.get(slug="about")
    page.title = "Who we are"
    page.save_revision().publish()
    Programme.objects.update(aims="Edited")
    bootstrap()
    assert counts() == before
    assert StandardPage.objects.get(slug="about").title == "Who we are"
    assert Programme.objects.get().aims == "Edited"


def test_a_page_that_is_missing_comes_back(db: None) -> None:
    bootstrap()
    StandardPage.objects.get(slug="cookies").delete()
    bootstrap()
    assert StandardPage.objects.get(slug="cookies").body


def test_the_first_admin_is_told_what_to_do(db: None) -> None:
    said = bootstrap(admin="Office@Example.org", name="Ada Lovelight")
    assert "/accounts/signup/" in said
    person = ContactAddress.objects.get(email="office@example.org").person
    assert (person.given_name, person.family_name) == ("Ada", "Lovelight")
    held = set(RoleGrant.objects.filter(person=person).values_list("role", flat=True))
    assert held == {Role.COLLEGE_ADMIN, Role.PROGRAMME_LEAD}
    bootstrap(admin="office@example.org")
    assert RoleGrant.objects.count() == 2


def test_an_address_that_is_none_is_refused(db: None) -> None:
    with pytest.raises(CommandError, match=r"write it as name@example\.org"):
        bootstrap(admin="office")


def test_it_can_name_each_step(db: None) -> None:
    said = io.StringIO()
    call_command("bootstrap", verbosity=2, stdout=said)
    assert "cms.services.starting_site.plant" in said.getvalue()
