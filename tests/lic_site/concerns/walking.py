"""Telling a concern page by page, as a browser without JavaScript does."""

import re
from typing import Any

from django.test import Client

from lic_site.concerns.models import Contact
from tests.factories.concerns import WORDS


class Pages:
    """``answer`` posts a page with what it carries; ``text`` is the last answer."""

    def __init__(self, client: Client, start: str = "/concern/") -> None:
        self.client = client
        self.response: Any = client.get(start)

    @property
    def text(self) -> str:
        return str(self.response.content.decode())

    @property
    def page(self) -> str:
        found = re.search(r'name="page" value="(\w+)"', self.text)
        return found[1] if found else ""

    @property
    def carried(self) -> str:
        found = re.search(r'name="carried" value="([^"]+)"', self.text)
        assert found, self.text
        return found[1]

    def answer(self, go: str = "on", **typed: Any) -> "Pages":
        data = {"carried": self.carried, "page": self.page, "go": go, **typed}
        self.response = self.client.post("/concern/", data)
        assert self.response.status_code == 200
        return self

    def to_check(self, reader: Contact, *, known: str = "anonymous", **typed: Any) -> "Pages":
        """Every page in order, to the last before it is sent."""
        given = {"about": "racism", "words": WORDS, **typed}
        self.answer()
        self.answer(**{name: given[name] for name in ("about", "words")})
        self.answer(who=given.get("who", ""), concerned=given.get("concerned", []))
        self.answer(reader=str(reader.pk))
        self.answer(known=known, tell_by_mail="on", reach=given.get("reach", ""))
        self.answer(hoped_for=given.get("hoped_for", ""))
        assert self.page == "check", self.text
        return self

    @property
    def code(self) -> str:
        found = re.search(r'class="lic-secret"[^>]*>([^<]+)<', self.text)
        return found[1] if found else ""
