"""What becomes of answers: figures made once, comments checked, and what was done about it."""

import uuid

from django.db import models

from lic_site.accounts.models import Person
from lic_site.common.fields import EncryptedTextField
from lic_site.surveys.enums import CommentState
from lic_site.surveys.models.answers import Response
from lic_site.surveys.models.waves import Wave
from lic_site.surveys.querysets import CommentQuerySet


class Release(models.Model):
    """A wave's figures under disclosure control, made once on closing: what changes afterwards
    (an answer taken back, a person erased) does not change them, or the change would tell of one.
    """

    wave = models.OneToOneField(Wave, on_delete=models.CASCADE, related_name="release")
    figures = models.JSONField(help_text="What may be shown, and nothing else.")
    asked = models.PositiveIntegerField()
    answered = models.PositiveIntegerField()
    made_at = models.DateTimeField()
    shared_at = models.DateTimeField(
        null=True, blank=True, help_text="When it was opened to those it is about."
    )
    shared_by = models.ForeignKey(
        Person, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )

    class Meta:
        ordering = ["-made_at", "-pk"]

    def __str__(self) -> str:
        return f"Release {self.pk}"


class Checker(models.Model):
    """One of the two who read comments as they were written, and take out what tells of whom."""

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="comment_checking")
    starts_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)
    added_by = models.ForeignKey(
        Person, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["person"],
                condition=models.Q(ended_at=None),
                name="checker_once",
                violation_error_message="This person checks comments already.",
            )
        ]

    def __str__(self) -> str:
        return f"Checker {self.pk}"


class Theme(models.Model):
    """What comments are about, in a word or two."""

    name = models.CharField(
        max_length=60,
        unique=True,
        error_messages={"unique": "There is a theme of this name already."},
    )
    retired_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name


class Comment(models.Model):
    """An answer in somebody's own words. Once checked, only the checked words are kept."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    wave = models.ForeignKey(Wave, on_delete=models.CASCADE, related_name="comments")
    question = models.CharField(max_length=40)
    response = models.ForeignKey(
        Response,
        on_delete=models.CASCADE,
        null=True,
        blank=True,
        related_name="comments",
        help_text="Never of an anonymous wave: its words stand alone.",
    )
    text = EncryptedTextField()
    state = models.CharField(max_length=10, choices=CommentState, default=CommentState.WAITING)
    was_changed = models.BooleanField(default=False, help_text="Something was taken out.")
    checked_by = models.ForeignKey(
        Person, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    checked_on = models.DateField(null=True, blank=True)
    themes = models.ManyToManyField(Theme, blank=True, related_name="comments")

    objects = CommentQuerySet.as_manager()

    class Meta:
        ordering = ["wave", "question", "pk"]
        indexes = [models.Index(fields=["wave", "state"], name="comment_by_state")]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(state=CommentState.WAITING, checked_on=None)
                | ~models.Q(state=CommentState.WAITING) & models.Q(checked_on__isnull=False),
                name="comment_checked_on_a_day",
                violation_error_message="A checked comment has the day of its check.",
            )
        ]

    def __str__(self) -> str:
        return f"Comment {self.pk}"


class Deed(models.Model):
    """'You said, we did': what came of a wave, for those who answered it."""

    wave = models.ForeignKey(Wave, on_delete=models.CASCADE, related_name="deeds")
    said = models.CharField("you said", max_length=300)
    did = models.CharField("we did", max_length=500)
    made_at = models.DateTimeField()
    made_by = models.ForeignKey(
        Person, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    shared_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["pk"]
        verbose_name = "you said, we did"

    def __str__(self) -> str:
        return f"Deed {self.pk}"
