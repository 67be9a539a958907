"""The menus, read from the page tree and kept until editors publish something."""

from dataclasses import dataclass

from django.http import HttpRequest
from wagtail.models import Page, Site

from cms.models import StandardPage
from lic_site.common.remembered import remembered


@dataclass(frozen=True)
class Entry:
    text: str
    href: str


@dataclass(frozen=True)
class Menus:
    main: tuple[Entry, ...] = ()
    footer: tuple[Entry, ...] = ()


def of(request: HttpRequest) -> Menus:
    """Pages right under the home page that are shown in menus, and those listed in the footer
    wherever they stand, both in the tree's order.
    """
    kept: Menus | None = getattr(request, "_menus", None)
    if kept is None:
        kept = remembered((__name__, request.get_host()), lambda: _read(request))
        request._menus = kept  # type: ignore[attr-defined]
    return kept


def _read(request: HttpRequest) -> Menus:
    site = Site.find_for_request(request)
    if site is None:
        return Menus()
    home: Page = site.root_page
    main = Page.objects.child_of(home).live().in_menu().order_by("path")
    footer = StandardPage.objects.descendant_of(home).live().filter(show_in_footer=True)
    return Menus(_entries(main, request), _entries(footer.order_by("path"), request))


def _entries(pages: "list[Page]", request: HttpRequest) -> tuple[Entry, ...]:
    return tuple(Entry(page.title, page.get_url(request) or "/") for page in pages)
