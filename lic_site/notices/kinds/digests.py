"""The day's messages in one, for whoever chose that."""

from collections.abc import Collection, Mapping
from datetime import date
from typing import Any

from django.urls import reverse
from django.utils import timezone

from lic_site.accounts.models import Person
from lic_site.common.dates import LONDON
from lic_site.common.links import absolute
from lic_site.notices.enums import Category
from lic_site.notices.models import Notice
from lic_site.notices.protocol import NoticeKind
from lic_site.notices.renderer import fill
from lic_site.notices.services.digests import DIGESTS, contents
from lic_site.notices.wording import Block, BlockKind


class Digest(NoticeKind):
    """What a person needs to know. Each message has its own words and its own button.

    Its anchor is the notice itself, of which the others hang.
    """

    name = DIGESTS[Category.ESSENTIAL]
    title = "The day’s messages"
    category = Category.ESSENTIAL

    def anchor(self, pk: int) -> Notice | None:
        return Notice.objects.filter(pk=pk).select_related("recipient").first()

    def anchors(self, pks: Collection[int]) -> Mapping[int, Notice]:
        return Notice.objects.select_related("recipient").in_bulk(pks)

    def is_wanted(self, anchor: Notice, recipient: Person) -> bool:
        """While any of them is."""
        return bool(contents(anchor, at=timezone.now()).wanted)

    def context(self, anchor: Notice, recipient: Person) -> Mapping[str, Any]:
        wanted = contents(anchor, at=timezone.now()).wanted
        blocks = [
            block for _, kind, about in wanted for block in one_of_them(kind, about, recipient)
        ]
        return {
            "given_name": recipient.given_name,
            "link": absolute(reverse("notices:mine")),
            "on": anchor.due_at.astimezone(LONDON).date(),
            "number": len(wanted),
            "messages": blocks,
        }

    def sample(self) -> Mapping[str, Any]:
        return {
            "given_name": "Sam",
            "link": absolute(reverse("notices:mine")),
            "on": date(2027, 3, 9),
            "number": 2,
            "messages": [
                Block(BlockKind.HEADING, ("There is something for you to read",)),
                Block(BlockKind.PARAGRAPH, ("More may be added today.",)),
                Block(BlockKind.BUTTON, ("See what there is",), absolute("/my/")),
                Block(BlockKind.HEADING, ("A reply to what you told us",)),
                Block(BlockKind.PARAGRAPH, ("What it says stands on its page.",)),
                Block(BlockKind.BUTTON, ("Read the reply",), absolute("/my/")),
            ],
        }


class DigestOfNews(Digest):
    """What a person can turn off, to the address they chose for it."""

    name = DIGESTS[Category.OPTIONAL]
    title = "The day’s news and invitations"
    category = Category.OPTIONAL


def one_of_them(kind: NoticeKind, anchor: Any, recipient: Person) -> list[Block]:
    """A message as it stands among others: under its subject, and without a greeting of its own."""
    filled = fill(kind, kind.context(anchor, recipient), source=kind.source(anchor))
    blocks = [block for block in filled.blocks if not block.lines[0].startswith("Hello ")]
    return [Block(BlockKind.HEADING, (filled.subject,)), *blocks]


KINDS: list[NoticeKind] = [Digest(), DigestOfNews()]
