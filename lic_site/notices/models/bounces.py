from django.db import models

from lic_site.accounts.models import ContactAddress
from lic_site.notices.enums import Delivery
from lic_site.notices.models.outbox import Notice


class DeliveryEvent(models.Model):
    """What a mail provider told of one message. Each event counts once, however often told."""

    provider = models.CharField(max_length=30)
    event_id = models.CharField(max_length=200)
    event = models.CharField(max_length=20, choices=Delivery)
    notice = models.ForeignKey(
        Notice, on_delete=models.CASCADE, null=True, blank=True, related_name="events"
    )
    address = models.ForeignKey(
        ContactAddress, on_delete=models.CASCADE, null=True, blank=True, related_name="+"
    )
    detail = models.CharField(max_length=60, blank=True, help_text="The reason's code, no words.")
    happened_at = models.DateTimeField()
    received_at = models.DateTimeField()

    class Meta:
        ordering = ["-happened_at", "-pk"]
        constraints = [
            models.UniqueConstraint(fields=["provider", "event_id"], name="delivery_event_once")
        ]
        indexes = [models.Index(fields=["received_at"], name="delivery_event_received")]

    def __str__(self) -> str:
        return f"Delivery event {self.pk}"


class AddressTrouble(models.Model):
    """An address that sends messages back. Once set aside it is written to no more, until its
    owner or staff say that it works again.
    """

    address = models.OneToOneField(ContactAddress, on_delete=models.CASCADE, related_name="trouble")
    bounces = models.PositiveIntegerField(default=0)
    last_code = models.CharField(max_length=60, blank=True)
    first_at = models.DateTimeField()
    last_at = models.DateTimeField()
    set_aside_at = models.DateTimeField(null=True, blank=True)
    put_back_at = models.DateTimeField(
        null=True,
        blank=True,
        help_text="When its owner or staff last said that it works. What was told of earlier "
        "times counts no more.",
    )

    class Meta:
        ordering = ["-last_at", "-pk"]

    def __str__(self) -> str:
        return f"Address trouble {self.pk}"
