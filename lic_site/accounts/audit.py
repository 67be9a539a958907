"""The one way to write the audit trail."""

from collections.abc import Iterable
from datetime import datetime

from django.db.models import Model

from lic_site.accounts.models import AuditEvent, Person


def record(
    verb: str,
    *,
    by: Person | None,
    at: datetime,
    thing: Model | None = None,
    subject: Person | None = None,
    fields: Iterable[str] = (),
) -> AuditEvent:
    """Write down that ``by`` (None: the clock) did ``verb`` to ``thing``, which is about
    ``subject``.

    ``verb`` is ``<app>.<what happened>`` in the past tense, such as ``programme.place_offered``;
    a look at
    a sensitive record ends in ``_viewed``, an export in ``_exported``. No values, only names of
    fields.
    """
    return AuditEvent.objects.create(
        at=at,
        actor_id=by.pk if by else None,
        verb=verb,
        object_type=thing._meta.label_lower if thing else "",
        object_id=thing.pk if thing else None,
        subject_id=subject.pk if subject else None,
        fields=sorted(fields),
    )
