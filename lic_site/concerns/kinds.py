"""The messages about concerns. None says what it is about, who raised it, or what was said.

All are ``private``: staff's boards of messages show none of them, since that somebody was written
to tells that they raised a concern, or that there is one.
"""

from abc import abstractmethod
from collections.abc import Collection, Mapping
from typing import Any

from lic_site.accounts.models import Person
from lic_site.common.links import absolute
from lic_site.concerns import policies
from lic_site.concerns.enums import State
from lic_site.concerns.models import Concern
from lic_site.notices.enums import Category, Pace
from lic_site.notices.protocol import NoticeKind


class _AboutConcern(NoticeKind):
    category = Category.ESSENTIAL
    private = True

    def anchor(self, pk: int) -> Concern | None:
        return Concern.objects.filter(pk=pk).first()

    def anchors(self, pks: Collection[int]) -> Mapping[int, Concern]:
        return Concern.objects.in_bulk(pks)

    @abstractmethod
    def path(self, anchor: Concern) -> str:
        """Where its reader or whoever raised it reads it, from the root of the site."""

    def context(self, anchor: Concern, recipient: Person) -> Mapping[str, Any]:
        return {"given_name": recipient.given_name, "link": absolute(self.path(anchor))}

    def sample(self) -> Mapping[str, Any]:
        return {"given_name": "Sam", "link": absolute("/my/")}


class _ToReader(_AboutConcern):
    """Wanted while it is theirs to read."""

    def path(self, anchor: Concern) -> str:
        return f"/staff/concerns/{anchor.reference}/"

    def is_wanted(self, anchor: Concern, recipient: Person) -> bool:
        return policies.can(recipient, "handle", anchor)


class Waiting(_ToReader):
    name = "concerns.waiting"
    title = "Something waits for its reader"


class Unacknowledged(_ToReader):
    name = "concerns.unacknowledged"
    title = "Something waits to be acknowledged"

    def is_wanted(self, anchor: Concern, recipient: Person) -> bool:
        return anchor.state == State.RECEIVED and super().is_wanted(anchor, recipient)


class Unanswered(_ToReader):
    name = "concerns.unanswered"
    title = "Something waits for a first answer"

    def is_wanted(self, anchor: Concern, recipient: Person) -> bool:
        is_open = anchor.state != State.CLOSED and anchor.answered_on is None
        return is_open and super().is_wanted(anchor, recipient)


class _ToRaiser(_AboutConcern):
    """Wanted while the site knows that they raised it, and they want mail."""

    pace = Pace.SOON

    def path(self, anchor: Concern) -> str:
        return f"/my/concerns/{anchor.reference}/"

    def is_wanted(self, anchor: Concern, recipient: Person) -> bool:
        return anchor.raiser_id == recipient.pk and anchor.tell_by_mail


class Received(_ToRaiser):
    """An answer to what they did just now."""

    name = "concerns.received"
    title = "We have what you sent"
    pace = Pace.NOW


class Acknowledged(_ToRaiser):
    name = "concerns.acknowledged"
    title = "What you sent is being read"


class Replied(_ToRaiser):
    name = "concerns.replied"
    title = "Something new on what you sent"


class PassedOn(_ToRaiser):
    name = "concerns.passed_on"
    title = "What you sent has another reader"


class Closed(_ToRaiser):
    name = "concerns.closed"
    title = "What you sent is closed"


KINDS: list[NoticeKind] = [
    Waiting(),
    Unacknowledged(),
    Unanswered(),
    Received(),
    Acknowledged(),
    Replied(),
    PassedOn(),
    Closed(),
]
