"""The menu over the staff's pages about messages."""

from typing import Any

from django import template
from django.urls import reverse

register = template.Library()

PAGES = (
    ("Board", "notices:board"),
    ("All messages", "notices:list"),
    ("To many", "notices:mailings"),
    ("Reminders", "notices:rules"),
    ("Texts", "notices:kinds"),
    ("Settings", "notices:settings"),
)
"""What each entry is called, and the page it leads to."""


@register.inclusion_tag("components/subnav.html")
def messages_menu(path: str) -> dict[str, Any]:
    """The entries, the one whose page or a page below it is shown marked."""
    places = [(text, reverse(name)) for text, name in PAGES]
    inside = [href for _, href in places if path.startswith(href)]
    here = max(inside, key=len, default="")
    items = [{"text": text, "href": href, "current": href == here} for text, href in places]
    return {"label": "Messages", "items": items}
