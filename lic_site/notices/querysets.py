"""The outbox read in sentences, and the one way its rows change state."""

from datetime import datetime
from typing import TYPE_CHECKING, Any, Self

from django.db import models
from django.db.models import Q

from lic_site.accounts.models import Person
from lic_site.notices.enums import State, sources

if TYPE_CHECKING:
    from lic_site.notices.models import Notice


class NoticeQuerySet(models.QuerySet["Notice"]):
    def due(self, at: datetime) -> Self:
        """Waiting, and it is time to try them."""
        return self.filter(state=State.PENDING, not_before__lte=at)

    def stale(self, at: datetime) -> Self:
        """Waiting, although they are of no use any more."""
        return self.filter(state=State.PENDING, useless_after__lte=at)

    def abandoned(self, at: datetime) -> Self:
        """Claimed by a worker that did not come back within its lease."""
        return self.filter(state=State.SENDING, leased_until__lt=at)

    def about(self, kinds: list[str], anchor_id: int) -> Self:
        return self.filter(kind__in=kinds, anchor_id=anchor_id)

    def sent_to(self, person: Person) -> Self:
        """What this person was sent, newest first."""
        return self.filter(recipient=person, state=State.SENT).order_by("-finished_at", "-pk")

    def by_state(self) -> dict[str, int]:
        return dict(self.order_by().values_list("state").annotate(models.Count("pk")))

    def narrowed(self, *, q: str = "", kind: str = "", state: str = "") -> Self:
        """Those of a kind, in a state, to a person whose name or address holds these letters."""
        found = self
        if kind:
            found = found.filter(kind=kind)
        if state == State.PENDING:
            found = found.filter(state__in=[State.PENDING, State.SENDING])
        elif state:
            found = found.filter(state=state)
        for word in q.split():
            people = Person.objects.filter(
                Q(given_name__icontains=word)
                | Q(family_name__icontains=word)
                | Q(addresses__email__icontains=word)
            )
            found = found.filter(recipient__in=people)
        return found

    def move(self, target: State, **values: Any) -> int:
        """Move those rows that may go to ``target``; says how many did. The condition stands in
        the UPDATE itself, so of two who try only one succeeds.

        A lease lasts only as long as ``sending``.
        """
        if target != State.SENDING:
            values = {"lease": None, "leased_until": None, **values}
        return self.filter(Q(state__in=sources(target))).update(state=target, **values)
