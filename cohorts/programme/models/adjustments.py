from django.db import models

from cohorts.programme.enums import AdjustmentState
from cohorts.programme.models.applications import Application
from lic_site.accounts.models import Person
from lic_site.common.fields import EncryptedTextField


class AdjustmentAnswer(models.Model):
    """What Staff College did about the adjustments an applicant asked for. No row: not answered.

    Kept apart from the application: readers and everyone who decides see neither.
    """

    application = models.OneToOneField(
        Application, on_delete=models.CASCADE, related_name="adjustment_answer"
    )
    state = models.CharField(max_length=10, choices=AdjustmentState)
    reply = EncryptedTextField(help_text="What the applicant reads.")
    answered_at = models.DateTimeField()
    answered_by = models.ForeignKey(
        Person, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )

    def __str__(self) -> str:
        return f"Adjustment answer {self.pk}"
