from django.db import models

from cohorts.programme.enums import Route
from lic_site.accounts.models import Person


class OtherRoute(models.Model):
    """Another leadership programme that a person has done: 'have you done …?'"""

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="other_routes")
    route = models.CharField(max_length=10, choices=Route)
    title = models.CharField(max_length=120, blank=True, help_text="Which, where it is another.")
    year = models.PositiveSmallIntegerField(null=True, blank=True)
    is_completed = models.BooleanField("completed", default=True)
    recorded_at = models.DateTimeField()

    class Meta:
        ordering = ["-year", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["person", "route", "title", "year"],
                name="other_route_once",
                violation_error_message="This is on record already.",
            ),
            models.UniqueConstraint(
                fields=["person", "route", "title"],
                condition=models.Q(year=None),
                name="other_route_without_year_once",
                violation_error_message="This is on record already.",
            ),
            models.CheckConstraint(
                condition=~models.Q(route=Route.OTHER) | ~models.Q(title=""),
                name="other_route_says_which",
                violation_error_message="Say which programme it was.",
            ),
        ]

    def __str__(self) -> str:
        return f"Other route {self.pk}"
