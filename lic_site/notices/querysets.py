"""The outbox read in sentences, and the one way its rows change state."""

from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING, Any, Self

from django.db import models
from django.db.models import Q
from django.utils import timezone

from lic_site.accounts.models import Person
from lic_site.notices.enums import CAME_BACK, FAILURES, FINISHED, Reason, State, sources

if TYPE_CHECKING:
    from lic_site.notices.models import Notice


def day_begins(day: date) -> datetime:
    """Midnight of that day in London."""
    return timezone.make_aware(datetime.combine(day, time()))


class NoticeQuerySet(models.QuerySet["Notice"]):
    def due(self, at: datetime) -> Self:
        """Waiting, and it is time to try them."""
        return self.filter(state=State.PENDING, not_before__lte=at)

    def stale(self, at: datetime) -> Self:
        """Waiting, although they are of no use any more."""
        return self.filter(state=State.PENDING, useless_after__lte=at)

    def held_too_long(self, at: datetime) -> Self:
        """Held, and of no use any more."""
        return self.filter(state=State.PARKED, useless_after__lte=at)

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

    def retryable(self, at: datetime) -> Self:
        """Failed, of use, and surely not arrived."""
        failed = self.filter(state=State.FAILED).exclude(reason=Reason.IN_DOUBT)
        return failed.exclude(useless_after__lte=at)

    def releasable(self, at: datetime) -> Self:
        """Held and of use; what belongs to a mailing that was stopped goes on with it alone."""
        held = self.filter(state=State.PARKED).exclude(reason=Reason.STOPPED)
        return held.exclude(useless_after__lte=at)

    def stuck(self, at: datetime) -> Self:
        """Failed or held, and of use."""
        found = self.filter(state__in=[State.FAILED, State.PARKED])
        return found.exclude(useless_after__lte=at)

    def holdable(self) -> Self:
        return self.filter(state=State.PENDING)

    def cancellable(self) -> Self:
        """Not sent, and in no worker's hands."""
        return self.filter(state__in=[State.PENDING, State.PARKED, State.FAILED, State.BUNDLED])

    def came_back(self) -> Self:
        """Sent, and then sent back, not accepted or marked as junk."""
        return self.filter(events__event__in=FAILURES).distinct()

    def narrowed(
        self,
        *,
        q: str = "",
        kind: str = "",
        state: str = "",
        reason: str = "",
        since: date | None = None,
        until: date | None = None,
    ) -> Self:
        """Those of a kind, in a state, to a person whose name or address holds these letters, due
        (or, once over, finished) on London's days from ``since`` to ``until``.
        """
        found = self
        if kind:
            found = found.filter(kind=kind)
        if state == State.PENDING:
            found = found.filter(state__in=[State.PENDING, State.SENDING])
        elif state == CAME_BACK:
            found = found.filter(pk__in=self.model.objects.came_back().values("pk"))
        elif state:
            found = found.filter(state=state)
        if reason:
            found = found.filter(reason=reason)
        counted = "finished_at" if state in FINISHED else "due_at"
        if since:
            found = found.filter(**{f"{counted}__gte": day_begins(since)})
        if until:
            found = found.filter(**{f"{counted}__lt": day_begins(until + timedelta(days=1))})
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
