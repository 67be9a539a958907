"""How invented people answer: each in their own way, and better as the programme goes on."""

import random
import tomllib
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from lic_site.surveys.definition import Answers, Definition, Question
from lic_site.surveys.enums import WORDS, Kind, Occasion, Stage

SAID: dict[str, Any] = tomllib.loads(Path(__file__).with_name("said.toml").read_text())
MOOD = {
    Stage.ONCE: 0.78,
    Stage.BASELINE: 0.5,
    Stage.END: 0.74,
    Stage.MONTHS_3: 0.72,
    Stage.MONTHS_6: 0.69,
    Stage.MONTHS_12: 0.71,
}
"""Where answers lie between the lowest (0) and the highest (1), on average."""
THEN = 0.38
"""Looking back, people think less of how they began."""
SPREAD = 0.17
SKIPPED = 0.06
WRITES = 0.7
"""How many write something where there is something left to be said."""


class Answering:
    """Everybody's answers to one wave; what was written once is not written again."""

    def __init__(self, definition: Definition, stage: str, seed: str) -> None:
        self.definition = definition
        self.mood = MOOD[Stage(stage)]
        dice = _dice(seed)
        self.left = {
            code: dice.sample(words, len(words))
            for code, words in SAID.items()
            if code != "identifying"
        }
        self.left.setdefault("different", []).extend(
            each["written"] for each in SAID["identifying"]
        )

    def by(self, person_id: int) -> Answers:
        """One person's answers: the same leaning in every wave, another hand each time."""
        leaning = _dice(person_id).gauss(0, 0.08)
        dice = _dice(f"{person_id} {self.mood} {self.definition.closing}")
        given = dict(self._given(dice, leaning, person_id))
        return self.definition.kept(given)

    def _given(
        self, dice: random.Random, leaning: float, person_id: int
    ) -> Iterator[tuple[str, tuple[str, ...]]]:
        """What tells groups apart is the same in every wave, and falls into halves: what a smaller
        group says is not shown, and somebody should see what such a page looks like.
        """
        for question in self.definition.questions():
            if question.is_cut:
                yield question.code, (question.options[person_id % 2].code,)
                continue
            if not question.required and dice.random() < SKIPPED:
                continue
            at = (THEN if question.occasion == Occasion.THEN else self.mood) + leaning
            if values := self._values(question, dice, at):
                yield question.code, values

    def _values(self, question: Question, dice: random.Random, at: float) -> tuple[str, ...]:
        place = min(0.999, max(0.0, dice.gauss(at, SPREAD)))
        match question.kind:
            case Kind.SCALE:
                scored = [option for option in question.options if option.score is not None]
                return (scored[int(place * len(scored))].code,)
            case Kind.SCORE:
                return (str(int(place * 11)),)
            case Kind.NUMBER:
                lowest, highest = question.lowest or 0, question.highest or 10
                return (str(int(lowest + place * (highest - lowest))),)
            case Kind.SINGLE:
                first = [1 / (number + 1) for number in range(len(question.options))]
                return (dice.choices(question.options, first)[0].code,)
            case Kind.MULTIPLE:
                chosen = [each.code for each in question.options if dice.random() < 0.35]
                return tuple(chosen[:3])
        return self._words(question, dice)

    def _words(self, question: Question, dice: random.Random) -> tuple[str, ...]:
        left = self.left.get(question.code)
        if question.kind not in WORDS or not left or dice.random() > WRITES:
            return ()
        return (left.pop(),)


def _dice(seed: str | int) -> random.Random:
    """The same fall of the dice at every build."""
    return random.Random(seed)  # noqa: S311 (nothing is secret here)


def checked(text: str) -> str:
    """What a checker leaves of it."""
    found: Mapping[str, str] = {each["written"]: each["checked"] for each in SAID["identifying"]}
    return found.get(text, text)
