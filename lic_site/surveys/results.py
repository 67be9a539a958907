"""What a results page says, out of what was released."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from lic_site.accounts.guards import fetch
from lic_site.accounts.models import Person
from lic_site.insight import charts
from lic_site.insight.charts import Chart
from lic_site.insight.charts.bars import percent
from lic_site.insight.statistics import half_up
from lic_site.insight.suppression import USUAL
from lic_site.surveys import pictures, policies
from lic_site.surveys.enums import NAMELESS, Mode, Stage
from lic_site.surveys.models import Release, Wave
from lic_site.surveys.pictures import Picture, Shown


@dataclass(frozen=True)
class Change:
    """How the same people moved."""

    since: str
    first: str
    """When the first of two waves stood."""
    by: str
    interval: str
    effect: str
    strength: str
    could_be_chance: bool
    up: int
    same: int
    down: int


@dataclass(frozen=True)
class Pair:
    words: str
    n: int
    picture: Picture
    changes: list[Change] = field(default_factory=list)


@dataclass(frozen=True)
class Trend:
    words: str
    picture: Picture
    changed: list[Mapping[str, str]]


@dataclass(frozen=True)
class Cut:
    code: str
    words: str


@dataclass(frozen=True)
class Results:
    """All that is on the page."""

    asked: int
    answered: int | None
    """None where a number would tell too much: without names, fewer than five."""
    rate: int
    rate_chart: Chart
    n: int | None
    questions: list[Shown]
    pairs: list[Pair]
    trends: list[Trend]
    cuts: list[Cut]
    pooled: Sequence[str] = ()

    @property
    def hides_questions(self) -> bool:
        return any(each.picture is None for each in self.questions)

    @property
    def hides_groups(self) -> bool:
        return any(each.partly for each in self.questions)


def released(person: Person, pk: int) -> Release:
    """What was released of a wave; a 404 for whoever may not see it. What is its respondents' own
    has no results for anybody.
    """
    found = Release.objects.select_related("wave__version", "wave__questionnaire")
    return fetch(policies, person, found.exclude(wave__mode=Mode.OWN), wave=pk)


def of(release: Release, *, cut: str = "") -> Results:
    """The page of everybody, or of one cut's groups."""
    figures = release.figures
    questions = figures.get("questions", [])
    asked, answered = release.asked, release.answered
    is_told = USUAL.shows(answered) or release.wave.mode not in NAMELESS
    far = pictures.reach(questions, cut)
    shown = [
        pictures.of_groups(each, cut, far) if cut else pictures.of_question(each, far)
        for each in questions
        if not cut or each["code"] != cut
    ]
    return Results(
        asked=asked,
        answered=answered if is_told else None,
        rate=percent(min(1.0, answered / asked)) if asked and is_told else 0,
        rate_chart=charts.rate(answered if is_told else 0, asked, width=charts.WIDE).rounded(),
        n=figures.get("n"),
        questions=shown,
        pairs=[] if cut else _pairs(release.wave, figures),
        trends=[] if cut else [_trend(each) for each in figures.get("trend", ())],
        cuts=cuts_of(questions),
        pooled=figures.get("pooled", {}).get("about", ()),
    )


def cuts_of(questions: Iterable[Mapping[str, Any]]) -> list[Cut]:
    """The cuts of which at least one group may be shown."""
    found = {
        cut["code"]: Cut(cut["code"], cut["words"])
        for each in questions
        for cut in each.get("cuts", ())
        if cut["groups"]
    }
    return list(found.values())


def _pairs(wave: Wave, figures: Mapping[str, Any]) -> list[Pair]:
    questions = {each["code"]: each for each in figures.get("questions", ())}
    last = "Now" if wave.stage == Stage.ONCE else wave.get_stage_display()
    return [
        Pair(
            words=questions[each["code"]]["words"],
            n=each["n"],
            picture=pictures.of_pair(each, questions[each["code"]], last),
            changes=[_change(change, pictures.first_words(each)) for change in each["changes"]],
        )
        for each in figures.get("paired", ())
    ]


def _change(change: Mapping[str, Any], first: str) -> Change:
    difference = change["difference"]
    return Change(
        since=change["from"],
        first=first,
        by=signed(difference["value"]),
        interval=f"{signed(difference['low'])} to {signed(difference['high'])}",
        effect="" if change["effect"] is None else signed(change["effect"]),
        strength=change["strength"],
        could_be_chance=change["could_be_chance"],
        up=change["up"],
        same=change["same"],
        down=change["down"],
    )


def signed(value: float, digits: int = 1) -> str:
    """'+0.9', '−0.2', '0.0'."""
    rounded = half_up(abs(value), digits)
    sign = "" if not rounded else "+" if value > 0 else "−"
    return f"{sign}{rounded}"


def _trend(line: Mapping[str, Any]) -> Trend:
    return Trend(line["words"], pictures.of_trend(line), line["changed"])
