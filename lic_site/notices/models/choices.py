"""What people choose about their messages, and what the office chose for everybody."""

from datetime import time

from django.db import models
from django.db.models import F, Q

from lic_site.accounts.models import Person


class NoticePreference(models.Model):
    """A person turned this optional kind of message off. No row means that they want it."""

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="notice_preferences")
    kind = models.CharField(max_length=60)
    turned_off_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["person", "kind"], name="one_preference_per_kind")
        ]

    def __str__(self) -> str:
        return f"Message preference {self.pk}"


class DeliveryPreference(models.Model):
    """How a person wants what can wait: singly or once a day; and their own quiet hours, in London
    time. No row means singly, and the office's quiet hours.
    """

    person = models.OneToOneField(
        Person, on_delete=models.CASCADE, related_name="delivery_preference"
    )
    once_a_day = models.BooleanField(default=False)
    quiet_from = models.TimeField(null=True, blank=True)
    quiet_until = models.TimeField(null=True, blank=True)
    changed_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(quiet_from__isnull=True, quiet_until__isnull=True)
                | Q(quiet_from__isnull=False, quiet_until__isnull=False),
                name="delivery_quiet_hours_whole",
                violation_error_message="Say when your quiet hours begin and when they end.",
            ),
        ]

    def __str__(self) -> str:
        return f"Delivery preference {self.pk}"


class MessageSettings(models.Model):
    """What the office chose for every message. There is one row; times are London's."""

    quiet_from = models.TimeField("quiet hours begin", default=time(20, 0))
    quiet_until = models.TimeField("quiet hours end", default=time(7, 30))
    digest_at = models.TimeField("time of the daily digest", default=time(16, 30))
    hold_over = models.PositiveIntegerField(
        "hold a rule that writes to more than",
        default=500,
        help_text="More messages than this from one rule at once wait until staff release them.",
    )
    reply_to = models.ForeignKey(
        Person,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        help_text="Whom a reply to a message reaches, unless the message names somebody.",
    )
    changed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name_plural = "message settings"
        constraints = [
            models.CheckConstraint(condition=Q(pk=1), name="one_message_settings"),
            models.CheckConstraint(
                condition=~Q(quiet_from=F("quiet_until")),
                name="message_settings_quiet_hours_end",
                violation_error_message="Quiet hours cannot begin and end at the same time.",
            ),
        ]

    def __str__(self) -> str:
        return "Message settings"
