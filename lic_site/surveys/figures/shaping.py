"""Counts as what is shown of a question: its distribution, its mean, its groups."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from math import ceil, floor
from typing import Any

from lic_site.insight import statistics
from lic_site.insight.suppression import USUAL, Policy, permitted_cuts
from lic_site.surveys.definition import Option, Question
from lic_site.surveys.enums import CHOICES, SCORED, Kind

type Cell = tuple[str, ...]
type Values = Mapping[str, int]

DIGITS = 4
MOST_BANDS = 8
SCORES = [str(value) for value in range(11)]


def question_figures(
    question: Question,
    values: Mapping[tuple[Cell, str], int],
    people: Mapping[Cell, int],
    cuts: Sequence[Question],
    *,
    audience: str = "",
    policy: Policy = USUAL,
) -> dict[str, Any]:
    """All that is shown of one question; of too few answers, that they are too few."""
    shape = described(question, audience)
    n = sum(people.values())
    if not policy.shows(n):
        return {**shape, "hidden": True}
    whole = _values(values.items())
    shape["options"] = _options(question, whole, policy)
    return {
        **shape,
        **report(question, whole, n, shape["options"], policy=policy),
        "cuts": _Counted(question, values, people, shape["options"], policy).by_cuts(cuts),
    }


def described(question: Question, audience: str) -> dict[str, Any]:
    return {
        "code": question.code,
        "kind": str(question.kind),
        "words": question.words_for(audience),
        "item": question.item,
        "occasion": str(question.occasion),
        "low_words": question.low_words,
        "high_words": question.high_words,
        "is_cut": question.is_cut,
    }


def report(
    question: Question,
    values: Values,
    n: int,
    options: Sequence[Mapping[str, Any]],
    *,
    policy: Policy,
) -> dict[str, Any]:
    """The figures of one set of people: counts in the order of the options, and what is made of
    them.
    """
    found: dict[str, Any] = {"n": n, "counts": [_count(option, values) for option in options]}
    scores = scores_of(question, values)
    if question.kind in SCORED and policy.shows(sum(scores.values())):
        found["mean"] = interval(statistics.mean(scores))
        found["median"] = round(statistics.median(scores), DIGITS)
        if question.kind == Kind.SCORE:
            found["net"] = round(statistics.net_score(scores), DIGITS)
    return found


def scores_of(question: Question, values: Values) -> Counter[float]:
    scores: Counter[float] = Counter()
    for value, count in values.items():
        score = question.score(value)
        if score is not None:
            scores[score] += count
    return scores


def interval(found: statistics.Interval) -> dict[str, Any]:
    ends = {"low": found.low, "high": found.high}
    rounded = {name: None if end is None else round(end, DIGITS) for name, end in ends.items()}
    return {"n": found.n, "value": round(found.value, DIGITS), **rounded}


def _options(question: Question, values: Values, policy: Policy) -> list[dict[str, Any]]:
    if question.kind in CHOICES:
        return [_option(each) for each in question.options]
    if question.kind == Kind.SCORE:
        return [{"code": value, "words": value, "score": int(value)} for value in SCORES]
    return [
        {"code": f"{low}–{high}", "words": _span(low, high), "from": low, "to": high}
        for low, high in bands(scores_of(question, values), policy)
    ]


def _span(low: int, high: int) -> str:
    return str(low) if low == high else f"{low} to {high}"


def _option(option: Option) -> dict[str, Any]:
    return {"code": option.code, "words": option.words, "score": option.score}


def _count(option: Mapping[str, Any], values: Values) -> int:
    if "from" not in option:
        return values.get(option["code"], 0)
    low, high = option["from"], option["to"]
    return sum(count for value, count in values.items() if low <= floor(float(value)) <= high)


def bands(scores: Mapping[float, int], policy: Policy) -> list[tuple[int, int]]:
    """Numbers in at most eight bands of whole numbers from the lowest to the highest, none of
    fewer people than the floor. A fraction counts as the whole number under it.
    """
    least, most = floor(min(scores)), floor(max(scores))
    step = ceil((most - least + 1) / MOST_BANDS)
    found: list[tuple[int, int]] = []
    low = least
    for high in range(least + step - 1, most + step, step):
        inside = sum(count for value, count in scores.items() if low <= floor(value) <= high)
        if policy.shows(inside):
            found.append((low, min(high, most)))
            low = high + 1
    if low <= most and found:
        found[-1] = (found[-1][0], most)
    return found or [(least, most)]


def _values(found: Iterable[tuple[tuple[Cell, str], int]]) -> Counter[str]:
    values: Counter[str] = Counter()
    for (_, value), count in found:
        values[value] += count
    return values


@dataclass(frozen=True)
class _Counted:
    """One question with its counts, to be shown by groups."""

    question: Question
    values: Mapping[tuple[Cell, str], int]
    people: Mapping[Cell, int]
    options: Sequence[Mapping[str, Any]]
    policy: Policy

    def by_cuts(self, cuts: Sequence[Question]) -> list[dict[str, Any]]:
        """By every cut but the question itself, as far as they may stand beside each other."""
        others = [place for place, cut in enumerate(cuts) if cut.code != self.question.code]
        cells: Counter[Cell] = Counter()
        for cell, count in self.people.items():
            cells[tuple(cell[place] for place in others)] += count
        shown = permitted_cuts(cells, policy=self.policy) if others else []
        return [
            self._by_cut(cuts[place], place, groups)
            for place, groups in zip(others, shown, strict=True)
        ]

    def _by_cut(self, cut: Question, place: int, shown: frozenset[str]) -> dict[str, Any]:
        groups = [
            {"code": option.code, "words": option.words, **self._group(place, option.code)}
            for option in cut.options
            if option.code in shown
        ]
        return {
            "code": cut.code,
            "place": place,
            "words": cut.words,
            "groups": groups,
            "partly": any(cell[place] not in shown for cell in self.people),
        }

    def _group(self, place: int, code: str) -> dict[str, Any]:
        inside = _values((key, n) for key, n in self.values.items() if key[0][place] == code)
        n = sum(count for cell, count in self.people.items() if cell[place] == code)
        return report(self.question, inside, n, self.options, policy=self.policy)
