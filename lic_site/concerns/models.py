"""Concerns, their readers, and what is said and done about each.

Nothing here tells when within a day something was received, and primary keys are random: what a
person does while signed in must not be joined, by time or order, to a concern raised without a
name.
"""

from datetime import date
from typing import Any

from django.db import models

from lic_site.accounts.models import Person
from lic_site.common.fields import EncryptedTextField
from lic_site.concerns import codes, deadlines, enums
from lic_site.concerns.querysets import ConcernQuerySet, ContactQuerySet


class Contact(models.Model):
    """Somebody who reads concerns, named to whoever raises one, from a day until a day."""

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="concern_contacts")
    what_for = models.CharField(max_length=200)
    starts_on = models.DateField()
    ends_on = models.DateField(help_text="The last day.")
    added_by = models.ForeignKey(
        Person, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    added_at = models.DateTimeField()
    ended_at = models.DateTimeField(
        null=True, blank=True, help_text="When it was ended before its last day."
    )

    objects = ContactQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(ends_on__gte=models.F("starts_on")),
                name="contact_ends_after_it_starts",
                violation_error_message="The last day is before the first: change one of them.",
            ),
        ]

    def __str__(self) -> str:
        return f"Contact {self.pk}"


class Concern(models.Model):
    """Something that somebody raised. One person reads it at a time."""

    id = models.BigIntegerField(primary_key=True, default=codes.new_id, editable=False)
    reference = models.CharField(max_length=9, unique=True, default=codes.new_reference)
    about = models.CharField(max_length=20, choices=enums.About)
    known = models.CharField(max_length=20, choices=enums.Known)
    raiser = models.ForeignKey(
        Person, on_delete=models.SET_NULL, null=True, blank=True, related_name="concerns_raised"
    )
    tell_by_mail = models.BooleanField(default=False)
    reach = EncryptedTextField(blank=True)
    regarding = EncryptedTextField(blank=True, help_text="The session or cohort it came from.")
    happened_when = EncryptedTextField(blank=True)
    happened_where = EncryptedTextField(blank=True)
    who = EncryptedTextField(blank=True, help_text="Whom it is about, in the raiser's words.")
    hoped_for = EncryptedTextField(blank=True)
    reader = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="concerns_to_read")
    first_reader = models.ForeignKey(
        Person, on_delete=models.PROTECT, related_name="+", help_text="Whom the raiser chose."
    )
    sealed_code = models.CharField(max_length=64, null=True, blank=True, unique=True)
    sent_once = models.CharField(max_length=64, unique=True)
    state = models.CharField(max_length=20, choices=enums.State, default=enums.State.RECEIVED)
    outcome = models.CharField(max_length=20, choices=enums.Outcome, blank=True)
    received_on = models.DateField()
    acknowledge_by = models.DateField()
    answer_by = models.DateField()
    acknowledged_on = models.DateField(null=True, blank=True)
    answered_on = models.DateField(null=True, blank=True)
    closed_on = models.DateField(null=True, blank=True)
    reader_told = models.BooleanField(
        default=False, help_text="Whether the reader was told of the latest from the raiser."
    )

    objects = ConcernQuerySet.as_manager()

    class Meta:
        ordering = ["acknowledge_by", "reference"]
        indexes = [models.Index(fields=["reader", "state"], name="concern_of_reader")]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(state=enums.State.CLOSED, closed_on__isnull=False)
                & ~models.Q(outcome="")
                | ~models.Q(state=enums.State.CLOSED)
                & models.Q(outcome="", closed_on__isnull=True),
                name="concern_closes_with_an_outcome",
                violation_error_message="A concern is closed with an outcome.",
            ),
            models.CheckConstraint(
                condition=models.Q(raiser=None) | models.Q(known__in=sorted(enums.ON_RECORD)),
                name="concern_without_name_names_nobody",
                violation_error_message="Who raised it is not kept with a concern without a name.",
            ),
        ]

    def __str__(self) -> str:
        return f"Concern {self.pk}"

    @staticmethod
    def reader_contacts() -> ContactQuerySet:
        return Contact.objects.all()

    @property
    def due_by(self) -> date | None:
        """When the next thing promised to the raiser is due, if anything is."""
        if self.state == enums.State.RECEIVED:
            return self.acknowledge_by
        if self.state != enums.State.CLOSED and self.answered_on is None:
            return self.answer_by
        return None

    def working_days_late(self, on: date) -> int:
        return deadlines.between(self.due_by, on) if self.due_by else 0


class Exclusion(models.Model):
    """That a concern is about this person: they never read it, and are never told that it is."""

    id = models.BigIntegerField(primary_key=True, default=codes.new_id, editable=False)
    concern = models.ForeignKey(Concern, on_delete=models.CASCADE, related_name="exclusions")
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+")

    def __str__(self) -> str:
        return f"Exclusion {self.pk}"


class Entry(models.Model):
    """One thing said or done about a concern. ``number`` is its place in the record."""

    id = models.BigIntegerField(primary_key=True, default=codes.new_id, editable=False)
    concern = models.ForeignKey(Concern, on_delete=models.CASCADE, related_name="entries")
    number = models.PositiveIntegerField()
    kind = models.CharField(max_length=10, choices=enums.Entry)
    step = models.CharField(max_length=20, choices=enums.Step, blank=True)
    author = models.ForeignKey(
        Person,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        help_text="A reader; never whoever raised it.",
    )
    text = EncryptedTextField(blank=True)
    on = models.DateField()
    due_on = models.DateField(null=True, blank=True)
    done_on = models.DateField(null=True, blank=True)

    class Meta:
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(
                fields=["concern", "number"],
                name="entry_has_its_place",
                violation_error_message="Somebody wrote at the same moment: try again.",
            )
        ]

    def __str__(self) -> str:
        return f"Entry {self.pk}"

    def save(self, **options: Any) -> None:
        """Its place is the next one, while the caller holds the concern."""
        if not self.number:
            last = self.concern.entries.order_by("-number").values_list("number", flat=True)
            self.number = (last.first() or 0) + 1
        super().save(**options)


class Round(models.Model):
    """One of the day's fixed times at which readers are told what came without a name."""

    at = models.DateTimeField(unique=True)

    def __str__(self) -> str:
        return f"Round {self.pk}"
