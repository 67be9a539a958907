"""What a browser asks for and posts on these pages."""

from typing import Any

from django.test import Client
from django.urls import reverse

from lic_site.notices.mailings.audience import packed
from lic_site.notices.models import Mailing
from tests.lic_site.notices.mailings.support import BODY, SUBJECT, shown


def address(name: str, *arguments: object) -> str:
    return reverse(f"notices:mailing{name}", args=arguments)


def words(mailing: Mailing, **values: Any) -> dict[str, Any]:
    said = {"title": "T", "subject": SUBJECT, "body": BODY, "revision": mailing.revision}
    return said | values


def how(mailing: Mailing, **values: Any) -> dict[str, Any]:
    said = {
        "category": "essential",
        "path": "/my/",
        "reply_to": "me",
        "revision": mailing.revision,
    }
    return said | values


def send(college: Client, mailing: Mailing, **values: Any) -> Any:
    said = {"revision": mailing.revision, "shown": packed(shown(mailing))}
    return college.post(address("_send", mailing.pk), said | values, follow=True)
