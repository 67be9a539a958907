from django.db import models

from lic_site.accounts.models.people import Person
from lic_site.common.fields import EncryptedTextField


class EqualityRecord(models.Model):
    """What a person chose to tell for equality monitoring. Apart, sealed, theirs to change or
    withdraw.

    Read only by its owner and, in aggregate under disclosure control, by ``insight``.
    """

    person = models.OneToOneField(Person, on_delete=models.CASCADE, related_name="equality_record")
    answers = EncryptedTextField(help_text="JSON: question code to answer code or words.")
    updated_on = models.DateField()

    def __str__(self) -> str:
        return f"Equality record {self.pk}"
