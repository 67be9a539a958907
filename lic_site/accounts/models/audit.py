from typing import Any, Never

from django.db import models


class AppendOnly(Exception):
    """The audit trail is only ever added to."""


class AuditQuerySet(models.QuerySet["AuditEvent"]):
    """Refuses what would change the past. The database refuses it too, see ``append_only``."""

    def update(self, **_: Any) -> Never:
        raise AppendOnly("An audit event is never changed.")

    def delete(self) -> Never:
        raise AppendOnly("An audit event is never deleted.")

    def about(self, *ids: int) -> "AuditQuerySet":
        """What was done to, or seen of, the records of these people."""
        return self.filter(subject_id__in=ids)

    def looks(self) -> "AuditQuerySet":
        """Only the times somebody looked, or took a copy."""
        return self.filter(
            models.Q(verb__endswith="_viewed") | models.Q(verb__endswith="_exported")
        )


class AuditEvent(models.Model):
    """Who did what to which record, and who looked. Append-only; it holds ids and names of
    fields.
    """

    at = models.DateTimeField(db_index=True)
    actor_id = models.BigIntegerField(null=True, help_text="The person's id; empty for the clock.")
    verb = models.CharField(max_length=60)
    object_type = models.CharField(max_length=60)
    object_id = models.BigIntegerField(null=True)
    subject_id = models.BigIntegerField(
        null=True, db_index=True, help_text="The person whom the record is about, if one."
    )
    fields = models.JSONField(default=list, help_text="Names of the fields touched, no values.")

    objects = AuditQuerySet.as_manager()

    class Meta:
        ordering = ["-at", "-pk"]
        indexes = [models.Index(fields=["object_type", "object_id"])]

    def __str__(self) -> str:
        return f"Audit event {self.pk}"

    def save(self, **options: Any) -> None:
        if not self._state.adding:
            raise AppendOnly("An audit event is never changed.")
        super().save(**options)

    def delete(self, *_: Any, **__: Any) -> Never:
        raise AppendOnly("An audit event is never deleted.")


class RetentionRun(models.Model):
    """That the retention schedule ran on a day, and how many rows it took away."""

    on = models.DateField(unique=True)
    rows = models.PositiveIntegerField(default=0)
    finished_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-on"]

    def __str__(self) -> str:
        return f"Retention of {self.on:%-d %B %Y}"
