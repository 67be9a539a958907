"""The reference lists that editors keep. No model of people is registered in the editor."""

from wagtail.snippets.models import register_snippet
from wagtail.snippets.views.snippets import SnippetViewSet, SnippetViewSetGroup

from lic_site.accounts.models import Borough, Organisation, SubRegion


class SubRegionViewSet(SnippetViewSet):
    model = SubRegion
    icon = "site"
    menu_label = "Sub-regions"
    list_display = ["name", "source", "valid_from", "valid_to"]
    form_fields = ["name", "source", "valid_from", "valid_to"]


class BoroughViewSet(SnippetViewSet):
    model = Borough
    icon = "site"
    menu_label = "Boroughs"
    list_display = ["name", "gss_code", "dfe_number", "sub_region"]
    list_filter = ["sub_region"]
    search_fields = ["name", "gss_code"]
    form_fields = ["name", "gss_code", "dfe_number", "sub_region"]


class OrganisationViewSet(SnippetViewSet):
    model = Organisation
    icon = "group"
    menu_label = "Organisations"
    list_display = ["name", "kind", "ended_on"]
    list_filter = ["kind"]
    search_fields = ["name"]
    form_fields = ["name", "kind", "boroughs", "ended_on"]


class ReferenceLists(SnippetViewSetGroup):
    items = (SubRegionViewSet, BoroughViewSet, OrganisationViewSet)
    menu_label = "Reference lists"
    menu_icon = "list-ul"
    menu_order = 800


register_snippet(ReferenceLists)
