from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models

from cohorts.programme.enums import CohortState
from cohorts.programme.models.programmes import Programme
from cohorts.programme.querysets import CohortQuerySet, InterestQuerySet
from lic_site.accounts.enums import GradeBand
from lic_site.accounts.models import Borough, Person


def every_grade() -> list[str]:
    return list(GradeBand.values)


class Cohort(models.Model):
    """One run of the programme: who may apply, by when, for how many places."""

    programme = models.ForeignKey(Programme, on_delete=models.PROTECT, related_name="cohorts")
    name = models.CharField(max_length=120)
    slug = models.SlugField(unique=True)
    summary = models.TextField(
        help_text="What it is and whom it is for, in two or three sentences."
    )
    state = models.CharField(max_length=20, choices=CohortState, default=CohortState.DRAFT)
    places = models.PositiveSmallIntegerField(validators=[MinValueValidator(1)])
    starts_on = models.DateField()
    ends_on = models.DateField()
    applications_open_at = models.DateTimeField()
    applications_close_at = models.DateTimeField()
    decisions_by = models.DateField(help_text="When every applicant will have heard.")
    offer_days = models.PositiveSmallIntegerField(
        default=7, help_text="Days an offered place is held.", validators=[MinValueValidator(1)]
    )
    eligible_grades = models.JSONField(default=every_grade)
    eligible_boroughs = models.ManyToManyField(
        Borough, blank=True, related_name="+", help_text="None chosen: all 33 local authorities."
    )
    names_hidden = models.BooleanField(
        default=True, help_text="Readers see no names and no employers."
    )
    commitment = models.TextField(
        blank=True, help_text="What a participant promises, beside coming on the dates."
    )
    attendance_wanted = models.PositiveSmallIntegerField(
        default=80,
        validators=[MaxValueValidator(100)],
        help_text="Percent of the sessions held that a participant attends or catches up on, "
        "to complete.",
    )
    support_after = models.PositiveSmallIntegerField(
        default=2,
        validators=[MinValueValidator(1)],
        help_text="Sessions missed and not caught up on after which somebody asks how it goes.",
    )
    needs_by = models.DateField(
        null=True, blank=True, help_text="By when participants say what they need."
    )
    opened_at = models.DateTimeField(null=True, blank=True)
    completed_at = models.DateTimeField(null=True, blank=True)
    archived_at = models.DateTimeField(null=True, blank=True)
    is_imported = models.BooleanField(
        default=False, help_text="Brought in from earlier records: nobody applied to it here."
    )
    created_at = models.DateTimeField()
    made_with = models.UUIDField(
        null=True,
        unique=True,
        editable=False,
        help_text="Of the form that planned it: sent twice, it plans once.",
    )
    revision = models.PositiveIntegerField(default=1, help_text="Raised when a date moves.")

    objects = CohortQuerySet.as_manager()

    class Meta:
        ordering = ["-starts_on", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(ends_on__gte=models.F("starts_on")),
                name="cohort_ends_after_it_starts",
                violation_error_message="The cohort ends before it starts: change a date.",
            ),
            models.CheckConstraint(
                condition=models.Q(applications_close_at__gt=models.F("applications_open_at")),
                name="applications_close_after_they_open",
                violation_error_message="Applications close before they open: change a date.",
            ),
            models.CheckConstraint(
                condition=models.Q(places__gte=1),
                name="cohort_has_places",
                violation_error_message="A cohort has at least one place.",
            ),
        ]

    def __str__(self) -> str:
        return self.name


class Question(models.Model):
    """One question of a cohort's application."""

    cohort = models.ForeignKey(Cohort, on_delete=models.CASCADE, related_name="questions")
    position = models.PositiveSmallIntegerField(default=0)
    text = models.CharField("question", max_length=300)
    hint = models.CharField(max_length=500, blank=True)
    max_words = models.PositiveSmallIntegerField(default=300, validators=[MinValueValidator(1)])
    is_required = models.BooleanField("must be answered", default=True)

    class Meta:
        ordering = ["position", "pk"]

    def __str__(self) -> str:
        return self.text


class Criterion(models.Model):
    """What readers score from 0 to 5, and how much it counts."""

    cohort = models.ForeignKey(Cohort, on_delete=models.CASCADE, related_name="criteria")
    position = models.PositiveSmallIntegerField(default=0)
    name = models.CharField(max_length=120)
    description = models.TextField(blank=True, help_text="What a strong answer shows.")
    weight = models.PositiveSmallIntegerField(
        default=1, validators=[MinValueValidator(1), MaxValueValidator(10)]
    )

    class Meta:
        ordering = ["position", "pk"]
        verbose_name_plural = "criteria"

    def __str__(self) -> str:
        return self.name


class Interest(models.Model):
    """'Tell me when applications open', from a person who need have no account."""

    programme = models.ForeignKey(Programme, on_delete=models.CASCADE, related_name="interests")
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="interests")
    noted_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)

    objects = InterestQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["programme", "person"],
                name="interest_once",
                violation_error_message="We already have you on the list.",
            )
        ]

    def __str__(self) -> str:
        return f"Interest {self.pk}"
