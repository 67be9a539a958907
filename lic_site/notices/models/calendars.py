from django.db import models

from lic_site.accounts.models import Person


class CalendarFeed(models.Model):
    """A private address from which a calendar program reads a person's dates. Making a new one, or
    turning it off, raises ``version``: every address given out before leads nowhere.
    """

    person = models.OneToOneField(Person, on_delete=models.CASCADE, related_name="calendar_feed")
    version = models.PositiveIntegerField(default=1)
    is_on = models.BooleanField(default=True)
    made_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"Calendar feed {self.pk}"
