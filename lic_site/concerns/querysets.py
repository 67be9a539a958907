"""Concerns read in sentences, and the one way they change state."""

from datetime import date
from typing import TYPE_CHECKING, Any, Self

from django.db import models
from django.db.models import Q

from lic_site.accounts.models import Person
from lic_site.concerns.enums import State, sources

if TYPE_CHECKING:
    from lic_site.concerns.models import Concern, Contact


class ContactQuerySet(models.QuerySet["Contact"]):
    def live(self, on: date) -> Self:
        """Those whose right holds on the day, of people who are still on record."""
        return self.filter(
            Q(ended_at=None) | Q(ended_at__date__gt=on),
            starts_on__lte=on,
            ends_on__gte=on,
            person__erased_at=None,
        )


class ConcernQuerySet(models.QuerySet["Concern"]):
    def open(self) -> Self:
        return self.exclude(state=State.CLOSED)

    def raised_by(self, person: Person) -> Self:
        return self.filter(raiser=person)

    def read_by(self, person: Person) -> Self:
        """Addressed to this person now, and not about them."""
        return self.filter(reader=person).not_about(person)

    def not_about(self, person: Person) -> Self:
        return self.exclude(exclusions__person=person)

    def unanswered(self) -> Self:
        """Open, and nobody has replied yet."""
        return self.open().filter(answered_on=None)

    def without_reader(self, on: date) -> Self:
        """Open, and the right of whoever reads it has ended."""
        live = self.model.reader_contacts().live(on).values("person")
        return self.open().exclude(reader__in=live)

    def by_state(self) -> dict[str, int]:
        return dict(self.order_by().values_list("state").annotate(models.Count("pk")))

    def move(self, target: State, **values: Any) -> int:
        """Move those that may go to ``target``; says how many did. The condition stands in the
        UPDATE itself, so of two who try only one succeeds.
        """
        return self.filter(state__in=sources(target)).update(state=target, **values)
