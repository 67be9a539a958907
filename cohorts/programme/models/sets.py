from django.db import models

from cohorts.programme.models.cohorts import Cohort
from lic_site.accounts.models import Person


class LearningSet(models.Model):
    """Five to eight participants of a cohort who learn together, with a facilitator."""

    cohort = models.ForeignKey(Cohort, on_delete=models.CASCADE, related_name="learning_sets")
    name = models.CharField(max_length=60)
    position = models.PositiveSmallIntegerField(default=0)
    facilitator = models.ForeignKey(
        Person, on_delete=models.SET_NULL, null=True, blank=True, related_name="facilitated_sets"
    )
    named_at = models.DateTimeField(
        null=True, blank=True, help_text="When its members were told. Until then only staff see it."
    )

    class Meta:
        ordering = ["position", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["cohort", "name"],
                name="set_name_once",
                violation_error_message="Another set of this cohort has that name.",
            )
        ]

    def __str__(self) -> str:
        return self.name


class SetExclusion(models.Model):
    """Two participants who must not be in one learning set. No reason is kept."""

    one = models.ForeignKey(
        "programme.Enrolment", on_delete=models.CASCADE, related_name="exclusions"
    )
    other = models.ForeignKey("programme.Enrolment", on_delete=models.CASCADE, related_name="+")
    made_at = models.DateTimeField()
    made_by = models.ForeignKey(
        Person, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["one", "other"],
                name="set_exclusion_once",
                violation_error_message="These two are kept apart already.",
            ),
            models.CheckConstraint(
                condition=models.Q(one__lt=models.F("other")),
                name="set_exclusion_in_order",
                violation_error_message="Choose two different people.",
            ),
        ]

    def __str__(self) -> str:
        return f"Set exclusion {self.pk}"


class Introduction(models.Model):
    """What a participant chose to show the others of their learning set. The first name is shown
    in any case; everything here only if chosen.
    """

    enrolment = models.OneToOneField(
        "programme.Enrolment", on_delete=models.CASCADE, related_name="introduction"
    )
    shows_family_name = models.BooleanField("my last name", default=False)
    shows_job_title = models.BooleanField("my job title", default=False)
    shows_organisation = models.BooleanField("my employer", default=False)
    email = models.EmailField("e-mail address", blank=True)
    phone = models.CharField("phone number", max_length=30, blank=True)
    about = models.TextField("about me", max_length=600, blank=True)
    updated_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"Introduction {self.pk}"
