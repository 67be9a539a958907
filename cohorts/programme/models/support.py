from django.db import models

from cohorts.programme.enums import SupportAnswer, SupportRoute
from cohorts.programme.models.applications import Application
from lic_site.accounts.models import Person
from lic_site.common.fields import EncryptedTextField


class ManagerSupport(models.Model):
    """Whom the applicant asks for support, and the answer. It informs and never blocks.

    Readers never see it.
    The supporter is written to only after ``asked_at``, which the applicant sets. To the applicant
    a supporter is shown as typed: what we know of that person is not told.
    """

    application = models.OneToOneField(
        Application, on_delete=models.CASCADE, related_name="support"
    )
    route = models.CharField(max_length=10, choices=SupportRoute)
    supporter = models.ForeignKey(
        Person, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    given_name = EncryptedTextField(
        blank=True, help_text="The supporter's first name as the applicant typed it."
    )
    family_name = EncryptedTextField(blank=True, help_text="Their last name, as typed.")
    email = EncryptedTextField(blank=True, help_text="Their address, as typed.")
    version = models.PositiveIntegerField(
        default=1, help_text="Raised to end every earlier link to the answer page."
    )
    asked_at = models.DateTimeField(null=True, blank=True)
    answer = models.CharField(max_length=10, choices=SupportAnswer, blank=True)
    conditions = EncryptedTextField(blank=True)
    answered_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(answer="", answered_at__isnull=True)
                | (~models.Q(answer="") & models.Q(answered_at__isnull=False)),
                name="support_answer_has_its_time",
                violation_error_message="An answer and its time are kept together.",
            )
        ]

    def __str__(self) -> str:
        return f"Support {self.pk}"

    @property
    def typed_name(self) -> str:
        return f"{self.given_name} {self.family_name}".strip()
