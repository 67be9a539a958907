"""What editors publish is seen at once: Wagtail tells, the kept pages are forgotten."""

from typing import Any

from django.db.models.signals import post_delete, post_save
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import Page, Site
from wagtail.signals import page_published, page_unpublished, post_page_move

from cms.models import Picture
from lic_site.common import page_cache

MOMENTS = (page_published, page_unpublished, post_page_move)


def connect() -> None:
    for moment in MOMENTS:
        moment.connect(_forget, dispatch_uid="cms.publishing")
    for model in (Redirect, Picture, Site):
        post_save.connect(_forget, sender=model, dispatch_uid="cms.publishing")
    for model in (Page, Redirect, Picture, Site):
        post_delete.connect(_forget, sender=model, dispatch_uid="cms.publishing")


def _forget(**_: Any) -> None:
    page_cache.bump()
