from django.db import models


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

    class Meta:
        ordering = ["-at", "-pk"]
        indexes = [models.Index(fields=["object_type", "object_id"])]

    def __str__(self) -> str:
        return f"Audit event {self.pk}"
