from django.db import models

from cohorts.programme.enums import EnrolmentReason, EnrolmentState, EnrolmentStep
from cohorts.programme.models.applications import Application
from cohorts.programme.models.cohorts import Cohort
from cohorts.programme.models.sets import LearningSet
from cohorts.programme.querysets import EnrolmentQuerySet
from lic_site.accounts.enums import GradeBand
from lic_site.accounts.models import Organisation, Person
from lic_site.common.fields import EncryptedTextField


class Enrolment(models.Model):
    """A person's place in a cohort. Going on in another cohort makes a new one that follows it."""

    cohort = models.ForeignKey(Cohort, on_delete=models.PROTECT, related_name="enrolments")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="enrolments")
    application = models.OneToOneField(
        Application, on_delete=models.PROTECT, null=True, blank=True, related_name="enrolment"
    )
    state = models.CharField(max_length=10, choices=EnrolmentState, default=EnrolmentState.ACTIVE)
    reason = models.CharField(
        max_length=12,
        choices=EnrolmentReason,
        blank=True,
        help_text="Why it was deferred or ended.",
    )
    enrolled_at = models.DateTimeField()
    committed_at = models.DateTimeField(
        null=True, blank=True, help_text="When the person committed to the dates."
    )
    ended_at = models.DateTimeField(null=True, blank=True)
    learning_set = models.ForeignKey(
        LearningSet, on_delete=models.SET_NULL, null=True, blank=True, related_name="members"
    )
    follows = models.OneToOneField(
        "self",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="successor",
        help_text="The place in an earlier cohort that this one goes on from.",
    )
    deferred_to = models.ForeignKey(
        Cohort,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="expected",
        help_text="Where somebody who deferred means to go on, if they have said.",
    )
    entry_job_title = models.CharField("job title on joining", max_length=120, blank=True)
    entry_grade_band = models.CharField(
        "grade on joining", max_length=30, choices=GradeBand, blank=True
    )
    entry_organisation = models.ForeignKey(
        Organisation,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="employer on joining",
    )
    needs_told_at = models.DateTimeField(
        null=True,
        blank=True,
        help_text="When the person said what they need, or that they need nothing.",
    )
    named_to_coordinator_at = models.DateTimeField(
        null=True,
        blank=True,
        help_text="When the person agreed that their borough's coordinator sees their name.",
    )
    named_to = models.ForeignKey(
        Organisation,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="named to the coordinator of",
        help_text="The employer whose coordinator it was agreed for: another's never sees it.",
    )

    objects = EnrolmentQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["cohort", "person"],
                condition=models.Q(state=EnrolmentState.ACTIVE),
                name="one_active_enrolment",
                violation_error_message="This person already has a place in this cohort.",
            ),
            models.CheckConstraint(
                condition=models.Q(state=EnrolmentState.ACTIVE, ended_at=None)
                | ~models.Q(state=EnrolmentState.ACTIVE) & models.Q(ended_at__isnull=False),
                name="enrolment_ended_when_not_active",
                violation_error_message="A place that is no longer held has the day it ended.",
            ),
        ]

    def __str__(self) -> str:
        return f"Enrolment {self.pk}"


class EnrolmentEvent(models.Model):
    """A step in the life of a place: its history."""

    enrolment = models.ForeignKey(Enrolment, on_delete=models.CASCADE, related_name="events")
    step = models.CharField(max_length=12, choices=EnrolmentStep)
    reason = models.CharField(max_length=12, choices=EnrolmentReason, blank=True)
    note = EncryptedTextField(blank=True, help_text="For Staff College alone.")
    at = models.DateTimeField()
    by = models.ForeignKey(
        Person, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )

    class Meta:
        ordering = ["at", "pk"]

    def __str__(self) -> str:
        return f"Enrolment event {self.pk}"


class SupportContact(models.Model):
    """Somebody of Staff College asked a participant how it goes, and what came of it."""

    enrolment = models.ForeignKey(Enrolment, on_delete=models.CASCADE, related_name="contacts")
    at = models.DateTimeField()
    by = models.ForeignKey(
        Person, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    note = EncryptedTextField(blank=True)

    class Meta:
        ordering = ["-at", "-pk"]

    def __str__(self) -> str:
        return f"Support contact {self.pk}"
