from django.core.validators import MaxValueValidator
from django.db import models

from cohorts.programme.enums import ReviewState
from cohorts.programme.models.applications import Application
from cohorts.programme.models.cohorts import Cohort, Criterion
from cohorts.programme.querysets import ReviewQuerySet
from lic_site.accounts.models import Person


class CohortReader(models.Model):
    """A person on a cohort's reading panel."""

    cohort = models.ForeignKey(Cohort, on_delete=models.CASCADE, related_name="readers")
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="reading_panels")
    added_at = models.DateTimeField()

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["cohort", "person"],
                name="reader_once_a_cohort",
                violation_error_message="This person already reads in this cohort.",
            )
        ]

    def __str__(self) -> str:
        return f"Cohort reader {self.pk}"


class Review(models.Model):
    """One reader's reading of one application. Two are wanted; each is blind until both are in."""

    application = models.ForeignKey(Application, on_delete=models.CASCADE, related_name="reviews")
    reader = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="reviews")
    state = models.CharField(max_length=10, choices=ReviewState, default=ReviewState.ASSIGNED)
    assigned_at = models.DateTimeField()
    due_on = models.DateField()
    comment = models.TextField(blank=True)
    recusal_reason = models.TextField(blank=True)
    finished_at = models.DateTimeField(null=True, blank=True)

    objects = ReviewQuerySet.as_manager()

    class Meta:
        ordering = ["due_on", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["application", "reader"],
                name="reader_once_an_application",
                violation_error_message="This reader already has this application.",
            ),
            models.CheckConstraint(
                condition=~models.Q(state=ReviewState.RECUSED) | ~models.Q(recusal_reason=""),
                name="recusal_has_a_reason",
                violation_error_message="Say why you step aside.",
            ),
        ]

    def __str__(self) -> str:
        return f"Review {self.pk}"


class Score(models.Model):
    """Points from 0 (nothing shown) to 5 (shown fully) for one criterion.

    While the review is still to be read the points may be missing: a note saved as the reader
    goes.
    """

    review = models.ForeignKey(Review, on_delete=models.CASCADE, related_name="scores")
    criterion = models.ForeignKey(Criterion, on_delete=models.PROTECT, related_name="+")
    points = models.PositiveSmallIntegerField(
        null=True, blank=True, validators=[MaxValueValidator(5)]
    )
    note = models.TextField(blank=True)

    class Meta:
        ordering = ["criterion__position", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["review", "criterion"], name="one_score_a_criterion"),
            models.CheckConstraint(
                condition=models.Q(points__lte=5),
                name="points_up_to_five",
                violation_error_message="Give between 0 and 5 points.",
            ),
        ]

    def __str__(self) -> str:
        return f"Score {self.pk}"
