"""Words that editors publish go out at once: Wagtail tells, every process forgets the old ones."""

from typing import Any

from wagtail.signals import published, unpublished

from lic_site.common import page_cache
from lic_site.notices.models import MessageText


def connect() -> None:
    for moment in (published, unpublished):
        moment.connect(_forget, sender=MessageText, dispatch_uid="notices.publishing")


def _forget(**_: Any) -> None:
    page_cache.bump()
