"""What every kind of message here has in common."""

from abc import abstractmethod
from collections.abc import Collection, Mapping
from typing import Any

from django.db.models import Model

from lic_site.accounts.models import Person
from lic_site.common.links import absolute
from lic_site.notices.protocol import NoticeKind


class Kind[Anchor: Model](NoticeKind):
    """A kind of message about one model's rows. Subclasses give the words what they need.

    ``link`` takes a path and makes it absolute; every context has one, and the recipient's first
    name as ``given_name``.
    """

    model: type[Anchor]
    related: tuple[str, ...] = ()
    """What ``anchor`` joins, so that a message costs few queries."""

    def anchor(self, pk: int) -> Anchor | None:
        rows = self.model._default_manager.filter(pk=pk)
        return (rows.select_related(*self.related) if self.related else rows).first()

    def anchors(self, pks: Collection[int]) -> Mapping[int, Anchor]:
        """As ``anchor``, for a batch, in one query."""
        rows = self.model._default_manager.all()
        if self.related:
            rows = rows.select_related(*self.related)
        return rows.in_bulk(pks)

    def is_wanted(self, anchor: Anchor, recipient: Person) -> bool:
        """Asked again just before sending. By default a message is wanted."""
        return True

    @abstractmethod
    def path(self, anchor: Anchor, recipient: Person) -> str:
        """Where the thing is done, from the root of the site."""

    def words(self, anchor: Anchor, recipient: Person) -> Mapping[str, Any]:
        """What the text of this kind needs beside the link and the recipient's name."""
        return {}

    def context(self, anchor: Anchor, recipient: Person) -> Mapping[str, Any]:
        return {
            "given_name": recipient.given_name,
            "link": absolute(self.path(anchor, recipient)),
            **self.words(anchor, recipient),
        }

    def sample_words(self) -> Mapping[str, Any]:
        """``words`` with made-up values."""
        return {}

    def sample(self) -> Mapping[str, Any]:
        return {
            "given_name": "Sam",
            "link": absolute("/my/"),
            **self.sample_words(),
        }
