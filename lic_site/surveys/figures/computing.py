"""All figures of a wave."""

from collections.abc import Sequence
from typing import Any

from lic_site.insight.suppression import USUAL, Policy, pool
from lic_site.surveys.enums import WaveState
from lic_site.surveys.figures.pairing import paired
from lic_site.surveys.figures.shaping import question_figures
from lic_site.surveys.figures.siblings import Sibling, siblings
from lic_site.surveys.figures.tally import cuts_of, number_of, tally
from lic_site.surveys.figures.trend import trend
from lic_site.surveys.models import Wave

FORMAT = 1


def compute(wave: Wave, *, policy: Policy = USUAL) -> dict[str, Any]:
    """What may be shown of a wave, now that it has closed, beside all that was released before.

    Too few answers for anything leave ``questions`` empty. They wait, and are shown together with
    other small waves of the same survey and group as soon as these are enough: ``pooled`` names the
    waves whose answers the figures are of.
    """
    n = number_of([wave])
    if policy.shows(n):
        return _figures(wave, [wave], n, policy)
    waves = _waiting(wave, policy) if n else []
    if len(waves) < 2:
        return {"format": FORMAT, "n": None, "questions": [], "paired": [], "trend": []}
    return _figures(wave, waves, number_of(waves), policy)


def _figures(wave: Wave, waves: Sequence[Wave], n: int, policy: Policy) -> dict[str, Any]:
    if wave.version is None:
        raise ValueError("A wave without a version has no figures.")
    definition = wave.version.definition
    cuts, tallies = cuts_of(definition), tally(waves, definition)
    questions = [
        question_figures(
            definition.by_code[code],
            found.values,
            found.people,
            cuts,
            audience=wave.audience,
            policy=policy,
        )
        for code, found in tallies.items()
    ]
    figures: dict[str, Any] = {"format": FORMAT, "n": policy.count(n), "questions": questions}
    if len(waves) > 1:
        about = [each.about for each in waves]
        pooled = {"waves": [each.pk for each in waves], "about": about}
        return {**figures, "pooled": pooled, "paired": [], "trend": []}
    before: list[Sibling] = siblings(wave)
    figures["paired"] = paired(wave, definition, tallies, questions, before, policy=policy)
    figures["trend"] = trend(wave, questions, before)
    return figures


def _waiting(wave: Wave, policy: Policy) -> list[Wave]:
    """This wave and the others of its survey and group whose answers were too few and were not
    pooled yet, where together they are enough.
    """
    if wave.group is None or wave.plan_id is None:
        return []
    closed = Wave.objects.filter(
        plan=wave.plan_id,
        group=wave.group,
        version=wave.version_id,
        mode=wave.mode,
        state=WaveState.CLOSED,
        release__isnull=False,
    ).exclude(pk=wave.pk)
    done: set[int] = set()
    small: dict[int, Wave] = {wave.pk: wave}
    for each in closed.select_related("release"):
        figures = each.release.figures
        done |= set(figures.get("pooled", {}).get("waves", ()))
        if figures.get("n") is None:
            small[each.pk] = each
    numbers = {pk: number_of([each]) for pk, each in small.items() if pk not in done}
    return [small[pk] for pk in pool(numbers, policy=policy)]
