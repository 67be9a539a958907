from datetime import datetime

from django.db import transaction

from lic_site.accounts import audit
from lic_site.accounts.enums import OrganisationKind
from lic_site.accounts.models import Borough, Organisation, SubRegion
from lic_site.accounts.reference import (
    AUTHORITIES,
    COUNCIL_NAMES,
    OTHER_ORGANISATIONS,
    SUB_REGION_SOURCE,
)


@transaction.atomic
def load_authorities(*, at: datetime) -> None:
    """Load the sub-regions, the 33 authorities, their councils and the programme's own
    organisations. Whatever is there already stays as it has been edited.
    """
    boroughs: dict[str, Borough] = {}
    for gss_code, dfe_number, name, sub_region_name in AUTHORITIES:
        borough = Borough.objects.filter(gss_code=gss_code).first()
        if borough is None:
            sub_region, _ = SubRegion.objects.get_or_create(
                name=sub_region_name, defaults={"source": SUB_REGION_SOURCE}
            )
            borough = Borough.objects.create(
                name=name, gss_code=gss_code, dfe_number=dfe_number, sub_region=sub_region
            )
            audit.record("accounts.borough_loaded", by=None, at=at, thing=borough)
            council = COUNCIL_NAMES.get(gss_code, f"{name} Council")
            _load_organisation(council, OrganisationKind.COUNCIL, [borough], at)
        boroughs[gss_code] = borough
    for name, kind, codes in OTHER_ORGANISATIONS:
        _load_organisation(name, kind, [boroughs[code] for code in codes], at)


def _load_organisation(
    name: str, kind: OrganisationKind, boroughs: list[Borough], at: datetime
) -> None:
    organisation, is_new = Organisation.objects.get_or_create(name=name, defaults={"kind": kind})
    if is_new:
        organisation.boroughs.set(boroughs)
        audit.record("accounts.organisation_loaded", by=None, at=at, thing=organisation)
