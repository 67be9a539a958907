from django.db import models
from django.db.models import Q

from lic_site.accounts.models import Person
from lic_site.notices.enums import Reason, State
from lic_site.notices.models.rules import ReminderRule
from lic_site.notices.querysets import NoticeQuerySet


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
    revision = models.IntegerField(
        null=True, blank=True, help_text="The anchor's revision it was planned for, if it has one."
    )
    state = models.CharField(max_length=10, choices=State, default=State.PENDING)
    reason = models.CharField(max_length=20, choices=Reason, blank=True)
    due_at = models.DateTimeField()
    useless_after = models.DateTimeField(null=True, blank=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    doubts = models.PositiveSmallIntegerField(
        default=0, help_text="How often the connection was lost after the message was handed over."
    )
    not_before = models.DateTimeField(help_text="When it may next be tried.")
    lease = models.UUIDField(null=True, blank=True)
    leased_until = models.DateTimeField(null=True, blank=True)
    bundle = models.ForeignKey(
        "self",
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="bundled",
        help_text="The daily digest that carries it, for those who chose one.",
    )
    rule = models.ForeignKey(
        ReminderRule,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="notices",
        help_text="The rule that planned it, if the clock did.",
    )
    last_error = models.CharField(max_length=200, blank=True)
    provider_id = models.CharField(max_length=200, blank=True)
    created_at = models.DateTimeField()
    finished_at = models.DateTimeField(null=True, blank=True)

    objects = NoticeQuerySet.as_manager()

    class Meta:
        ordering = ["due_at", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(state=State.SENDING, lease__isnull=False, leased_until__isnull=False)
                | (~Q(state=State.SENDING) & Q(lease__isnull=True, leased_until__isnull=True)),
                name="notice_leased_while_sending",
                violation_error_message="A message has a lease only while it is being sent.",
            ),
            models.CheckConstraint(
                condition=~Q(state=State.BUNDLED) | Q(bundle__isnull=False),
                name="notice_bundled_in_something",
                violation_error_message="A message that goes with others names what carries it.",
            ),
        ]
        indexes = [
            models.Index(
                fields=["not_before", "id"],
                name="notice_waiting",
                condition=Q(state=State.PENDING),
            ),
            models.Index(
                fields=["useless_after"],
                name="notice_stale",
                condition=Q(state=State.PENDING),
            ),
            models.Index(
                fields=["leased_until"],
                name="notice_leased",
                condition=Q(state=State.SENDING),
            ),
            models.Index(fields=["lease"], name="notice_lease", condition=Q(lease__isnull=False)),
            models.Index(fields=["kind", "state"], name="notice_kind_state"),
            models.Index(fields=["kind", "anchor_id"], name="notice_about"),
            models.Index(fields=["due_at", "id"], name="notice_due"),
            models.Index(fields=["finished_at", "kind", "state"], name="notice_finished"),
            models.Index(
                fields=["state", "due_at"],
                name="notice_stuck",
                condition=Q(state__in=[State.FAILED, State.PARKED]),
            ),
            models.Index(
                fields=["provider_id"],
                name="notice_provider",
                condition=~Q(provider_id=""),
            ),
        ]

    def __str__(self) -> str:
        return f"Notice {self.pk}"
