"""Equality monitoring: the one way from sealed answers to figures, under disclosure control."""

import json
from collections import Counter

from django.db.models import QuerySet

from lic_site.accounts.equality import ETHNIC_GROUPS, PREFER_NOT, PREFER_NOT_WORDS
from lic_site.accounts.models import Person
from lic_site.accounts.models.equality import EqualityRecord
from lic_site.insight.suppression import Table, suppress, suppress_nested

NO_ANSWER = "No answer"


def monitoring(people: QuerySet[Person]) -> Table:
    """The people by high-level ethnic group, as far as that can be shown."""
    return suppress(_by_group(people))


def monitoring_nested(
    people: QuerySet[Person], some_of_them: QuerySet[Person]
) -> tuple[Table, Table]:
    """The same for people and for some of them, so that subtracting tells no more than either."""
    return suppress_nested(_by_group(people), _by_group(some_of_them))


def _by_group(people: QuerySet[Person]) -> dict[str, int]:
    words = {**dict(ETHNIC_GROUPS), PREFER_NOT: PREFER_NOT_WORDS}
    ids = people.order_by().values("pk").distinct()
    sealed = EqualityRecord.objects.filter(person__in=ids).values_list("answers", flat=True)
    found = Counter(json.loads(answers).get("ethnic_group", "") for answers in sealed)
    counts = {label: found[code] for code, label in words.items()}
    counts[NO_ANSWER] = ids.count() - sum(counts.values())
    return counts
