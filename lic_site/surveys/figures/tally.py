"""Answers counted by the database: by question, by value, and by the cuts' own answers."""

from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field

from django.db.models import Count, F, FilteredRelation, Q, QuerySet

from lic_site.surveys.definition import Definition, Question
from lic_site.surveys.enums import CHOICES, SCORED, Kind
from lic_site.surveys.models import Answer, Response, Wave

MOST_CUTS = 3
"""More would leave cells of single people."""

type Cell = tuple[str, ...]
"""What somebody answered to each cut; ``""`` where nothing."""


@dataclass
class Tally:
    """Of one question."""

    values: Counter[tuple[Cell, str]] = field(default_factory=Counter)
    """How often each value was given, by cell."""
    people: Counter[Cell] = field(default_factory=Counter)
    """How many answered it, by cell."""


def cuts_of(definition: Definition) -> list[Question]:
    """The fixed cuts: choices of one that the questionnaire says results are shown by."""
    return [each for each in definition.cuts() if each.kind == Kind.SINGLE][:MOST_CUTS]


def counted(definition: Definition) -> list[Question]:
    """The questions that have figures: all but those answered in words."""
    return [each for each in definition.questions() if each.kind in CHOICES | SCORED]


def tally(waves: Collection[Wave], definition: Definition) -> dict[str, Tally]:
    """By question, in two queries whatever the number of questions and people."""
    cuts = cuts_of(definition)
    questions = {each.code: Tally() for each in counted(definition)}
    several = [each.code for each in counted(definition) if each.kind == Kind.MULTIPLE]
    answers = with_cells(Answer.objects.filter(response__wave__in=waves), cuts)
    names = cell_names(cuts)
    rows = answers.values_list("question", "value", *names).annotate(times=Count("pk"))
    for code, value, *given, times in rows:
        found, cell = questions[code], cell_of(given)
        found.values[cell, value] += times
        if code not in several:
            found.people[cell] += times
    if several:
        once = answers.filter(question__in=several).values_list("question", *names)
        for code, *given, people in once.annotate(n=Count("response", distinct=True)):
            questions[code].people[cell_of(given)] += people
    return questions


def number_of(waves: Collection[Wave]) -> int:
    return Response.objects.filter(wave__in=waves).count()


def cell_of(given: Iterable[str | None]) -> Cell:
    return tuple(each or "" for each in given)


def cell_names(cuts: Sequence[Question]) -> list[str]:
    return [f"cell_{place}" for place, _ in enumerate(cuts)]


def with_cells(answers: QuerySet[Answer], cuts: Sequence[Question]) -> QuerySet[Answer]:
    """Annotate what whoever gave an answer said to each cut; None where nothing: the database then
    knows how many different answers there are, and need not sort them all.
    """
    answers = answers.order_by()
    for place, cut in enumerate(cuts):
        beside = f"cut_{place}"
        answers = answers.alias(
            **{
                beside: FilteredRelation(
                    "response__answers", condition=Q(response__answers__question=cut.code)
                )
            }
        ).annotate(**{f"cell_{place}": F(f"{beside}__value")})
    return answers
