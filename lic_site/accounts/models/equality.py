from django.db import models

from lic_site.accounts.models.people import Person
from lic_site.common.fields import EncryptedTextField


class EqualityRecord(models.Model):
    """What a person chose to tell for equality monitoring. Apart, sealed, theirs to change or
    withdraw.

    Read only by its owner and, in aggregate under disclosure control, by ``insight``. It is not
    among the names of ``lic_site.accounts.models``, and a person has no attribute that leads here:
    whoever reads it has to import this module, and import rules say who may.
    """

    person = models.OneToOneField(Person, on_delete=models.CASCADE, related_name="+")
    answers = EncryptedTextField(help_text="JSON: question code to answer code or words.")
    updated_on = models.DateField()

    def __str__(self) -> str:
        return f"Equality record {self.pk}"
