from typing import Any

from django.db import models
from django.http import HttpRequest
from django.utils import timezone
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.fields import StreamField
from wagtail.models import Page
from wagtail.search import index

from cms.blocks import PageBody
from cms.live import Opening, openings
from cms.models.base import SitePage


class HomePage(SitePage):
    """The front door. Its hero always carries the cohort that is open now, if there is one."""

    headline = models.CharField(max_length=120, help_text="The page's heading.")
    body = StreamField(PageBody(), blank=True)

    template = "cms/home_page.html"
    parent_page_types = ["wagtailcore.Page"]
    max_count = 1
    content_panels = [
        *Page.content_panels,
        FieldPanel("headline"),
        FieldPanel("introduction"),
        FieldPanel("body"),
    ]
    search_fields = [*SitePage.search_fields, index.SearchField("body")]

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context(request, *args, **kwargs)
        found: list[Opening] = openings(timezone.now())
        return context | {"opening": found[0] if found else None}


class StandardPage(SitePage):
    """A page of words and blocks: about, contact, privacy and the like."""

    show_in_footer = models.BooleanField(default=False, help_text="List it at the foot of pages.")
    body = StreamField(PageBody(), blank=True)

    template = "cms/standard_page.html"
    parent_page_types = ["cms.HomePage", "cms.StandardPage"]
    subpage_types = ["cms.StandardPage"]
    content_panels = [*SitePage.content_panels, FieldPanel("body")]
    promote_panels = [
        *SitePage.promote_panels[:-1],
        MultiFieldPanel(
            [FieldPanel("show_in_menus"), FieldPanel("show_in_footer")], heading="Menus"
        ),
    ]
    search_fields = [*SitePage.search_fields, index.SearchField("body")]
