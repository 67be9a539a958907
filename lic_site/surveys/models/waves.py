from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models

from lic_site.accounts.models import Person
from lic_site.common.fields import EncryptedTextField
from lic_site.surveys.enums import Mode, Stage, WaveState, Why
from lic_site.surveys.models.questionnaires import Questionnaire, Version
from lic_site.surveys.querysets import InvitationQuerySet, WaveQuerySet


class Timed(models.Model):
    """Whom to ask what, how, and for how long: a wave and the plan that makes waves have both."""

    subject_kind = models.CharField(max_length=20, help_text="The name of a survey subject.")
    anchor = models.CharField(max_length=20, help_text="What the days are counted from.")
    opens_after_days = models.SmallIntegerField(
        default=0, help_text="Days after the anchor; before it, less than 0."
    )
    open_days = models.PositiveSmallIntegerField(default=14, validators=[MinValueValidator(1)])
    audience = models.CharField(max_length=20, help_text="One of the subject's audiences.")
    mode = models.CharField(max_length=10, choices=Mode)
    stage = models.CharField(max_length=10, choices=Stage, default=Stage.ONCE)
    chasers = models.PositiveSmallIntegerField(
        default=2,
        validators=[MaxValueValidator(3)],
        help_text="How often to remind those who have not answered, at most.",
    )
    chase_after_days = models.PositiveSmallIntegerField(
        default=4, validators=[MinValueValidator(1)], help_text="Days between reminders."
    )
    in_room = models.BooleanField(
        default=False,
        help_text="Asked there and then: it neither waits for a fortnight without a request nor "
        "starts one.",
    )

    class Meta:
        abstract = True


class Plan(Timed):
    """That every session, or every cohort, is asked about by itself."""

    code = models.SlugField(max_length=60, unique=True)
    name = models.CharField(max_length=120)
    questionnaire = models.ForeignKey(Questionnaire, on_delete=models.PROTECT, related_name="plans")
    is_on = models.BooleanField(default=True)
    starts_at = models.DateTimeField(help_text="Anchors before this are left alone.")

    class Meta:
        ordering = ["subject_kind", "opens_after_days", "pk"]

    def __str__(self) -> str:
        return self.name


class Switch(models.Model):
    """For one cohort (or whatever groups subjects) a plan is off, or on although it is off."""

    plan = models.ForeignKey(Plan, on_delete=models.CASCADE, related_name="switches")
    group = models.BigIntegerField(help_text="The group of the subjects: a cohort's id.")
    is_on = models.BooleanField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["plan", "group"],
                name="switch_once",
                violation_error_message="Somebody switched it at the same moment: try again.",
            )
        ]

    def __str__(self) -> str:
        return f"Switch {self.pk}"


class Wave(Timed):
    """One asking: a questionnaire, about a subject, to an audience, from a moment until a
    moment.
    """

    plan = models.ForeignKey(
        Plan, on_delete=models.SET_NULL, null=True, blank=True, related_name="waves"
    )
    questionnaire = models.ForeignKey(Questionnaire, on_delete=models.PROTECT, related_name="waves")
    version = models.ForeignKey(
        Version,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="waves",
        help_text="The newest published one when it opened.",
    )
    subject_id = models.BigIntegerField()
    group = models.BigIntegerField(
        null=True, blank=True, help_text="The subject's group: its cohort's id."
    )
    about = models.CharField(max_length=200, help_text="What it asks about, as people call it.")
    group_name = models.CharField(max_length=120, blank=True)
    state = models.CharField(max_length=10, choices=WaveState, default=WaveState.PLANNED)
    why = models.CharField(max_length=20, choices=Why, blank=True)
    opens_at = models.DateTimeField()
    closes_at = models.DateTimeField()
    opened_at = models.DateTimeField(null=True, blank=True)
    closed_at = models.DateTimeField(null=True, blank=True)
    public_key = models.CharField(
        max_length=64, blank=True, help_text="Of an anonymous wave: answers are sealed with it."
    )
    private_key = EncryptedTextField(
        blank=True, help_text="Opens sealed answers. Gone once the wave is closed."
    )
    dropped = models.PositiveSmallIntegerField(
        default=0, help_text="Sealed answers deleted unread on closing, being too few."
    )
    made_at = models.DateTimeField()
    made_by = models.ForeignKey(
        Person, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )

    objects = WaveQuerySet.as_manager()

    class Meta:
        ordering = ["-opens_at", "-pk"]
        indexes = [
            models.Index(fields=["state", "opens_at"], name="wave_by_state"),
            models.Index(fields=["subject_kind", "subject_id"], name="wave_of_subject"),
            models.Index(fields=["group", "stage"], name="wave_of_group"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["plan", "subject_kind", "subject_id"],
                condition=models.Q(plan__isnull=False),
                name="wave_of_plan_once",
                violation_error_message="This survey is planned already.",
            ),
            models.CheckConstraint(
                condition=models.Q(closes_at__gt=models.F("opens_at")),
                name="wave_closes_after_it_opens",
                violation_error_message="The survey closes before it opens: change a date.",
            ),
            models.CheckConstraint(
                condition=models.Q(state__in=[WaveState.PLANNED, WaveState.CANCELLED])
                | models.Q(version__isnull=False, opened_at__isnull=False),
                name="open_wave_has_a_version",
                violation_error_message="A survey that is open has a questionnaire to answer.",
            ),
        ]

    def __str__(self) -> str:
        return f"Wave {self.pk}"

    @property
    def series(self) -> str:
        """Within what one person has the same pseudonym: the waves of a group."""
        own = f"{self.subject_kind} {self.subject_id}"
        return own if self.group is None else f"group {self.group}"


class Series(models.Model):
    """The secret with which the pseudonyms of some waves are made: without the site's keys nobody
    can tell whose is whose. Encrypted anew when keys are rotated, so pseudonyms stay.
    """

    name = models.CharField(max_length=60, unique=True, help_text="As ``Wave.series`` has it.")
    secret = EncryptedTextField()

    class Meta:
        verbose_name_plural = "series"

    def __str__(self) -> str:
        return f"Series {self.pk}"


class Request(models.Model):
    """One message that asked a person to answer one survey, or several together."""

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="survey_requests")
    asked_at = models.DateTimeField()
    counts = models.BooleanField(
        default=True, help_text="Whether it starts a fortnight without another."
    )
    chased = models.PositiveSmallIntegerField(default=0)
    chased_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-asked_at", "-pk"]
        indexes = [models.Index(fields=["person", "-asked_at"], name="request_of_person")]

    def __str__(self) -> str:
        return f"Request {self.pk}"


class Invitation(models.Model):
    """That a person may answer a wave, and whether they have. Not when: in an anonymous wave
    nothing here may be joined to an answer.
    """

    wave = models.ForeignKey(Wave, on_delete=models.CASCADE, related_name="invitations")
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="invitations")
    request = models.ForeignKey(
        Request, on_delete=models.SET_NULL, null=True, blank=True, related_name="invitations"
    )
    answered = models.BooleanField(default=False)
    link_version = models.PositiveSmallIntegerField(
        default=1, help_text="Raised to end every link sent so far."
    )

    objects = InvitationQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["wave", "person"],
                name="invited_once",
                violation_error_message="This person is invited already.",
            )
        ]

    def __str__(self) -> str:
        return f"Invitation {self.pk}"
