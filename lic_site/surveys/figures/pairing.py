"""Pre, then and now of the same people, joined by pseudonym inside the database.

Each item has one set of people: those who answered it on every occasion it stands for. An earlier
wave's answers enter one pairing of an item, ever, so that no two pairings can be subtracted.
"""

import random
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Case, CharField, Count, OuterRef, Subquery, Value, When

from lic_site.insight.suppression import Policy
from lic_site.surveys.definition import Definition, Question
from lic_site.surveys.enums import SCORED, Mode, Occasion
from lic_site.surveys.figures.matching import Item, Side, paired_figures
from lic_site.surveys.figures.siblings import Sibling
from lic_site.surveys.figures.tally import (
    Tally,
    cell_names,
    cell_of,
    cuts_of,
    tally,
    with_cells,
)
from lic_site.surveys.models import Answer, Wave

LOT = random.SystemRandom()


def paired(
    wave: Wave,
    definition: Definition,
    tallies: Mapping[str, Tally],
    questions: Sequence[Mapping[str, Any]],
    before: Sequence[Sibling],
    *,
    policy: Policy,
) -> list[dict[str, Any]]:
    """What may be shown of each item that the same people answered more than once."""
    released = {each["code"]: each for each in questions if "mean" in each}
    used = {
        (pair["first"], pair["item"])
        for each in before
        for pair in each.figures.get("paired", ())
        if pair.get("first")
    }
    by_first: dict[int | None, list[Item]] = {}
    earlier = {each.wave.pk: each for each in before}
    then = {each.item: each for each in definition.questions() if each.occasion == Occasion.THEN}
    for question in definition.questions():
        if question.occasion == Occasion.NOW and question.item and question.code in released:
            first = _first(wave, question, before, used)
            looked_back = then.get(question.item)
            if looked_back and looked_back.code not in released:
                looked_back = None
            if first or looked_back:
                pre = _asked(first, question) if first else None
                item = Item(now=question, then=looked_back, pre=pre)
                by_first.setdefault(first.wave.pk if first else None, []).append(item)
    here = _Here(wave, definition, tallies, released)
    return [
        figures
        for pk, items in by_first.items()
        for figures in _figures(here, earlier[pk] if pk else None, items, policy)
    ]


@dataclass(frozen=True)
class _Here:
    """The wave whose figures are made."""

    wave: Wave
    definition: Definition
    tallies: Mapping[str, Tally]
    released: Mapping[str, Mapping[str, Any]]

    def side(self, question: Question) -> Side:
        code = question.code
        return Side(question, self.released[code], self.tallies[code], is_first=False)


def _first(
    wave: Wave, question: Question, before: Sequence[Sibling], used: Iterable[tuple[int, str]]
) -> Sibling | None:
    """The earliest wave to pair with: linked, the same item, the same scores, not used yet."""
    if wave.mode != Mode.LINKED:
        return None
    for each in before:
        if (
            each.wave.mode == Mode.LINKED
            and each.wave.series == wave.series
            and (each.wave.pk, question.item) not in used
            and each.question(question.item)
        ):
            return each if _asked(each, question) else None
    return None


def _asked(sibling: Sibling, question: Question) -> Question | None:
    """The question on the same item then, if it counts its answers the same way."""
    found = sibling.question(question.item)
    version = sibling.wave.version
    if found is None or version is None:
        return None
    asked = version.definition.by_code[found["code"]]
    is_same = asked.kind == question.kind and _scores(asked) == _scores(question)
    return asked if is_same and asked.kind in SCORED else None


def _scores(question: Question) -> list[int | None]:
    return [option.score for option in question.options]


def _figures(
    here: _Here, first: Sibling | None, items: Sequence[Item], policy: Policy
) -> Iterable[dict[str, Any]]:
    theirs: dict[str, Tally] = {}
    if first and first.wave.version:
        theirs = tally([first.wave], first.wave.version.definition)
    joint = _joint(here, first, items)
    for item in items:
        sides = {"now": here.side(item.now)}
        if item.then:
            sides["then"] = here.side(item.then)
        if item.pre and first:
            shown = first.question(item.now.item) or {}
            sides["pre"] = Side(item.pre, shown, theirs[item.pre.code], is_first=True)
        found = paired_figures(item, sides, joint[item.now.code], LOT, policy)
        if found:
            stage = str(first.wave.stage) if first else ""
            yield {"first": first.wave.pk if first else None, "first_stage": stage, **found}


def _joint(
    here: _Here, first: Sibling | None, items: Sequence[Item]
) -> dict[str, Counter[tuple[tuple[str, ...], tuple[str, ...], tuple[str, ...]]]]:
    """By question: how often each combination of answers (pre, then, now), of this wave's cell and
    of the first one's occurs. One query.
    """
    cuts = cuts_of(here.definition)
    first_cuts = cuts_of(first.wave.version.definition) if first and first.wave.version else []
    codes = [each.now.code for each in items]
    answers = with_cells(
        Answer.objects.filter(response__wave=here.wave, question__in=codes), cuts
    ).annotate(
        then_code=_code({each.now.code: each.then.code for each in items if each.then}),
        pre_code=_code({each.now.code: each.pre.code for each in items if each.pre}),
    )
    theirs = (
        Answer.objects.filter(
            response__wave=first.wave, response__pseudonym=OuterRef("response__pseudonym")
        ).exclude(response__pseudonym="")
        if first
        else Answer.objects.none()
    )
    same = Answer.objects.filter(response=OuterRef("response"))
    firsts = {
        f"first_{place}": _value(theirs.filter(question=cut.code))
        for place, cut in enumerate(first_cuts)
    }
    answers = answers.annotate(
        then_value=_value(same.filter(question=OuterRef("then_code"))),
        pre_value=_value(theirs.filter(question=OuterRef("pre_code"))),
        **firsts,
    )
    columns = ["question", "pre_value", "then_value", "value", *cell_names(cuts), *firsts]
    joint: dict[str, Counter[Any]] = {each.now.code: Counter() for each in items}
    for code, pre, then, now, *rest in answers.values_list(*columns).annotate(n=Count("pk")):
        cell, there, n = rest[: len(cuts)], rest[len(cuts) : -1], rest[-1]
        given = (pre or "", then or "", now)
        joint[code][given, cell_of(cell), cell_of(there)] += n
    return joint


def _code(codes: Mapping[str, str]) -> Case | Value:
    if not codes:
        return Value("")
    whens = [When(question=now, then=Value(other)) for now, other in codes.items()]
    return Case(*whens, default=Value(""), output_field=CharField())


def _value(answers: Any) -> Subquery:
    return Subquery(answers.values("value")[:1])
