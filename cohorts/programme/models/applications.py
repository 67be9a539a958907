from django.db import models

from cohorts.programme.enums import LIVE_STATES, ApplicationState
from cohorts.programme.models.cohorts import Cohort, Question
from cohorts.programme.querysets import ApplicationQuerySet
from lic_site.accounts.enums import GradeBand
from lic_site.accounts.models import Organisation, Person
from lic_site.common.fields import EncryptedTextField


class Application(models.Model):
    """One person's application to one cohort. Post and employer stay as they were when applying."""

    cohort = models.ForeignKey(Cohort, on_delete=models.PROTECT, related_name="applications")
    applicant = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="applications")
    reference = models.CharField(max_length=12, unique=True)
    state = models.CharField(
        max_length=20, choices=ApplicationState, default=ApplicationState.DRAFT
    )
    is_eligible = models.BooleanField(
        null=True,
        help_text="The applicant said: 'I am Global Majority staff in London children's services.'",
    )
    job_title = models.CharField(max_length=120, blank=True)
    grade_band = models.CharField(max_length=30, choices=GradeBand, blank=True)
    organisation = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    adjustments = EncryptedTextField(
        blank=True, help_text="What the applicant needs in order to apply or be considered."
    )
    started_at = models.DateTimeField()
    submitted_at = models.DateTimeField(null=True, blank=True)
    decided_at = models.DateTimeField(null=True, blank=True)
    decided_by = models.ForeignKey(
        Person, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    decision_reason = models.TextField(blank=True, help_text="Why, for Staff College alone.")
    feedback = models.TextField(blank=True, help_text="What the applicant reads.")
    waitlist_position = models.PositiveIntegerField(null=True, blank=True)
    wiped_at = models.DateTimeField(
        null=True, blank=True, help_text="When the applicant's words were taken out."
    )

    objects = ApplicationQuerySet.as_manager()

    class Meta:
        ordering = ["-started_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["cohort", "applicant"],
                condition=models.Q(state__in=sorted(LIVE_STATES)),
                name="one_live_application",
                violation_error_message="You already have an application for this cohort.",
            ),
            models.CheckConstraint(
                condition=models.Q(waitlist_position__isnull=True)
                | models.Q(state=ApplicationState.WAITLISTED),
                name="waiting_only_when_waitlisted",
                violation_error_message="Only an application on the waiting list stands in it.",
            ),
            models.UniqueConstraint(
                fields=["cohort", "waitlist_position"],
                name="one_application_per_waiting_place",
                violation_error_message="Somebody else holds that place on the waiting list.",
            ),
            models.CheckConstraint(
                condition=models.Q(state__in=[ApplicationState.DRAFT, ApplicationState.WITHDRAWN])
                | models.Q(submitted_at__isnull=False),
                name="sent_before_anything_else",
                violation_error_message="The application has not been sent yet.",
            ),
        ]

    @property
    def revision(self) -> int:
        """Rises when the dates move by which it is to be sent. Wants ``cohort`` joined."""
        return self.cohort.revision

    def __str__(self) -> str:
        return f"Application {self.reference}"


class Answer(models.Model):
    """The applicant's words to one question."""

    application = models.ForeignKey(Application, on_delete=models.CASCADE, related_name="answers")
    question = models.ForeignKey(Question, on_delete=models.PROTECT, related_name="answers")
    text = models.TextField(blank=True)
    saved_at = models.DateTimeField()

    class Meta:
        ordering = ["question__position", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["application", "question"], name="one_answer_a_question"
            )
        ]

    def __str__(self) -> str:
        return f"Answer {self.pk}"


class ReaderExclusion(models.Model):
    """Somebody the applicant named who must not read this application. No reason is asked."""

    application = models.ForeignKey(
        Application, on_delete=models.CASCADE, related_name="exclusions"
    )
    name = EncryptedTextField()
    email = models.EmailField(blank=True)

    def __str__(self) -> str:
        return f"Exclusion {self.pk}"


class ApplicationEvent(models.Model):
    """A step in an application's life, for its timeline."""

    application = models.ForeignKey(Application, on_delete=models.CASCADE, related_name="events")
    state = models.CharField(max_length=20, choices=ApplicationState)
    at = models.DateTimeField()
    by = models.ForeignKey(
        Person, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )

    class Meta:
        ordering = ["at", "pk"]

    def __str__(self) -> str:
        return f"Application event {self.pk}"
