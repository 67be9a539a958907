"""One item over the stages of a cohort's life, from what was released of each."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from lic_site.surveys.enums import Stage
from lic_site.surveys.figures.siblings import Sibling, asked_now
from lic_site.surveys.models import Wave


def trend(
    wave: Wave, questions: Iterable[Mapping[str, Any]], before: Sequence[Sibling]
) -> list[dict[str, Any]]:
    """By item: a point for each stage that asked it with the same scores."""
    if wave.stage == Stage.ONCE:
        return []
    earlier = [
        each
        for each in before
        if each.wave.stage != Stage.ONCE and each.wave.subject_kind == wave.subject_kind
    ]
    found = []
    for question in questions:
        item = question["item"]
        if not item or question not in asked_now({"questions": [question]}, item):
            continue
        same = [
            (each, asked)
            for each in earlier
            if (asked := each.question(item)) and scores(asked) == scores(question)
        ]
        if same:
            points = [*(_point(each.wave, asked) for each, asked in same), _point(wave, question)]
            changed = [words for _, asked in same for words in changed_words(asked, question)]
            found.append(
                {
                    "item": item,
                    "words": question["words"],
                    "points": points,
                    "changed": [dict(each) for each in dict.fromkeys(changed)],
                    **span(question),
                }
            )
    return found


def scores(question: Mapping[str, Any]) -> list[int | None]:
    """By what its answers count; numbers have none."""
    if question["kind"] == "number":
        return []
    return [option["score"] for option in question["options"]]


def span(question: Mapping[str, Any]) -> dict[str, float]:
    """The lowest and the highest that a mean of it can be; of numbers, of what was answered."""
    options = question["options"]
    if question["kind"] == "number":
        return {"least": options[0]["from"], "most": options[-1]["to"]}
    found = [option["score"] for option in options if option["score"] is not None]
    return {"least": min(found), "most": max(found)}


def changed_words(
    before: Mapping[str, Any], now: Mapping[str, Any]
) -> list[tuple[tuple[str, str], tuple[str, str]]]:
    """Where the same question or answer read otherwise then."""
    pairs = [(before["words"], now["words"])]
    if now["kind"] != "number":
        words = {option["code"]: option["words"] for option in before["options"]}
        pairs += [
            (words.get(each["code"], each["words"]), each["words"]) for each in now["options"]
        ]
    return [(("before", then), ("now", here)) for then, here in pairs if then != here]


def _point(wave: Wave, question: Mapping[str, Any]) -> dict[str, Any]:
    return {
        "wave": wave.pk,
        "stage": str(wave.stage),
        "about": wave.about,
        "mean": question["mean"],
    }
