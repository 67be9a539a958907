from django.db import models

from cohorts.programme.models.enrolments import Enrolment
from lic_site.accounts.models import Person


class Certificate(models.Model):
    """That somebody completed a cohort. Issuing it again keeps its number."""

    enrolment = models.OneToOneField(
        Enrolment, on_delete=models.PROTECT, related_name="certificate"
    )
    number = models.CharField(max_length=24, unique=True, help_text="Cannot be guessed.")
    name = models.CharField(max_length=170, help_text="As printed.")
    family_name = models.CharField(
        max_length=80, blank=True, help_text="As printed: what a check asks for."
    )
    issued_on = models.DateField()
    issued_by = models.ForeignKey(
        Person, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    issue = models.PositiveSmallIntegerField(
        default=1, help_text="Raised when it is issued again, with a corrected name for example."
    )
    is_checkable = models.BooleanField(
        default=True, help_text="The holder can switch the check page off."
    )
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-issued_on", "-pk"]

    def __str__(self) -> str:
        return f"Certificate {self.pk}"
