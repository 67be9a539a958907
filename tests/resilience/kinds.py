"""A message about its own recipient, as plain as can be."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from lic_site.accounts.models import Person
from lic_site.notices.protocol import NoticeKind


class Plain(NoticeKind):
    name = "tests.reminder"
    title = "A reminder"

    def anchor(self, pk: int) -> Person | None:
        return Person.objects.filter(pk=pk).first()

    def is_wanted(self, anchor: Person, recipient: Person) -> bool:
        return True

    def context(self, anchor: Person, recipient: Person) -> Mapping[str, Any]:
        return {"name": anchor.name, "by": date(2026, 11, 21), "link": "/my/"}

    def sample(self) -> Mapping[str, Any]:
        return {"name": "Sam", "by": date(2026, 11, 21), "link": "/my/"}


KINDS = [Plain()]
