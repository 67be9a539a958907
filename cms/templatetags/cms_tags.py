"""Menus and breadcrumbs, drawn from the page tree."""

from dataclasses import dataclass

from django import template
from django.template import Context
from wagtail.models import Page, Site

from cms import menus

register = template.Library()


@dataclass(frozen=True)
class Item:
    text: str
    href: str
    current: bool = False
    exact: bool = False


@register.simple_tag(takes_context=True)
def main_menu(context: Context) -> list[Item]:
    """The pages that stand in the main menu, the one being read marked."""
    request = context.get("request")
    return _marked(menus.of(request).main, request.path) if request else []


@register.simple_tag(takes_context=True)
def footer_menu(context: Context) -> list[Item]:
    """The pages listed at the foot of every page."""
    request = context.get("request")
    return _marked(menus.of(request).footer, request.path) if request else []


def _marked(entries: tuple[menus.Entry, ...], path: str) -> list[Item]:
    return [
        Item(
            entry.text,
            entry.href,
            current=path.startswith(entry.href),
            exact=path == entry.href,
        )
        for entry in entries
    ]


@register.simple_tag(takes_context=True)
def breadcrumbs(context: Context, page: Page) -> list[Item]:
    """The pages above this one, the home page first."""
    request = context.get("request")
    site = Site.find_for_request(request) if request else None
    depth = site.root_page.depth if site else 2
    above = page.get_ancestors().live().filter(depth__gte=depth)
    return [
        Item("Home" if found.depth == depth else found.title, found.get_url(request) or "/")
        for found in above
    ]


@register.simple_tag(takes_context=True)
def page_address(context: Context, page: Page) -> str:
    """The page's whole address, for search engines and link previews."""
    return str(page.get_full_url(context.get("request")) or "")
