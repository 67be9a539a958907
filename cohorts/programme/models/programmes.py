from django.db import models

from cohorts.programme.enums import StrandKind


class Programme(models.Model):
    """A multi-year programme of cohorts."""

    name = models.CharField(max_length=120, unique=True)
    slug = models.SlugField(unique=True)
    aims = models.TextField(blank=True)
    starts_on = models.DateField()
    ends_on = models.DateField(null=True, blank=True)

    class Meta:
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name


class Strand(models.Model):
    """One of the programme's lines of work."""

    programme = models.ForeignKey(Programme, on_delete=models.CASCADE, related_name="strands")
    kind = models.CharField(max_length=30, choices=StrandKind)
    summary = models.TextField()

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["programme", "kind"],
                name="strand_once",
                violation_error_message="This programme already has that strand.",
            )
        ]

    def __str__(self) -> str:
        return self.get_kind_display()


class PositiveActionRecord(models.Model):
    """Why the programme may be for some groups: the case under section 158, Equality Act 2010."""

    programme = models.OneToOneField(
        Programme, on_delete=models.CASCADE, related_name="positive_action"
    )
    evidence = models.TextField(
        help_text="The disadvantage or low participation, with its figures."
    )
    aim = models.TextField(help_text="Which of section 158's aims the action serves.")
    proportionality = models.TextField(help_text="Why this action, and why no less would do.")
    review_on = models.DateField(help_text="When the evidence is looked at again.")

    def __str__(self) -> str:
        return f"Positive-action record of {self.programme}"


class Funding(models.Model):
    """Money for a programme in a financial year, in whole pounds."""

    programme = models.ForeignKey(Programme, on_delete=models.CASCADE, related_name="funding")
    source = models.CharField(max_length=120)
    year = models.PositiveSmallIntegerField(
        help_text="The year in which the financial year begins."
    )
    allocated = models.PositiveIntegerField(default=0)
    committed = models.PositiveIntegerField(default=0)
    spent = models.PositiveIntegerField(default=0)

    class Meta:
        ordering = ["-year", "source"]
        constraints = [
            models.UniqueConstraint(
                fields=["programme", "source", "year"],
                name="funding_once_a_year",
                violation_error_message="This source already has a line for that year.",
            ),
            models.CheckConstraint(
                condition=models.Q(spent__lte=models.F("allocated")),
                name="spent_within_allocated",
                violation_error_message="More is spent than was allocated: correct one.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.source}, {self.year}/{(self.year + 1) % 100:02d}"
