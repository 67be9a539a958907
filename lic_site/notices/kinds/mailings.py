"""What staff write to many people. The words come from the mailing, not from a file."""

from collections.abc import Collection, Mapping
from typing import Any

from lic_site.accounts.models import Person
from lic_site.common.links import absolute
from lic_site.notices.enums import Category, MailingState, Pace
from lic_site.notices.mailings import text
from lic_site.notices.mailings.audience import ESSENTIAL_KIND, OPTIONAL_KIND, unnamed_mailings
from lic_site.notices.models import Mailing
from lic_site.notices.protocol import NoticeKind


class FromStaff(NoticeKind):
    """Something people need to do or know."""

    name = ESSENTIAL_KIND
    title = "Message from the programme office"
    category = Category.ESSENTIAL
    is_written_each_time = True
    recipient_title = "One of those it is for"

    def anchor(self, pk: int) -> Mailing | None:
        return self.anchors([pk]).get(pk)

    def anchors(self, pks: Collection[int]) -> Mapping[int, Mailing]:
        return Mailing.objects.select_related("reply_to").in_bulk(pks)

    def unnamed(self) -> Collection[int]:
        """Mailings of which staff see how many they are for, and not whom."""
        return unnamed_mailings(self.category)

    def is_wanted(self, anchor: Mailing, recipient: Person) -> bool:
        """Unless it was stopped or called off. One that is over still is, so that a message that
        failed can be sent again.
        """
        goes_out = anchor.state == MailingState.SENDING
        was_called_off = anchor.stopped_at is not None
        is_over = anchor.state == MailingState.DONE and not was_called_off
        return (goes_out or is_over) and text.can_go(anchor)

    def source(self, anchor: Mailing) -> str:
        return text.source_of(anchor)

    def context(self, anchor: Mailing, recipient: Person) -> Mapping[str, Any]:
        return text.context_for(anchor, recipient.given_name)

    def sample(self) -> Mapping[str, Any]:
        return {"given_name": "Sam", "link": absolute("/my/")}

    def reply_to(self, anchor: Mailing) -> Person | None:
        return anchor.reply_to


class NewsFromStaff(FromStaff):
    """News and invitations, which people can turn off."""

    name = OPTIONAL_KIND
    title = "News and invitations from the programme office"
    example = "When there is an event you could come to, or something new to read."
    category = Category.OPTIONAL
    pace = Pace.CAN_WAIT


KINDS: list[NoticeKind] = [FromStaff(), NewsFromStaff()]
