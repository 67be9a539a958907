from datetime import date

from django.db import models
from django.utils import timezone

from lic_site.accounts.enums import Role
from lic_site.accounts.models.organisations import Organisation
from lic_site.accounts.models.people import Person


class RoleGrantQuerySet(models.QuerySet["RoleGrant"]):
    def live(self, on: date) -> "RoleGrantQuerySet":
        """Those that hold on the day."""
        return self.filter(starts_on__lte=on, ends_on__gte=on).filter(
            models.Q(ended_at=None) | models.Q(ended_at__date__gt=on)
        )


class RoleGrant(models.Model):
    """A role given to a person, for a scope, until a day. It is never deleted: it ends."""

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="grants")
    role = models.CharField(max_length=30, choices=Role)
    organisation = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    starts_on = models.DateField()
    ends_on = models.DateField(help_text="The last day the role holds.")
    granted_by = models.ForeignKey(
        Person, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    granted_at = models.DateTimeField()
    ended_at = models.DateTimeField(
        null=True, blank=True, help_text="When it was ended before its last day."
    )

    objects = RoleGrantQuerySet.as_manager()

    class Meta:
        ordering = ["role", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(ends_on__gte=models.F("starts_on")),
                name="grant_ends_after_it_starts",
                violation_error_message="A role ends on or after the day it starts.",
            ),
            models.CheckConstraint(
                condition=models.Q(organisation__isnull=False)
                | ~models.Q(role=Role.BOROUGH_COORDINATOR),
                name="coordinator_has_an_organisation",
                violation_error_message="Choose the organisation this coordinator works for.",
            ),
        ]

    def __str__(self) -> str:
        return f"Grant {self.pk}"

    def holds(self, on: date) -> bool:
        """Whether it holds on the day, as ``live`` asks of many."""
        ended = self.ended_at is not None and timezone.localdate(self.ended_at) <= on
        return self.starts_on <= on <= self.ends_on and not ended
