"""The words of a mailing: one text in the language of ``wording``, and where its button leads."""

import re
from collections.abc import Mapping
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.urls import Resolver404, resolve
from django.utils.http import url_has_allowed_host_and_scheme
from wagtail.models import Page, Site

from lic_site.common.links import absolute
from lic_site.notices import wording
from lic_site.notices.mailings.audience import ChoicesGone, cleaned, segment_of
from lic_site.notices.models import Mailing
from lic_site.notices.segments import Gone

_OWN_LINK = re.compile(r"[A-Za-z0-9_:=-]{24,}")
"""What only a link made for one person has in it."""
_STAFF_ONLY = ("/staff/", "/manage/", "/dev/")


def source_of(mailing: Mailing) -> str:
    """The text that each person's message is made of. Raises ChoicesGone."""
    why = segment_of(mailing).why
    return wording.together(subject=mailing.subject, body=mailing.body, why=why)


def values_of(mailing: Mailing) -> Mapping[str, Any]:
    """What the segment gives the text to fill in, read once for this object. Raises ChoicesGone."""
    known = mailing.__dict__
    if "_values" not in known:
        segment = segment_of(mailing)
        try:
            known["_values"] = segment.words(cleaned(segment, mailing.chosen))
        except Gone:
            raise ChoicesGone from None
    found: Mapping[str, Any] = known["_values"]
    return found


def context_for(mailing: Mailing, given_name: str) -> dict[str, Any]:
    return {
        **values_of(mailing),
        "given_name": given_name,
        "link": absolute(mailing.path),
    }


def can_go(mailing: Mailing) -> bool:
    """Whether its words can still be made: what it was narrowed to is there."""
    try:
        values_of(mailing)
    except ChoicesGone:
        return False
    return True


def names_of(mailing: Mailing) -> dict[str, wording.Sort]:
    """What may be filled in. Raises ChoicesGone."""
    return wording.sorts([context_for(mailing, "Sam")])


def faults_of(mailing: Mailing) -> list[str]:
    """Sentences that say what stands in the way of sending these words. Raises ChoicesGone."""
    if not (mailing.subject and mailing.body):
        return ["There are no words yet. Write them first."]
    return wording.check(source_of(mailing), names=names_of(mailing))


def own_path(typed: str) -> str:
    """The path of this site that was typed, with or without the site's address. Raises ValueError
    with a sentence.
    """
    path = typed.strip().removeprefix(settings.SITE_URL)
    stays = path.startswith("/") and not re.search(r"[\s\\{}]", path)
    if not (stays and url_has_allowed_host_and_scheme(path, allowed_hosts=None)):
        raise ValueError(
            "The page must be one of this site. Begin with a slash, as in /my/ or /apply/."
        )
    if path.startswith(_STAFF_ONLY):
        raise ValueError("Only staff can open this page. Choose one that these people can open.")
    if any(_OWN_LINK.fullmatch(part) for part in urlsplit(path).path.split("/")):
        raise ValueError(
            "This looks like a link that was made for one person. Choose a page that is the same "
            "for everybody."
        )
    if not _is_there(urlsplit(path).path):
        raise ValueError("There is no such page on this site. Check the address.")
    return path


def _is_there(path: str) -> bool:
    """One of our pages, or one that editors have published."""
    try:
        found = resolve(path)
    except Resolver404:
        return False
    if found.url_name != "wagtail_serve":
        return True
    home = Site.objects.get(is_default_site=True).root_page
    pages = Page.objects.live().filter(url_path=home.url_path + path.lstrip("/"))
    return bool(pages.exists())
