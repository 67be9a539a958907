from datetime import time

from django.db import models
from django.db.models import Q


class ReminderRule(models.Model):
    """When the clock sends a kind of notice: so many days from its anchor, at a time of day in
    London. Some are made from each kind's ``reminder_days``; staff change them, turn them on and
    off, and add others.

    ``key`` tells its messages from other rules' of the kind and never changes, so that whoever has
    had one does not get it again because the rule was edited.
    """

    kind = models.CharField(max_length=60)
    key = models.CharField(max_length=40)
    offset_days = models.SmallIntegerField(
        help_text="Days from the anchor: -3 is three days before."
    )
    in_working_days = models.BooleanField(
        default=False,
        help_text="Count Mondays to Fridays that are no bank holiday in England, and send on such.",
    )
    at_time = models.TimeField("time of day", default=time(9, 0), help_text="London time.")
    is_on = models.BooleanField(default=True)
    planned_until = models.DateTimeField(
        help_text="Everything due up to here has been planned; planning goes on from here."
    )
    changed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["kind", "offset_days", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["kind", "key"],
                name="one_rule_per_kind_and_key",
                violation_error_message="There is already such a rule.",
            ),
            models.UniqueConstraint(
                fields=["kind", "offset_days", "in_working_days", "at_time"],
                name="one_rule_per_kind_and_time",
                violation_error_message="There is already a rule for this message at that time.",
            ),
            models.CheckConstraint(
                condition=Q(offset_days__gte=-366, offset_days__lte=366),
                name="rule_within_a_year",
                violation_error_message="A rule counts up to 366 days before or after.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} at {self.offset_days:+d} days"
