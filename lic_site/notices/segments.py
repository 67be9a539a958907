"""What an app tells of the groups of people that staff may write to. Settings list the segments in
``NOTICE_SEGMENTS``.
"""

from collections.abc import Iterable, Mapping
from functools import cache
from typing import Any, Protocol

from django import forms
from django.conf import settings
from django.db.models import QuerySet
from django.utils.module_loading import import_string

from lic_site.accounts.models import Borough, Organisation, Person, SubRegion

type Chosen = Mapping[str, Any]
"""What staff chose to narrow a segment, as plain JSON values."""


class Gone(LookupError):
    """What a segment was narrowed to is no longer there."""


class Segment(Protocol):
    """A group of people, narrowed by choices: those of a cohort, in a state, from a borough. Apps
    subclass it.
    """

    name: str
    """``<app>.<who>``, such as ``programme.participants``."""
    title: str
    """What staff choose from: 'People of a cohort'."""
    hint: str = ""
    """More about who that is, if the title leaves it open."""
    why: str
    """One sentence for the foot of the message: why they receive it."""

    def fields(self) -> Mapping[str, forms.Field]:
        """The choices, each as a form field; their clean values must be JSON values. What they
        offer is read from the database when it is shown, not before.
        """
        ...

    def people(self, chosen: Chosen) -> QuerySet[Person]:
        """Everybody it means now, each once. Erased and merged records are left out."""
        ...

    def told(self, chosen: Chosen) -> Iterable[str]:
        """The choices in words, for the check page and the history. Raises Gone."""
        ...

    def words(self, chosen: Chosen) -> Mapping[str, Any]:  # noqa: ARG002
        """What the text may fill in beside the recipient's first name, the same for everybody.
        Raises Gone.
        """
        return {}

    def shows_names(self, chosen: Chosen) -> bool:  # noqa: ARG002
        """Whether staff may be shown who these people are, or only how many."""
        return True


@cache
def segments() -> dict[str, Segment]:
    """Every segment by its name."""
    return {each.name: each for path in settings.NOTICE_SEGMENTS for each in import_string(path)}


def on_record(**narrowed: Any) -> QuerySet[Person]:
    """People, records that were erased or merged left out."""
    return Person.objects.filter(erased_at=None, merged_into=None, **narrowed)


def area_field() -> forms.ChoiceField:
    """A choice of a sub-region or a borough: where people's employer serves."""
    return forms.ChoiceField(label="Where they work", required=False, choices=_areas)


def _areas() -> list[tuple[str, Any]]:
    regions = [(f"region:{pk}", name) for pk, name in SubRegion.objects.values_list("pk", "name")]
    boroughs = [(f"borough:{pk}", name) for pk, name in Borough.objects.values_list("pk", "name")]
    return [("", "Anywhere"), ("Sub-regions", regions), ("Boroughs", boroughs)]


def in_area(people: QuerySet[Person], area: str) -> QuerySet[Person]:
    """Those whose employer serves the area, everybody where none is chosen."""
    kind, _, pk = area.partition(":")
    if not pk:
        return people
    served = "boroughs" if kind == "borough" else "boroughs__sub_region"
    return people.filter(organisation__in=Organisation.objects.filter(**{served: pk}))


def area_told(area: str) -> str:
    """The area in words, empty where none is chosen. Raises Gone."""
    kind, _, pk = area.partition(":")
    if not pk:
        return ""
    place = (Borough if kind == "borough" else SubRegion).objects.filter(pk=pk).first()
    if place is None:
        raise Gone
    return f"Working in {place.name}"
