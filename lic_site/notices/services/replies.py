"""Whom a reply to a message reaches."""

from typing import Any

from lic_site.accounts.models import Person
from lic_site.notices.models import MessageSettings
from lic_site.notices.protocol import NoticeKind
from lic_site.notices.services.office import reply_address


class Replies:
    """Reply addresses for a batch of messages: each person is asked about once."""

    def __init__(self, chosen: MessageSettings) -> None:
        self._chosen = chosen
        self._known: dict[int, str] = {}

    def headers(self, kind: NoticeKind, anchor: Any) -> dict[str, str]:
        """``Reply-To``, the address alone: no person is named outside a message's body. Empty
        where nobody may get replies; they then reach the sender.

        The office's choice does not hold for what staff may not see on their boards. A reply to
        that reaches the sender's mailbox all the same, so its words ask people not to answer.
        """
        named = kind.reply_to(anchor)
        office = None if kind.private else self._chosen.reply_to
        email = self._of(named) or self._of(office)
        return {"Reply-To": email} if email else {}

    def _of(self, person: Person | None) -> str:
        if person is None:
            return ""
        if person.pk not in self._known:
            self._known[person.pk] = reply_address(person)
        return self._known[person.pk]
