"""What was answered. Each mode keeps it in another way; see ``enums.Mode``.

Nothing here tells when within a day something was sent, and an anonymous wave's rows tell no day.
"""

import uuid

from django.db import models

from lic_site.accounts.models import Person
from lic_site.common.fields import EncryptedTextField
from lic_site.surveys.models.waves import Invitation, Wave


class Draft(models.Model):
    """What somebody has answered so far, where the mode allows to leave and come back."""

    invitation = models.OneToOneField(Invitation, on_delete=models.CASCADE, related_name="draft")
    answers = EncryptedTextField(help_text="``Answers`` as JSON.")
    page = models.CharField(max_length=40, blank=True, help_text="Where to go on: a section.")

    def __str__(self) -> str:
        return f"Draft {self.pk}"


class SealedAnswer(models.Model):
    """An anonymous answer on its way: it can be opened only when it is moved, in company."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    wave = models.ForeignKey(Wave, on_delete=models.CASCADE, related_name="sealed")
    sealed = models.BinaryField()

    def __str__(self) -> str:
        return f"Sealed answer {self.pk}"


class Response(models.Model):
    """All that one respondent answered in a wave: with nobody's name, a pseudonym or a person,
    as the wave's mode has it.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    wave = models.ForeignKey(Wave, on_delete=models.CASCADE, related_name="responses")
    pseudonym = models.CharField(
        max_length=64,
        blank=True,
        help_text="In a linked wave: the same in each wave of the group, known to nobody.",
    )
    person = models.ForeignKey(
        Person, on_delete=models.CASCADE, null=True, blank=True, related_name="survey_responses"
    )
    on = models.DateField(null=True, blank=True, help_text="Of a named or own answer.")

    class Meta:
        indexes = [models.Index(fields=["pseudonym"], name="response_by_pseudonym")]
        constraints = [
            models.UniqueConstraint(
                fields=["wave", "pseudonym"],
                condition=~models.Q(pseudonym=""),
                name="linked_response_once",
                violation_error_message="This survey is answered already.",
            ),
            models.UniqueConstraint(
                fields=["wave", "person"],
                condition=models.Q(person__isnull=False),
                name="named_response_once",
                violation_error_message="This survey is answered already.",
            ),
            models.CheckConstraint(
                condition=models.Q(pseudonym="") | models.Q(person=None),
                name="response_has_one_owner_at_most",
                violation_error_message="An answer has a person or a pseudonym, not both.",
            ),
        ]

    def __str__(self) -> str:
        return f"Response {self.pk}"


class Answer(models.Model):
    """One value of one answer: the code of an option, or a number. Several for 'choose any'."""

    response = models.ForeignKey(Response, on_delete=models.CASCADE, related_name="answers")
    question = models.CharField(max_length=40)
    value = models.CharField(max_length=40)

    class Meta:
        indexes = [models.Index(fields=["question", "value"], name="answer_by_question")]
        constraints = [
            models.UniqueConstraint(
                fields=["response", "question", "value"],
                name="answer_once",
                violation_error_message="The same answer is given twice.",
            )
        ]

    def __str__(self) -> str:
        return f"Answer {self.pk}"


class Share(models.Model):
    """One answer of one's own, shown to one person until it is taken back."""

    response = models.ForeignKey(Response, on_delete=models.CASCADE, related_name="shares")
    question = models.CharField(max_length=40)
    reader = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="answers_shared")
    relation = models.CharField(max_length=40, help_text="What the reader is to the person.")
    shared_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["response", "question", "reader"],
                condition=models.Q(ended_at=None),
                name="shared_once",
                violation_error_message="This is shared with them already.",
            )
        ]

    def __str__(self) -> str:
        return f"Share {self.pk}"
