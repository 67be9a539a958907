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


def record_each(
    verb: str,
    *,
    by: Person | None,
    at: datetime,
    about: Iterable[tuple[Model, Person]],
    fields: Iterable[str] = (),
) -> None:
    """As ``record``, for several records at once: each with whom it is about."""
    names = sorted(fields)
    events = (
        AuditEvent(
            at=at,
            actor_id=by.pk if by else None,
            verb=verb,
            object_type=thing._meta.label_lower,
            object_id=thing.pk,
            subject_id=subject.pk,
            fields=names,
        )
        for thing, subject in about
    )
    AuditEvent.objects.bulk_create(events, batch_size=1_000)


def since(moment: datetime) -> set[int]:
    """The ids of everybody who did something, or to whose records something was done, since
    then. A look does not count.
    """
    events = AuditEvent.objects.filter(at__gte=moment)
    touched = set(events.exclude(actor_id=None).values_list("actor_id", flat=True))
    done = events.exclude(subject_id=None).exclude(pk__in=events.looks().values("pk"))
    return {pk for pk in (*touched, *done.values_list("subject_id", flat=True)) if pk is not None}
