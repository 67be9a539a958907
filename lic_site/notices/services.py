"""The verbs of the outbox."""

from datetime import datetime

from django.db.models import Model

from lic_site.accounts.models import Person
from lic_site.notices.models import Notice


def send(
    kind: str,
    *,
    to: Person,
    about: Model,
    at: datetime,
    key: str = "",
    due_at: datetime | None = None,
    useless_after: datetime | None = None,
) -> None:
    """Queue one message, in the caller's transaction. Queuing the same key again changes nothing.

    ``about`` is the anchor whose live data the words are drawn from; ``key`` tells apart effects
    on one
    anchor (a revision, an attempt). ``due_at`` defaults to now; after ``useless_after`` it
    expires unsent.
    """
    due_at = due_at or at
    Notice.objects.bulk_create(
        [
            Notice(
                key=f"{kind}:{key}:{about.pk}:{to.pk}",
                kind=kind,
                recipient=to,
                anchor_id=about.pk,
                due_at=due_at,
                not_before=due_at,
                useless_after=useless_after,
                created_at=at,
            )
        ],
        ignore_conflicts=True,
    )
