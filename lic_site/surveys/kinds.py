"""The messages that ask people to answer.

They are optional: nobody has to answer a survey, and whoever stops them still finds what waits on
their home. No board of staff's shows or counts reminders, and none names whom a request went to:
who was reminded, or was not written to after all, has not answered, or has.
"""

from collections.abc import Collection, Mapping
from datetime import UTC, datetime
from typing import Any

from django.db.models import Q, QuerySet
from django.utils import timezone

from lic_site.accounts.models import Person
from lic_site.common import dates
from lic_site.common.links import absolute
from lic_site.notices.enums import Category
from lic_site.notices.models import NoticePreference
from lic_site.notices.protocol import NoticeKind
from lic_site.notices.wording import Card
from lic_site.surveys.links import address_of
from lic_site.surveys.models import Invitation, Request


class _AboutRequest(NoticeKind):
    """Wanted while something that was asked about still waits."""

    category = Category.OPTIONAL

    def anchor(self, pk: int) -> Request | None:
        return Request.objects.filter(pk=pk).first()

    def anchors(self, pks: Collection[int]) -> Mapping[int, Request]:
        return Request.objects.in_bulk(pks)

    def waiting(self, anchor: Request) -> QuerySet[Invitation]:
        """What this message asks for, the first to close first."""
        found = Invitation.objects.waiting(timezone.now()).filter(self.asks_for(anchor))
        return found.select_related("wave__questionnaire").order_by("wave__closes_at", "pk")

    def asks_for(self, anchor: Request) -> Q:
        return Q(request=anchor, person=anchor.person_id)

    def is_wanted(self, anchor: Request, recipient: Person) -> bool:
        return anchor.person_id == recipient.pk and self.waiting(anchor).exists()

    def context(self, anchor: Request, recipient: Person) -> Mapping[str, Any]:
        waiting = list(self.waiting(anchor))
        return {
            "given_name": recipient.given_name,
            "link": address_of(waiting[0]) if waiting else absolute("/my/"),
            "number": len(waiting),
            "surveys": [
                _card(
                    f"{each.wave.questionnaire.name}: {each.wave.about}",
                    each.wave.closes_at,
                    address_of(each),
                )
                for each in waiting
            ],
        }

    def sample(self) -> Mapping[str, Any]:
        closes_at = datetime(2027, 3, 16, 23, 59, tzinfo=UTC)
        link = absolute("/survey/sample/")
        return {
            "given_name": "Sam",
            "link": link,
            "number": 2,
            "surveys": [
                _card("After a session: Finding your voice, 9 March 2027", closes_at, link),
                _card("How the learning set goes: Learning sets, March 2027", closes_at, link),
            ],
        }


def _card(about: str, closes_at: datetime, link: str) -> Card:
    return Card((about, f"Open until {dates.when(dates.local(closes_at).date())}"), link)


class Asked(_AboutRequest):
    name = "surveys.asked"
    title = "Please say how it was"
    example = "After a session, and before and after a programme: how was it for you?"
    recipient_title = "Somebody who is asked"


class Chased(_AboutRequest):
    """About all that the person was asked and has not answered, whichever message asked it."""

    name = "surveys.chased"
    title = "There is still time to say how it was"
    example = "Once or twice, when you have not answered."
    private = True

    def asks_for(self, anchor: Request) -> Q:
        return Q(request__isnull=False, person=anchor.person_id)

    def is_wanted(self, anchor: Request, recipient: Person) -> bool:
        stopped = NoticePreference.objects.filter(person=recipient, kind=Asked.name)
        return super().is_wanted(anchor, recipient) and not stopped.exists()


KINDS: list[NoticeKind] = [Asked(), Chased()]
