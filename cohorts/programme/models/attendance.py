from django.db import models

from cohorts.programme.enums import CatchUp, Mark
from cohorts.programme.models.enrolments import Enrolment
from cohorts.programme.models.sessions import Session
from cohorts.programme.querysets import AttendanceQuerySet
from lic_site.accounts.models import Person
from lic_site.common.fields import EncryptedTextField


class Apology(models.Model):
    """A participant said beforehand that they cannot come to a session."""

    session = models.ForeignKey(Session, on_delete=models.CASCADE, related_name="apologies")
    enrolment = models.ForeignKey(Enrolment, on_delete=models.CASCADE, related_name="apologies")
    sent_at = models.DateTimeField()
    words = EncryptedTextField(blank=True, help_text="Why, if they wanted to say.")

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["session", "enrolment"],
                name="apology_once",
                violation_error_message="We know already that you cannot come.",
            )
        ]

    def __str__(self) -> str:
        return f"Apology {self.pk}"


class Attendance(models.Model):
    """What the register says of one participant at one session, and catching up on it."""

    session = models.ForeignKey(Session, on_delete=models.PROTECT, related_name="attendance")
    enrolment = models.ForeignKey(Enrolment, on_delete=models.CASCADE, related_name="attendance")
    mark = models.CharField(max_length=10, choices=Mark)
    marked_at = models.DateTimeField()
    marked_by = models.ForeignKey(
        Person, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    catch_up = models.CharField(max_length=10, choices=CatchUp, blank=True)
    catch_up_words = EncryptedTextField(
        blank=True, help_text="How they caught up, in one line of their own."
    )
    catch_up_at = models.DateTimeField(null=True, blank=True)

    objects = AttendanceQuerySet.as_manager()

    class Meta:
        ordering = ["session__starts_at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["session", "enrolment"],
                name="attendance_once",
                violation_error_message="This person is on the register already.",
            ),
        ]

    def __str__(self) -> str:
        return f"Attendance {self.pk}"
