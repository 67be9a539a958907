from django.db import models

from cohorts.programme.enums import EnrolmentState, OfferState
from cohorts.programme.models.applications import Application
from cohorts.programme.models.cohorts import Cohort
from cohorts.programme.querysets import OfferQuerySet
from lic_site.accounts.models import Person


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


class Enrolment(models.Model):
    """A person's place in a cohort."""

    cohort = models.ForeignKey(Cohort, on_delete=models.PROTECT, related_name="enrolments")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="enrolments")
    application = models.OneToOneField(
        Application, on_delete=models.PROTECT, null=True, blank=True, related_name="enrolment"
    )
    state = models.CharField(max_length=10, choices=EnrolmentState, default=EnrolmentState.ACTIVE)
    enrolled_at = models.DateTimeField()
    committed_at = models.DateTimeField(
        null=True, blank=True, help_text="When the person committed to the dates."
    )
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["cohort", "person"],
                condition=models.Q(state=EnrolmentState.ACTIVE),
                name="one_active_enrolment",
                violation_error_message="This person already has a place in this cohort.",
            )
        ]

    def __str__(self) -> str:
        return f"Enrolment {self.pk}"
