import json

from django.db import models

from cohorts.programme.enums import Access, AdjustmentState, Diet, NeedKind
from cohorts.programme.models.enrolments import Enrolment
from cohorts.programme.needed import Contact, contact_of
from cohorts.programme.querysets import NeedQuerySet
from lic_site.accounts.models import Person
from lic_site.common.fields import EncryptedTextField


class Need(models.Model):
    """What a participant needs in order to take part, and what was done about it.

    Kept apart from everything else about the place, encrypted, and deleted after the cohort.
    """

    enrolment = models.ForeignKey(Enrolment, on_delete=models.CASCADE, related_name="needs")
    kind = models.CharField(max_length=10, choices=NeedKind)
    chosen = EncryptedTextField(
        blank=True, help_text="Codes of the choices ticked, a JSON list: counted for the venue."
    )
    text = EncryptedTextField(blank=True, help_text="In the participant's own words.")
    told_at = models.DateTimeField()
    state = models.CharField(
        max_length=10, choices=AdjustmentState, default=AdjustmentState.WORKING
    )
    reply = EncryptedTextField(blank=True, help_text="What the participant reads.")
    answered_at = models.DateTimeField(null=True, blank=True)
    answered_by = models.ForeignKey(
        Person, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )

    objects = NeedQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["enrolment", "kind"],
                name="need_once_a_kind",
                violation_error_message="You have told us about this already: change it instead.",
            )
        ]

    def __str__(self) -> str:
        return f"Need {self.pk}"

    @property
    def is_something(self) -> bool:
        """Not 'I need nothing'."""
        return bool(self.chosen or self.text)

    @property
    def contact(self) -> Contact | None:
        """Whom to ring in an emergency, where this says so."""
        return contact_of(self.text) if self.kind == NeedKind.CONTACT else None

    @property
    def codes(self) -> list[str]:
        """The codes of the choices ticked."""
        return json.loads(self.chosen) if self.chosen else []

    @property
    def choices(self) -> list[str]:
        """The choices ticked, as people read them."""
        labels = {**dict(Diet.choices), **dict(Access.choices)}
        return [labels.get(code, code) for code in self.codes]
