from django.db import models
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.models import Page
from wagtail.search import index


class SitePage(Page):
    """What every page of the public site has."""

    introduction = models.TextField(
        blank=True, help_text="One or two sentences under the heading, in plain words."
    )

    content_panels = [*Page.content_panels, FieldPanel("introduction")]
    promote_panels = [
        MultiFieldPanel(
            [FieldPanel("slug"), FieldPanel("seo_title"), FieldPanel("search_description")],
            heading="For search engines",
        ),
        MultiFieldPanel([FieldPanel("show_in_menus")], heading="Menus"),
    ]
    search_fields = [*Page.search_fields, index.SearchField("introduction")]

    class Meta:
        abstract = True

    @property
    def description(self) -> str:
        """What search engines and link previews say of the page."""
        return self.search_description or self.introduction
