"""Released figures as pictures and tables. Plain values."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from lic_site.insight import charts
from lic_site.insight.charts import NARROW, WIDE, Chart, Reach, Row, Spot
from lic_site.insight.charts.bars import percent, roles
from lic_site.insight.statistics import half_up
from lic_site.surveys.enums import Kind, Occasion, Stage

EVERYBODY = "Everybody"
LOOKING_BACK = "At the start, looking back"

type Json = Mapping[str, Any]


@dataclass(frozen=True)
class Table:
    """One column of words, the others of numbers."""

    columns: list[str]
    rows: list[tuple[str, list[str]]]


@dataclass(frozen=True)
class Picture:
    """A picture for a desk and for a phone, what its colours mean, and its table."""

    wide: Chart
    narrow: Chart
    legend: list[tuple[str, str]]
    table: Table
    says: str
    """The same in one line, for whoever does not see it."""


@dataclass(frozen=True)
class Shown:
    """One question with all that is shown of it."""

    question: Json
    picture: Picture | None
    partly: bool = False
    """Some groups are not shown."""

    @property
    def looks_back(self) -> bool:
        return bool(self.question["occasion"] == Occasion.THEN)


def reach(questions: Iterable[Json], cut: str = "") -> Reach:
    """How far the bars of all scales of a page go, so that they stand on one middle."""
    scales = [each for each in questions if not each.get("hidden") and each["kind"] == Kind.SCALE]
    return charts.reach(
        [_row(each["options"], words, of) for each in scales for words, of in _sets(each, cut)]
    )


def _sets(question: Json, cut: str) -> list[tuple[str, Json]]:
    """Everybody, and the groups of a cut that may be shown."""
    found = next((each for each in question.get("cuts", ()) if each["code"] == cut), None)
    groups = found["groups"] if found else ()
    return [(EVERYBODY, question), *((group["words"], group) for group in groups)]


def of_question(question: Json, to: Reach | None = None) -> Shown:
    """How everybody answered."""
    if question.get("hidden"):
        return Shown(question, None)
    counts = _listed(question["options"], question["counts"], question["n"])
    return Shown(question, _distribution(question, [(EVERYBODY, question)], counts, to))


def of_groups(question: Json, cut: str, to: Reach | None = None) -> Shown:
    """How the groups of a cut answered, as far as they may be shown."""
    found = next((each for each in question.get("cuts", ()) if each["code"] == cut), None)
    if found is None or not found["groups"]:
        return Shown(question, None, partly=True)
    sets = _sets(question, cut)
    names = [f"{words} (n = {each['n']})" for words, each in sets]
    rows = [
        (option["words"], [_cell(each["counts"][place], each["n"]) for _, each in sets])
        for place, option in enumerate(question["options"])
    ]
    if all("mean" in each for _, each in sets):
        rows.append(("Mean (95% interval)", [in_words(each["mean"]) for _, each in sets]))
    return Shown(question, _distribution(question, sets, Table(names, rows), to), found["partly"])


def of_pair(pair: Json, question: Json, last: str) -> Picture:
    """The same people's means on each occasion."""
    words = {"pre": first_words(pair), "then": LOOKING_BACK, "now": last}
    points = [(words[each["occasion"]], each["mean"], each["occasion"]) for each in pair["points"]]
    return _means(points, *ends(question))


def first_words(pair: Json) -> str:
    """When the first of two waves stood."""
    stage = pair.get("first_stage") or Stage.BASELINE
    return "Before" if stage == Stage.ONCE else Stage(stage).label


def of_trend(line: Json) -> Picture:
    """One item's means over the stages of a cohort's life."""
    points = [(Stage(each["stage"]).label, each["mean"], "now") for each in line["points"]]
    spots = [_spot(*point, beside=_tenth(point[1])) for point in points]
    least, most, table = line["least"], line["most"], _table_of(points)
    return _picture(lambda width: charts.trend(spots, least, most, width=width), [], table)


def of_waves(question: Json, means: Sequence[tuple[str, Json]]) -> Picture:
    """The means of the same item in several waves: (what the wave is called, mean)."""
    return _means([(words, mean, "now") for words, mean in means], *ends(question))


def ends(question: Json) -> tuple[float, float]:
    """The lowest and the highest mean there can be; of numbers, what was answered."""
    options = question["options"]
    if question["kind"] == Kind.NUMBER:
        return options[0]["from"], options[-1]["to"]
    scores = [option["score"] for option in options if option["score"] is not None]
    return min(scores), max(scores)


def in_words(mean: Json) -> str:
    """'3.9 (3.5 to 4.3)'."""
    value = half_up(mean["value"], 1)
    if mean["low"] is None:
        return str(value)
    return f"{value} ({half_up(mean['low'], 1)} to {half_up(mean['high'], 1)})"


def _distribution(
    question: Json, sets: Sequence[tuple[str, Json]], table: Table, to: Reach | None
) -> Picture:
    kind, options = question["kind"], question["options"]
    if kind == Kind.SCALE:
        rows = [_row(options, words, each) for words, each in sets]
        legend = _legend(options)
        return _picture(lambda width: charts.diverging(rows, width=width, to=to), legend, table)
    if kind == Kind.SCORE and len(sets) == 1:
        values = [(each["words"], n) for each, n in zip(options, question["counts"], strict=True)]
        return _picture(lambda width: charts.columns(values, width=width), [], table)
    if len(sets) > 1 and all("mean" in each for _, each in sets):
        least, most = ends(question)
        spots = [
            _spot(words, each["mean"], "now", beside=_with_number(each["mean"]))
            for words, each in sets
        ]
        return _picture(lambda width: charts.dots(spots, least, most, width=width), [], table)
    bars = [
        (f"{option['words']}{_whose(words, sets)}", _cell(n, each["n"]), n / each["n"])
        for place, option in enumerate(options)
        for words, each in sets
        for n in [each["counts"][place]]
    ]
    return _picture(lambda width: charts.plain(bars, width=width), [], table)


def _whose(words: str, sets: Sequence[object]) -> str:
    return f" – {words}" if len(sets) > 1 else ""


def _row(options: Sequence[Json], words: str, of: Json) -> Row:
    shares = [n / of["n"] for n in of["counts"]]
    scored = sorted(
        (option["score"], share)
        for option, share in zip(options, shares, strict=True)
        if option["score"] is not None
    )
    apart = sum(
        share for option, share in zip(options, shares, strict=True) if option["score"] is None
    )
    return Row(words, f"n = {of['n']:,}", [share for _, share in scored], apart)


def _legend(options: Sequence[Json]) -> list[tuple[str, str]]:
    scored = sorted(
        (option for option in options if option["score"] is not None), key=lambda o: o["score"]
    )
    legend = list(zip(roles(len(scored)), (option["words"] for option in scored), strict=True))
    return legend + [("apart", each["words"]) for each in options if each["score"] is None]


def _listed(options: Sequence[Json], counts: Sequence[int], n: int) -> Table:
    rows = [
        (option["words"], [f"{count:,}", f"{percent(count / n)}%"])
        for option, count in zip(options, counts, strict=True)
    ]
    return Table(["Number", "Share"], rows)


def _cell(count: int, n: int) -> str:
    return f"{percent(count / n)}% ({count:,})"


type _Point = tuple[str, Json, str]
"""What a mean is called, the mean, and the role of its dot."""


def _spot(words: str, mean: Json, role: str, *, beside: str) -> Spot:
    return Spot(words, beside, mean["value"], mean["low"], mean["high"], role)


def _tenth(mean: Json) -> str:
    return str(half_up(mean["value"], 1))


def _with_number(mean: Json) -> str:
    return f"{_tenth(mean)} (n = {mean['n']:,})"


def _table_of(points: Sequence[_Point]) -> Table:
    rows = [(words, [_tenth(mean), _interval(mean), f"{mean['n']:,}"]) for words, mean, _ in points]
    return Table(["Mean", "95% interval", "People"], rows)


def _interval(mean: Json) -> str:
    if mean["low"] is None:
        return "None: one answer"
    return f"{half_up(mean['low'], 1)} to {half_up(mean['high'], 1)}"


def _means(points: Sequence[_Point], least: float, most: float) -> Picture:
    spots = [_spot(*point, beside=_with_number(point[1])) for point in points]
    return _picture(
        lambda width: charts.dots(spots, least, most, width=width), [], _table_of(points)
    )


def _picture(
    draw: Callable[[float], Chart], legend: list[tuple[str, str]], table: Table
) -> Picture:
    says = "; ".join(f"{words}: {', '.join(cells)}" for words, cells in table.rows)
    return Picture(draw(WIDE).rounded(), draw(NARROW).rounded(), legend, table, says)
