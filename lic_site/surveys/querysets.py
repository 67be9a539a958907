"""Role-free vocabulary of reading. Who may see which rows is for ``policies.visible`` to say."""

from datetime import datetime
from typing import TYPE_CHECKING, Self

from django.db import models

from lic_site.surveys.enums import CommentState, VersionState, WaveState

if TYPE_CHECKING:
    from lic_site.accounts.models import Person
    from lic_site.surveys.models import Comment, Invitation, Version, Wave


class VersionQuerySet(models.QuerySet["Version"]):
    def published(self) -> Self:
        return self.filter(state=VersionState.PUBLISHED)


class WaveQuerySet(models.QuerySet["Wave"]):
    def open(self) -> Self:
        return self.filter(state=WaveState.OPEN)

    def open_at(self, at: datetime) -> Self:
        """Taking answers at this moment, whether or not the clock has come round to them."""
        return self.open().filter(opens_at__lte=at, closes_at__gt=at)


class InvitationQuerySet(models.QuerySet["Invitation"]):
    def waiting(self, at: datetime) -> Self:
        """Not answered, and can be."""
        return self.filter(
            answered=False,
            wave__state=WaveState.OPEN,
            wave__opens_at__lte=at,
            wave__closes_at__gt=at,
        )

    def of(self, person: "Person") -> Self:
        return self.filter(person=person)


class CommentQuerySet(models.QuerySet["Comment"]):
    def to_check(self) -> Self:
        return self.filter(state=CommentState.WAITING)

    def cleared(self) -> Self:
        return self.filter(state=CommentState.CLEARED)
