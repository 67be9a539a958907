from django.db import models

from cohorts.programme.enums import AvoidKind, SessionKind
from cohorts.programme.models.cohorts import Cohort
from cohorts.programme.models.enrolments import Enrolment
from cohorts.programme.models.sets import LearningSet
from cohorts.programme.querysets import SessionQuerySet
from lic_site.accounts.models import Person
from lic_site.common.storage import Unguessable, private


class Session(models.Model):
    """A date in a cohort's calendar: for the whole cohort, one learning set or one participant.

    A coaching slot is a session without a participant until somebody books it. ``starts_at`` and
    ``ends_at`` are moments; people read them as London time.
    """

    cohort = models.ForeignKey(Cohort, on_delete=models.CASCADE, related_name="sessions")
    title = models.CharField(max_length=120)
    kind = models.CharField(max_length=20, choices=SessionKind, default=SessionKind.WORKSHOP)
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    place = models.CharField(max_length=200, blank=True)
    link = models.URLField(
        "online link", max_length=500, blank=True, help_text="Shown to whoever takes part alone."
    )
    learning_set = models.ForeignKey(
        LearningSet, on_delete=models.CASCADE, null=True, blank=True, related_name="sessions"
    )
    participant = models.ForeignKey(
        Enrolment, on_delete=models.PROTECT, null=True, blank=True, related_name="own_sessions"
    )
    is_slot = models.BooleanField(
        "coaching slot", default=False, help_text="Participants book it for themselves."
    )
    booked_at = models.DateTimeField(null=True, blank=True)
    cancelled_at = models.DateTimeField(null=True, blank=True)
    cancelled_because = models.CharField(
        max_length=300, blank=True, help_text="What participants are told."
    )
    revision = models.PositiveIntegerField(
        default=1, help_text="Raised when the time or the place moves: the calendar's SEQUENCE."
    )
    earlier_starts_at = models.DateTimeField(
        null=True, blank=True, help_text="When it was to start before its latest move, if it moved."
    )
    earlier_place = models.CharField(
        max_length=200, blank=True, help_text="Where it was to be before its latest move."
    )
    register_revision = models.PositiveIntegerField(
        default=0, help_text="Raised with every register saved, so that two do not overwrite."
    )
    register_taken_at = models.DateTimeField(null=True, blank=True)
    register_taken_by = models.ForeignKey(
        Person, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )

    objects = SessionQuerySet.as_manager()

    class Meta:
        ordering = ["starts_at", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(ends_at__gt=models.F("starts_at")),
                name="session_ends_after_it_starts",
                violation_error_message="The session ends before it starts: change a time.",
            ),
            models.CheckConstraint(
                condition=models.Q(learning_set=None) | models.Q(participant=None, is_slot=False),
                name="session_for_one_audience",
                violation_error_message="A session is for a learning set or for one person.",
            ),
            models.CheckConstraint(
                condition=models.Q(is_slot=False, booked_at=None)
                | models.Q(is_slot=True, booked_at=None, participant=None)
                | models.Q(is_slot=True, booked_at__isnull=False, participant__isnull=False),
                name="slot_booked_by_somebody",
                violation_error_message="A booked slot has the person who booked it.",
            ),
        ]

    def __str__(self) -> str:
        return self.title


class SessionFacilitator(models.Model):
    """Who leads a session. They see it, its register and its materials until 30 days after."""

    session = models.ForeignKey(Session, on_delete=models.CASCADE, related_name="facilitators")
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="facilitating")
    added_at = models.DateTimeField()

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["session", "person"],
                name="facilitator_once",
                violation_error_message="This person leads the session already.",
            )
        ]

    def __str__(self) -> str:
        return f"Session facilitator {self.pk}"


class Material(models.Model):
    """A file or a link that belongs to a session: for whoever takes part in it, once shared."""

    session = models.ForeignKey(Session, on_delete=models.CASCADE, related_name="materials")
    title = models.CharField(max_length=120)
    file = models.FileField(
        storage=private, upload_to=Unguessable("materials"), blank=True, max_length=200
    )
    file_kind = models.CharField(max_length=12, blank=True, help_text="As checked on upload.")
    size = models.PositiveBigIntegerField(default=0, help_text="In bytes.")
    link = models.URLField(max_length=500, blank=True)
    added_at = models.DateTimeField()
    added_by = models.ForeignKey(
        Person, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    shared_at = models.DateTimeField(
        null=True, blank=True, help_text="When participants were told. Until then they see nothing."
    )

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(file="") ^ models.Q(link=""),
                name="material_file_or_link",
                violation_error_message="Choose a file or give a link, not both.",
            )
        ]

    def __str__(self) -> str:
        return f"Material {self.pk}"


class AvoidDate(models.Model):
    """Days on which sessions are better not held: faith festivals, half-terms, bank holidays."""

    name = models.CharField(max_length=80)
    kind = models.CharField(max_length=12, choices=AvoidKind)
    starts_on = models.DateField("first day")
    ends_on = models.DateField("last day")
    is_approximate = models.BooleanField(
        "may move by a day", default=False, help_text="Where the day follows the moon."
    )
    note = models.CharField(max_length=200, blank=True)
    source = models.CharField(max_length=200, blank=True)

    class Meta:
        ordering = ["starts_on", "name"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(ends_on__gte=models.F("starts_on")),
                name="avoid_date_ends_after_it_starts",
                violation_error_message="The last day is before the first: change a date.",
            ),
            models.UniqueConstraint(
                fields=["name", "starts_on"],
                name="avoid_date_once",
                violation_error_message="These days are on the list already.",
            ),
        ]

    def __str__(self) -> str:
        return self.name
