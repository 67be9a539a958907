"""People searched for by name or e-mail address, to be given something to do."""

from django.db.models import Q, QuerySet

from lic_site.accounts import policies as people
from lic_site.accounts.models import Person

FOUND = 20
LONGEST = 18
"""Digits of the largest id a database holds, less one."""


def matching(person: Person, words: list[str]) -> QuerySet[Person]:
    """At most ``FOUND`` people whose name or address holds each of the words; nobody without a
    word.
    """
    if not words:
        return Person.objects.none()
    found = people.visible(person, Person.objects.all()).filter(holding(words))
    return found.select_related("organisation").distinct().order_by("pk")[:FOUND]


def holding(words: list[str]) -> Q:
    """Whose name or address holds each of the words."""
    found = Q()
    for word in words:
        found &= (
            Q(given_name__icontains=word)
            | Q(family_name__icontains=word)
            | Q(addresses__email__icontains=word)
        )
    return found


def number(text: str | None) -> int:
    """The id in a form's field; 0, which is nobody's, if it is not one."""
    return int(text) if text and text.isascii() and text.isdigit() and len(text) < LONGEST else 0
