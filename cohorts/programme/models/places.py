from django.db import models

from cohorts.programme.enums import OfferState
from cohorts.programme.models.applications import Application
from cohorts.programme.querysets import OfferQuerySet


class Offer(models.Model):
    """A place held for an applicant until a moment."""

    application = models.ForeignKey(Application, on_delete=models.CASCADE, related_name="offers")
    state = models.CharField(max_length=12, choices=OfferState, default=OfferState.OPEN)
    made_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    answered_at = models.DateTimeField(null=True, blank=True)

    objects = OfferQuerySet.as_manager()

    class Meta:
        ordering = ["-made_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["application"],
                condition=models.Q(state=OfferState.OPEN),
                name="one_open_offer",
                violation_error_message="A place is already on offer to this applicant.",
            )
        ]
        indexes = [
            models.Index(
                fields=["expires_at"],
                name="offer_open_expiry",
                condition=models.Q(state=OfferState.OPEN),
            )
        ]

    def __str__(self) -> str:
        return f"Offer {self.pk}"
