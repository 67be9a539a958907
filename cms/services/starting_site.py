"""The public site as it is first planted: the page tree with words to begin with, and what the
editors' group may do.
"""

import json
import tomllib
from collections.abc import Mapping
from datetime import datetime
from email.utils import parseaddr
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.contrib.auth.models import Group, Permission
from django.db import transaction
from wagtail.models import (
    Collection,
    GroupCollectionPermission,
    GroupPagePermission,
    Page,
    Site,
)

from cms import live
from cms.models import HomePage, NewsIndexPage, SitePage, StandardPage
from lic_site.accounts.services.editors import EDITOR_GROUPS
from lic_site.common import page_cache

WORDS = Path(__file__).resolve().parent.parent / "starting"
# In the order of the menus.
PAGES: dict[str, type[SitePage]] = {
    "programme": StandardPage,
    "about": StandardPage,
    "news": NewsIndexPage,
    "contact": StandardPage,
    "positive-action": StandardPage,
    "privacy": StandardPage,
    "cookies": StandardPage,
    "accessibility": StandardPage,
}
PAGE_RIGHTS = ("add_page", "change_page", "publish_page", "lock_page", "unlock_page")
COLLECTION_RIGHTS = (
    "add_picture",
    "change_picture",
    "choose_picture",
    "add_document",
    "change_document",
    "choose_document",
)
EDITORIAL_APPS = ("wagtailcore", "wagtailadmin", "wagtaildocs", "wagtailredirects", "cms")
MODEL_RIGHTS = ("access_admin", "add_redirect", "change_redirect", "delete_redirect")


@transaction.atomic
def plant(*, at: datetime) -> None:
    """Plant whatever of the starting site is missing; a page that is there keeps its words."""
    home = _home(at)
    _serve(home)
    planted: dict[str, SitePage] = {}
    for slug, kind in PAGES.items():
        if not home.get_children().filter(slug=slug).exists():
            planted[slug] = _add(kind, _words(slug), to=home, at=at)
    _write(home, planted)
    _welcome_editors(home)
    page_cache.bump()


def _home(at: datetime) -> HomePage:
    home: HomePage | None = HomePage.objects.order_by("pk").first()
    if home is None:
        root = Page.get_first_root_node()
        home = _add(HomePage, _words("home") | {"slug": "leadership-in-colour"}, to=root, at=at)
    return home


def _words(slug: str) -> dict[str, Any]:
    return tomllib.loads((WORDS / f"{slug}.toml").read_text())


def _add[P: SitePage](kind: type[P], words: Mapping[str, Any], *, to: Page, at: datetime) -> P:
    """The page without its body, which names other pages and so waits for them."""
    page = kind(
        **{name: value for name, value in words.items() if name != "body"},
        first_published_at=at,
        last_published_at=at,
        latest_revision_created_at=at,
    )
    to.add_child(instance=page)
    return page


def _serve(home: HomePage) -> None:
    """Make the home page the root of the site at ``SITE_URL``, and drop Wagtail's welcome page."""
    address = urlsplit(settings.SITE_URL)
    port = address.port or (443 if address.scheme == "https" else 80)
    site = Site.objects.filter(is_default_site=True).first() or Site(is_default_site=True)
    welcome = site.root_page if site.pk else None
    if site.root_page_id == home.pk and (site.hostname, site.port) == (address.hostname, port):
        return
    site.hostname, site.port = address.hostname or "localhost", port
    site.site_name, site.root_page = settings.WAGTAIL_SITE_NAME, home
    site.save()
    if welcome is not None and type(welcome.specific) is Page and not welcome.get_children():
        welcome.delete()


def _write(home: HomePage, planted: Mapping[str, SitePage]) -> None:
    """Fill in the bodies of the new pages, now that each page they name is there."""
    fresh: list[SitePage] = list(planted.values())
    if not home.body:
        fresh.append(home)
    known = _known(home) if fresh else {}
    for page in fresh:
        body = _words("home" if page is home else page.slug).get("body")
        if body:
            page.body = json.dumps(_fill(body, known))
        page.save_revision().publish()


def _known(home: HomePage) -> dict[str, str]:
    """What stands for each name in braces: pages by number, addresses as they are."""
    pages = {f"{{page:{page.slug}}}": str(page.pk) for page in home.get_children()}
    return pages | {"{interest}": live.interest_address(), "{office}": _office()}


def _fill(value: Any, known: Mapping[str, str]) -> Any:
    """Put what is known where the words name it; a page chosen by itself is a number."""
    if isinstance(value, dict):
        return {key: _fill(inner, known) for key, inner in value.items()}
    if isinstance(value, list):
        return [_fill(inner, known) for inner in value]
    if value.startswith("{page:") and value in known:
        return int(known[value])
    for name, filling in known.items():
        value = value.replace(name, filling)
    return value


def _office() -> str:
    return parseaddr(settings.DEFAULT_FROM_EMAIL)[1]


def _welcome_editors(home: HomePage) -> None:
    """Give the editors' groups the site's pages, images, documents and redirects, and nothing
    about people.
    """
    rights = {
        right.codename: right
        for right in Permission.objects.filter(content_type__app_label__in=EDITORIAL_APPS)
    }
    shelf = Collection.get_first_root_node()
    for name in EDITOR_GROUPS:
        group, _ = Group.objects.get_or_create(name=name)
        GroupPagePermission.objects.filter(group=group).exclude(page=home).delete()
        for right in PAGE_RIGHTS:
            GroupPagePermission.objects.get_or_create(
                group=group, page=home, permission=rights[right]
            )
        for right in COLLECTION_RIGHTS:
            GroupCollectionPermission.objects.get_or_create(
                group=group, collection=shelf, permission=rights[right]
            )
        group.permissions.add(*(rights[right] for right in MODEL_RIGHTS))
