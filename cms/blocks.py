"""The pieces pages are built from. Each draws itself with ``templates/cms/blocks/<name>.html``."""

from collections.abc import Mapping
from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
from django.utils import timezone
from wagtail import blocks
from wagtail.images.blocks import ImageBlock

from cms import live

WORDS = ["h2", "h3", "bold", "italic", "ol", "ul", "link", "document-link"]
SAFE_ADDRESS = RegexValidator(
    r"^(/(?!/)|https://|mailto:|tel:|#)",
    "Start with / for a page here, or with https://, mailto: or tel:.",
)


class Link(blocks.StructBlock):
    """A link to a page of the site, or to an address."""

    label = blocks.CharBlock(max_length=60, required=False)
    page = blocks.PageChooserBlock(required=False)
    address = blocks.CharBlock(
        required=False,
        validators=[SAFE_ADDRESS],
        help_text="Only if it is not a page: /apply/ or https://…",
    )

    class Meta:
        icon = "link"
        template = "cms/blocks/link.html"

    def clean(self, value: Any) -> Any:
        value = super().clean(value)
        if value["label"] and not (value["page"] or value["address"]):
            raise blocks.StructBlockValidationError(
                block_errors={"page": ValidationError("Choose the page this leads to.")}
            )
        return value

    def get_context(self, value: Any, parent_context: Any = None) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context(value, parent_context)
        return context | {"href": address_of(value, context)}


def address_of(link: Any, context: Mapping[str, Any]) -> str:
    """Where a ``Link`` leads; empty when its page is gone or not published."""
    page = link.get("page")
    if page:
        return str(page.get_url(context.get("request"))) if page.live else ""
    return str(link.get("address") or "")


class Section(blocks.StructBlock):
    """A part of the page with a heading and, if wanted, a sentence under it."""

    heading = blocks.CharBlock(max_length=120)
    text = blocks.TextBlock(required=False, rows=2)


class Quote(blocks.StructBlock):
    text = blocks.TextBlock(rows=3)
    source = blocks.CharBlock(
        required=False, help_text="A role or an organisation. Name a person only with consent."
    )

    class Meta:
        icon = "openquote"
        template = "cms/blocks/quote.html"


class Fact(blocks.StructBlock):
    value = blocks.CharBlock(max_length=20, help_text="The figure, such as 65 or £50,000.")
    label = blocks.CharBlock(max_length=120, help_text="What it counts.")


class Facts(Section):
    heading = blocks.CharBlock(max_length=120, required=False)
    facts = blocks.ListBlock(Fact(), min_num=2, max_num=4)
    source = blocks.CharBlock(required=False)

    class Meta:
        icon = "order"
        template = "cms/blocks/facts.html"


class Card(blocks.StructBlock):
    title = blocks.CharBlock(max_length=80)
    text = blocks.TextBlock(rows=2, required=False)
    link = Link()


class Cards(Section):
    cards = blocks.ListBlock(Card(), min_num=2, max_num=6)

    class Meta:
        icon = "grip"
        template = "cms/blocks/cards.html"


class Strands(Section):
    """The programme's strands as they are recorded, each in its colour."""

    link = Link(required=False)

    class Meta:
        icon = "list-ul"
        label = "The three strands"
        template = "cms/blocks/strands.html"

    def get_context(self, value: Any, parent_context: Any = None) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context(value, parent_context)
        return context | {"strands": live.strands()}


class OpenCohorts(Section):
    """Cohorts that take applications, as they stand now."""

    text_if_none = blocks.TextBlock(rows=2, label="Words when none is open")

    class Meta:
        icon = "date"
        template = "cms/blocks/open_cohorts.html"

    def get_context(self, value: Any, parent_context: Any = None) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context(value, parent_context)
        return context | {
            "openings": live.openings(timezone.now()),
            "interest_href": live.interest_address(),
        }


class CallToAction(Section):
    link = Link()

    class Meta:
        icon = "pick"
        template = "cms/blocks/call_to_action.html"

    def get_context(self, value: Any, parent_context: Any = None) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context(value, parent_context)
        return context | {"link_href": address_of(value["link"], context)}


class Step(blocks.StructBlock):
    title = blocks.CharBlock(max_length=80)
    text = blocks.TextBlock(rows=2)


class Steps(Section):
    steps = blocks.ListBlock(Step(), min_num=2)
    link = Link(required=False)

    class Meta:
        icon = "list-ol"
        template = "cms/blocks/steps.html"


class Moment(Step):
    when = blocks.CharBlock(max_length=40, help_text="A date, as 'December 2021'.")


class Timeline(Section):
    moments = blocks.ListBlock(Moment(), min_num=2)

    class Meta:
        icon = "history"
        template = "cms/blocks/timeline.html"


class Figure(blocks.StructBlock):
    """An image and, if wanted, words under it. Its alternative text is required."""

    image = ImageBlock()
    caption = blocks.CharBlock(required=False, max_length=200)

    class Meta:
        icon = "image"
        label = "Image"
        template = "cms/blocks/figure.html"


class Share(blocks.StructBlock):
    group = blocks.CharBlock(max_length=40)
    first = blocks.DecimalBlock(min_value=0, max_value=100, decimal_places=1, label="First, %")
    second = blocks.DecimalBlock(min_value=0, max_value=100, decimal_places=1, label="Second, %")


class Shares(Section):
    """Each group's share of two bodies of staff, side by side."""

    first_label = blocks.CharBlock(max_length=60)
    second_label = blocks.CharBlock(max_length=60)
    shares = blocks.ListBlock(Share(), min_num=1, max_num=5)
    source = blocks.CharBlock(help_text="Publisher, year, who is counted and the licence.")
    link = Link(required=False)

    class Meta:
        icon = "table"
        label = "Shares compared"
        template = "cms/blocks/shares.html"


class Contact(Section):
    name = blocks.CharBlock(max_length=120, help_text="An office or a role.")
    email = blocks.EmailBlock(required=False)
    phone = blocks.CharBlock(max_length=40, required=False)
    hours = blocks.CharBlock(max_length=120, required=False)

    class Meta:
        icon = "mail"
        label = "Contact details"
        template = "cms/blocks/contact.html"


class PositiveAction(Section):
    """The programme's positive-action record: evidence, aim, proportionality, review date."""

    class Meta:
        icon = "doc-full"
        label = "Positive-action record"
        template = "cms/blocks/positive_action.html"

    def get_context(self, value: Any, parent_context: Any = None) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context(value, parent_context)
        return context | {"record": live.positive_action()}


class PageBody(blocks.StreamBlock):
    """Everything a page may hold."""

    rich_text = blocks.RichTextBlock(
        features=WORDS, icon="pilcrow", template="cms/blocks/rich_text.html"
    )
    open_cohorts = OpenCohorts()
    strands = Strands()
    steps = Steps()
    shares = Shares()
    facts = Facts()
    cards = Cards()
    quote = Quote()
    timeline = Timeline()
    image = Figure()
    call_to_action = CallToAction()
    contact = Contact()
    positive_action = PositiveAction()
