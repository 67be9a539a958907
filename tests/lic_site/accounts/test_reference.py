from datetime import UTC, datetime

import pytest

from lic_site.accounts.models import AuditEvent, Borough, Organisation, SubRegion
from lic_site.accounts.services.reference import load_authorities

AT = datetime(2026, 11, 21, 9, tzinfo=UTC)

pytestmark = pytest.mark.django_db


def test_all_33_authorities_with_their_codes_and_councils():
    load_authorities(at=AT)
    assert Borough.objects.count() == 33
    haringey = Borough.objects.get(gss_code="E09000014")
    assert (haringey.name, haringey.dfe_number) == ("Haringey", 309)
    assert haringey.sub_region.name == "North-Central"
    assert haringey.organisations.get().name == "Haringey Council"
    assert Organisation.objects.filter(kind="council").count() == 33


def test_the_joint_service_serves_kingston_and_richmond():
    load_authorities(at=AT)
    names = Organisation.objects.get(name="Achieving for Children").boroughs.values_list("name")
    assert [name for (name,) in names] == ["Kingston upon Thames", "Richmond upon Thames"]


def test_loading_again_keeps_what_was_edited_and_writes_nothing():
    load_authorities(at=AT)
    events = AuditEvent.objects.count()
    central = SubRegion.objects.create(name="Central", source="The alliance, November 2026")
    Borough.objects.filter(gss_code="E09000007").update(sub_region=central)
    load_authorities(at=AT)
    assert Borough.objects.get(gss_code="E09000007").sub_region == central
    assert AuditEvent.objects.count() == events


def test_every_sub_region_says_that_it_is_an_assumption():
    load_authorities(at=AT)
    assert SubRegion.objects.count() == 4
    assert all("assumption" in region.source for region in SubRegion.objects.all())
