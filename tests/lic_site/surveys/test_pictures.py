"""Released figures as pictures and tables that say the same."""

from typing import Any

from lic_site.surveys import pictures

AGREE = [
    {"code": str(n), "words": words, "score": score}
    for n, (words, score) in enumerate([("No", 1), ("Neither", 2), ("Yes", 3), ("Not me", None)])
]
MEAN = {"n": 9, "value": 2.25, "low": 1.5, "high": 3.0}


def asked(kind: str, options: list[dict[str, Any]], counts: list[int], **more: Any) -> Any:
    question = {"code": "q", "kind": kind, "words": "?", "item": "q", "occasion": "now"}
    return {**question, "options": options, "counts": counts, "n": sum(counts), "cuts": [], **more}


def by_where(question: Any, *groups: tuple[str, list[int]], **more: Any) -> Any:
    made = [
        {"code": words, "words": words, "n": sum(counts), "counts": counts, **more}
        for words, counts in groups
    ]
    cut = {"code": "where", "place": 0, "words": "Where", "groups": made, "partly": True}
    return {**question, **more, "cuts": [cut]}


def test_a_scale_has_its_legend_in_the_order_of_its_scores_and_its_table() -> None:
    picture = pictures.of_question(asked("scale", AGREE, [1, 2, 5, 2])).picture
    assert picture is not None
    assert picture.legend == [
        ("against-3", "No"),
        ("neutral", "Neither"),
        ("for-3", "Yes"),
        ("apart", "Not me"),
    ]
    assert picture.table.rows[2] == ("Yes", ["5", "50%"])
    assert picture.says.startswith("No: 1, 10%; Neither: 2, 20%")
    assert (picture.wide.width, picture.narrow.width) == (560, 320)


def test_the_scales_of_a_page_stand_on_one_middle() -> None:
    hidden = {"code": "q", "hidden": True, "occasion": "then"}
    low, high = (asked("scale", AGREE[:3], counts) for counts in ([7, 2, 1], [0, 1, 9]))
    far = pictures.reach([low, hidden, high, asked("single", AGREE, [9, 9, 9, 9])])
    drawn = [pictures.of_question(each, far).picture for each in (low, high)]
    assert drawn[0] is not None
    assert drawn[1] is not None
    assert drawn[0].wide.lines[0].x1 == drawn[1].wide.lines[0].x1
    assert far.apart == 0


def test_what_is_hidden_has_no_picture() -> None:
    hidden = {"code": "q", "hidden": True, "occasion": "then"}
    assert pictures.of_question(hidden).picture is None
    assert pictures.of_question(hidden).looks_back
    assert pictures.of_groups(hidden, "where").picture is None
    assert pictures.of_groups(asked("scale", AGREE, [1, 2, 5, 2]), "where").partly


def test_groups_of_a_scale_are_rows_of_one_picture() -> None:
    question = by_where(asked("scale", AGREE, [3, 4, 9, 0]), ("A", [1, 2, 5, 0]), mean=MEAN)
    shown = pictures.of_groups(question, "where")
    assert shown.partly
    assert shown.picture is not None
    assert shown.picture.table.columns == ["Everybody (n = 16)", "A (n = 8)"]
    assert shown.picture.table.rows[-1] == ("Mean (95% interval)", ["2.3 (1.5 to 3.0)"] * 2)
    assert len({bar.y for bar in shown.picture.wide.bars}) == 2


def test_scores_of_groups_are_means_and_choices_are_bars() -> None:
    scores = [{"code": str(n), "words": str(n), "score": n} for n in range(11)]
    counts = [1] * 11
    assert pictures.of_question(asked("score", scores, counts)).picture is not None
    question = by_where(asked("score", scores, counts), ("A", counts), mean=MEAN)
    grouped = pictures.of_groups(question, "where").picture
    assert grouped is not None
    assert len(grouped.wide.dots) == 2
    choice = [{"code": "x", "words": "Talks", "score": None}]
    bars = pictures.of_groups(by_where(asked("single", choice, [9]), ("A", [6])), "where").picture
    assert bars is not None
    assert [label.text for label in bars.wide.labels if label.anchor == "start"] == [
        "Talks – Everybody",
        "Talks – A",
    ]
    assert pictures.of_question(asked("multiple", choice, [9])).picture is not None


def test_means_stand_on_the_axis_of_their_question() -> None:
    numbers = asked("number", [{"from": 0, "to": 4}, {"from": 5, "to": 20}], [5, 6])
    assert pictures.ends(numbers) == (0, 20)
    single = {"n": 1, "value": 2.0, "low": None, "high": None}
    picture = pictures.of_waves(asked("scale", AGREE, [1, 1, 1, 1]), [("A", MEAN), ("B", single)])
    assert picture.table.rows == [
        ("A", ["2.3", "1.5 to 3.0", "9"]),
        ("B", ["2.0", "None: one answer", "1"]),
    ]
    assert pictures.in_words(single) == "2.0"


def test_pairs_and_trends_name_their_occasions() -> None:
    point = {"occasion": "pre", "mean": MEAN}
    pair = {"points": [point, {**point, "occasion": "now"}]}
    picture = pictures.of_pair(pair, asked("scale", AGREE, [1, 1, 1, 1]), "At the end")
    assert [row[0] for row in picture.table.rows] == ["At the start", "At the end"]
    assert pictures.first_words({"first_stage": "months_3"}) == "3 months on"
    assert pictures.first_words({"first_stage": "once"}) == "Before"
    line = {"points": [{"stage": "baseline", "mean": MEAN}], "least": 1, "most": 3}
    assert pictures.of_trend(line).table.rows[0][0] == "At the start"
