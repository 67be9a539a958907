from django.db import models
from django.db.models import Q

from lic_site.accounts.models import Person
from lic_site.notices.enums import Category, MailingState


class Mailing(models.Model):
    """One text to many people, written by staff. ``segment`` and ``chosen`` say to whom; the people
    are fixed when it is confirmed, each with a notice of their own.
    """

    title = models.CharField(
        max_length=120, help_text="For staff alone: what you call it on the list."
    )
    subject = models.CharField(max_length=78)
    body = models.TextField(help_text="In the language of message texts, the button included.")
    path = models.CharField(
        "page it leads to", max_length=200, default="/my/", help_text="A page of this site."
    )
    category = models.CharField(max_length=10, choices=Category, default=Category.OPTIONAL)
    segment = models.CharField(max_length=60)
    chosen = models.JSONField(default=dict, help_text="The choices that narrow the segment.")
    reply_to = models.ForeignKey(
        Person, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    state = models.CharField(max_length=10, choices=MailingState, default=MailingState.DRAFT)
    recipients = models.PositiveIntegerField(
        default=0, help_text="How many people, fixed when it was confirmed."
    )
    useless_after = models.DateTimeField(null=True, blank=True)
    written_by = models.ForeignKey(Person, on_delete=models.SET_NULL, null=True, related_name="+")
    tested_at = models.DateTimeField(null=True, blank=True)
    confirmed_by = models.ForeignKey(
        Person, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    confirmed_at = models.DateTimeField(null=True, blank=True)
    stopped_at = models.DateTimeField(null=True, blank=True)
    revision = models.PositiveIntegerField(
        default=1, help_text="Rises with each change of words or choices: what was shown is sent."
    )
    created_at = models.DateTimeField()
    changed_at = models.DateTimeField()

    class Meta:
        ordering = ["-created_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(state=MailingState.DRAFT) | Q(confirmed_at__isnull=False),
                name="mailing_confirmed_before_it_goes",
                violation_error_message="A mailing is confirmed before it goes.",
            ),
        ]

    def __str__(self) -> str:
        return f"Mailing {self.pk}"
