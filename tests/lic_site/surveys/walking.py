"""Answering a survey page by page, as a browser without JavaScript does."""

import re
from html import unescape
from typing import Any

from django.test import Client

from lic_site.surveys.links import token_for
from lic_site.surveys.models import Invitation


class Pages:
    """``answer`` posts a page with what it carries; ``text`` is the last answer."""

    def __init__(self, invitation: Invitation, client: Client | None = None) -> None:
        self.client = client or Client()
        self.url = f"/survey/{token_for(invitation)}/"
        self.response: Any = self.client.get(self.url)

    @property
    def text(self) -> str:
        return unescape(str(self.response.content.decode()))

    @property
    def page(self) -> str:
        found = re.search(r'name="page" value="([^"]+)"', self.text)
        return found[1] if found else ""

    @property
    def carried(self) -> str:
        found = re.search(r'name="carried" value="([^"]+)"', self.text)
        assert found, self.text
        return found[1]

    def answer(self, go: str = "on", *, status: int = 200, **typed: Any) -> "Pages":
        """``answer(useful="4")``: by the questions' codes."""
        named = {f"q-{code}": value for code, value in typed.items()}
        data = {"carried": self.carried, "page": self.page, "go": go, **named}
        self.response = self.client.post(self.url, data)
        assert self.response.status_code == status, self.text
        return self

    def to_check(self, **typed: Any) -> "Pages":
        """Every page of the usual questionnaire, to the last before it is sent."""
        given: dict[str, Any] = {"useful": "4", "again": "9", "where": "room", **typed}
        first = {code: given[code] for code in ("useful", "again")}
        rest = {code: value for code, value in given.items() if code not in first}
        self.answer().answer(**first).answer(**rest)
        assert self.page == "check", self.text
        return self

    def send(self, **typed: Any) -> "Pages":
        return self.to_check(**typed).answer("send")
