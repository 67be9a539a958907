from collections.abc import Collection

from django.conf import settings
from django.db import models
from django.db.models.functions import Lower

from lic_site.accounts.enums import GradeBand
from lic_site.accounts.models.organisations import Organisation
from lic_site.common.fields import EncryptedTextField


class Person(models.Model):
    """The subject of every record. Many people (line managers, delegates) never have an account."""

    given_name = models.CharField("first name", max_length=80)
    family_name = models.CharField("last name", max_length=80, blank=True)
    job_title = models.CharField(max_length=120, blank=True)
    grade_band = models.CharField(max_length=30, choices=GradeBand, blank=True)
    organisation = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, null=True, blank=True, related_name="people"
    )
    user = models.OneToOneField(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="person",
    )
    created_at = models.DateTimeField()
    erased_at = models.DateTimeField(null=True, blank=True)
    merged_into = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="merged_from"
    )

    class Meta:
        verbose_name_plural = "people"
        ordering = ["family_name", "given_name", "pk"]

    def __str__(self) -> str:
        return f"Person {self.pk}"

    @property
    def name(self) -> str:
        """The whole name, for pages and message bodies only: never for a log, title or file
        name.
        """
        return f"{self.given_name} {self.family_name}".strip()

    def address_for(
        self, category: str = "essential", *, without: Collection[int] = ()
    ) -> str | None:
        """Where messages of the category (``essential`` or ``optional``) go, or None.

        The address the person chose, else the main one, else any; never one of ``without``, by
        id. An address that was never verified is used only for somebody who has verified none,
        such as a line manager whom an applicant named. Reads ``addresses``, so prefetch it for a
        list.
        """
        chosen = f"for_{category}"
        known = sorted(
            self.addresses.all(),
            key=lambda a: (not a.verified_at, not getattr(a, chosen), not a.is_primary, a.pk),
        )
        if known and known[0].verified_at:
            known = [address for address in known if address.verified_at]
        return next((address.email for address in known if address.pk not in without), None)


class ContactAddress(models.Model):
    """An e-mail address of a person. An address belongs to one person, whatever its case."""

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="addresses")
    email = models.EmailField()
    is_primary = models.BooleanField(default=False)
    verified_at = models.DateTimeField(null=True, blank=True)
    for_essential = models.BooleanField("things you need to do or know", default=False)
    for_optional = models.BooleanField("news and invitations", default=False)

    class Meta:
        ordering = ["-is_primary", "pk"]
        constraints = [
            models.UniqueConstraint(
                Lower("email"),
                name="contact_address_once",
                violation_error_message="This address already belongs to somebody.",
            ),
            models.UniqueConstraint(
                fields=["person"],
                condition=models.Q(is_primary=True),
                name="one_primary_address",
                violation_error_message="A person has one main address.",
            ),
            models.UniqueConstraint(
                fields=["person"],
                condition=models.Q(for_essential=True),
                name="one_address_for_essential",
                violation_error_message="Choose one address for things you need to do or know.",
            ),
            models.UniqueConstraint(
                fields=["person"],
                condition=models.Q(for_optional=True),
                name="one_address_for_optional",
                violation_error_message="Choose one address for news and invitations.",
            ),
        ]

    def __str__(self) -> str:
        return f"Address {self.pk}"


class ManagerRelation(models.Model):
    """Who manages whom, from when until when.

    The managed person is shown the manager's name as it was typed: what we know of whoever an
    address belongs to is not told.
    """

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="managers")
    manager = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="reports")
    named_as = EncryptedTextField(blank=True, help_text="The name as typed by whoever named them.")
    starts_on = models.DateField()
    ends_on = models.DateField(null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=~models.Q(person=models.F("manager")),
                name="nobody_manages_themselves",
                violation_error_message="Nobody is their own line manager.",
            ),
        ]

    def __str__(self) -> str:
        return f"Manager relation {self.pk}"
