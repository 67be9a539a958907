from django.db import models

from lic_site.accounts.enums import OrganisationKind


class SubRegion(models.Model):
    """A grouping of boroughs whose directors meet. Editable: no published list exists, and they
    change.
    """

    name = models.CharField(max_length=60, unique=True)
    source = models.CharField(max_length=200, help_text="Where this grouping comes from.")
    valid_from = models.DateField(null=True, blank=True)
    valid_to = models.DateField(null=True, blank=True)

    class Meta:
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name


class Borough(models.Model):
    """One of the 33 local authorities: 32 boroughs and the City of London."""

    name = models.CharField(max_length=60, unique=True)
    gss_code = models.CharField("GSS code", max_length=9, unique=True)
    dfe_number = models.PositiveSmallIntegerField("DfE number", unique=True)
    sub_region = models.ForeignKey(
        SubRegion, on_delete=models.SET_NULL, null=True, blank=True, related_name="boroughs"
    )

    class Meta:
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name


class Organisation(models.Model):
    """Who employs a person. It serves one borough, several (a joint service), or none of its
    own.
    """

    name = models.CharField(max_length=120, unique=True)
    kind = models.CharField(max_length=20, choices=OrganisationKind)
    boroughs = models.ManyToManyField(Borough, blank=True, related_name="organisations")
    ended_on = models.DateField(null=True, blank=True)

    class Meta:
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name
