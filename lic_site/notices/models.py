from django.db import models

from lic_site.accounts.models import Person
from lic_site.notices.enums import State


class Notice(models.Model):
    """One message to one person. The unique key is one effect: planned however often, it exists
    once.

    Content is not stored: it is rendered from live data when it is sent.
    """

    key = models.CharField(max_length=200, unique=True)
    kind = models.CharField(max_length=60)
    recipient = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="notices")
    anchor_id = models.BigIntegerField(
        help_text="The record it is about; the kind knows its table."
    )
    state = models.CharField(max_length=10, choices=State, default=State.PENDING)
    due_at = models.DateTimeField()
    useless_after = models.DateTimeField(null=True, blank=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    not_before = models.DateTimeField(help_text="When it may next be tried.")
    lease = models.UUIDField(null=True, blank=True)
    leased_until = models.DateTimeField(null=True, blank=True)
    last_error = models.CharField(max_length=200, blank=True)
    provider_id = models.CharField(max_length=200, blank=True)
    created_at = models.DateTimeField()
    finished_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["due_at", "pk"]
        indexes = [
            models.Index(
                fields=["not_before"],
                name="notice_waiting",
                condition=models.Q(state=State.PENDING),
            ),
            models.Index(
                fields=["leased_until"],
                name="notice_leased",
                condition=models.Q(state=State.SENDING),
            ),
            models.Index(fields=["kind", "state"], name="notice_kind_state"),
        ]

    def __str__(self) -> str:
        return f"Notice {self.pk}"


class ReminderRule(models.Model):
    """When the clock sends a kind of notice, counted from its anchor's time."""

    kind = models.CharField(max_length=60)
    offset_days = models.SmallIntegerField(
        help_text="Days from the anchor: -3 is three days before."
    )
    is_on = models.BooleanField(default=True)

    class Meta:
        ordering = ["kind", "offset_days"]
        constraints = [
            models.UniqueConstraint(
                fields=["kind", "offset_days"],
                name="one_rule_per_kind_and_offset",
                violation_error_message="There is already a rule for this message at that time.",
            )
        ]

    def __str__(self) -> str:
        return f"{self.kind} at {self.offset_days:+d} days"
