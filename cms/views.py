"""What search engines ask for."""

from datetime import datetime
from typing import NamedTuple

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from wagtail.models import Page, Site

from cms import live
from lic_site.common.links import absolute

PRIVATE = (
    "/accounts/",
    "/dev/",
    "/interest/end/",
    "/jobs/",
    "/manage/",
    "/my/",
    "/staff/",
    "/support/",
)
"""Nothing below these is for search engines: it is somebody's own, or staff's."""


class Address(NamedTuple):
    location: str
    changed_at: datetime | None


def robots(request: HttpRequest) -> HttpResponse:
    context = {"private": PRIVATE, "sitemap": absolute("/sitemap.xml")}
    return render(request, "cms/robots.txt", context, content_type="text/plain; charset=utf-8")


def sitemap(request: HttpRequest) -> HttpResponse:
    """Every published page, and each cohort that takes applications, under ``SITE_URL``."""
    context = {"addresses": [*_pages(), *_cohorts()]}
    return render(request, "cms/sitemap.xml", context, content_type="application/xml")


def _pages() -> list[Address]:
    site = Site.objects.select_related("root_page").filter(is_default_site=True).first()
    if site is None:
        return []
    home: Page = site.root_page
    pages = home.get_descendants(inclusive=True).live().public().order_by("path")
    above = len(home.url_path) - 1
    return [Address(absolute(page.url_path[above:]), page.last_published_at) for page in pages]


def _cohorts() -> list[Address]:
    return [
        Address(absolute(opening.href), opening.cohort.opened_at)
        for opening in live.openings(timezone.now())
    ]


def no_reports(_request: HttpRequest) -> HttpResponse:
    """Wagtail's reports show which user did what, by address: editors see no person."""
    raise Http404
