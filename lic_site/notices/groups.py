"""Groups of people that belong to no app above: whoever holds a role that was granted."""

from collections.abc import Iterable, Mapping

from django import forms
from django.db.models import QuerySet
from django.utils import timezone

from lic_site.accounts.enums import Role
from lic_site.accounts.models import Person, RoleGrant
from lic_site.notices.segments import Chosen, Segment, area_field, area_told, in_area, on_record


class RoleHolders(Segment):
    name = "notices.roles"
    title = "People who hold a role"
    hint = "Coordinators, organisers, analysts, editors and others to whom a role was given."
    why = "You receive this because of the role you hold with the programme office."

    def fields(self) -> Mapping[str, forms.Field]:
        return {
            "roles": forms.MultipleChoiceField(
                label="Which roles?", choices=Role.choices, widget=forms.CheckboxSelectMultiple
            ),
            "area": area_field(),
        }

    def people(self, chosen: Chosen) -> QuerySet[Person]:
        grants = RoleGrant.objects.live(timezone.localdate()).filter(role__in=chosen["roles"])
        return in_area(on_record(pk__in=grants.values("person")), chosen["area"])

    def told(self, chosen: Chosen) -> Iterable[str]:
        yield ", ".join(Role(role).label for role in chosen["roles"])
        yield from filter(None, [area_told(chosen["area"])])


SEGMENTS: list[Segment] = [RoleHolders()]
