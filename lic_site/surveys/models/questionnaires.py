from functools import cached_property

from django.db import models

from lic_site.accounts.models import Person
from lic_site.surveys.definition import Definition
from lic_site.surveys.enums import Level, VersionState
from lic_site.surveys.querysets import VersionQuerySet


class Questionnaire(models.Model):
    """What people are asked, over all its versions."""

    name = models.CharField(max_length=120)
    slug = models.SlugField(max_length=60, unique=True)
    level = models.CharField(max_length=10, choices=Level)
    summary = models.CharField(
        max_length=300, blank=True, help_text="For staff: what it is for, and when to use it."
    )
    library_code = models.SlugField(
        max_length=60, blank=True, help_text="Of the ready questionnaire it was made from."
    )
    made_at = models.DateTimeField()
    made_by = models.ForeignKey(
        Person, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    retired_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["name", "pk"]

    def __str__(self) -> str:
        return self.name


class Version(models.Model):
    """One state of a questionnaire. Once published it never changes: people answered it."""

    questionnaire = models.ForeignKey(
        Questionnaire, on_delete=models.PROTECT, related_name="versions"
    )
    number = models.PositiveIntegerField()
    state = models.CharField(max_length=10, choices=VersionState, default=VersionState.DRAFT)
    content = models.JSONField(default=dict, help_text="A ``Definition``.")
    revision = models.PositiveIntegerField(
        default=1, help_text="Raised with every change to a draft, so that two do not overwrite."
    )
    made_at = models.DateTimeField()
    published_at = models.DateTimeField(null=True, blank=True)
    published_by = models.ForeignKey(
        Person, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )

    objects = VersionQuerySet.as_manager()

    class Meta:
        ordering = ["questionnaire", "-number"]
        constraints = [
            models.UniqueConstraint(
                fields=["questionnaire", "number"],
                name="version_number_once",
                violation_error_message="Somebody made a version at the same moment: try again.",
            ),
            models.UniqueConstraint(
                fields=["questionnaire"],
                condition=models.Q(state=VersionState.DRAFT),
                name="one_draft_version",
                violation_error_message="There is a draft already: go on with it.",
            ),
            models.CheckConstraint(
                condition=models.Q(state=VersionState.DRAFT, published_at=None)
                | models.Q(state=VersionState.PUBLISHED, published_at__isnull=False),
                name="version_published_at_a_time",
                violation_error_message="A published version has the time of its publication.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.questionnaire}, version {self.number}"

    @cached_property
    def definition(self) -> Definition:
        """Raises KeyError or ValueError if what is stored is no definition."""
        return Definition.from_json(self.content)
