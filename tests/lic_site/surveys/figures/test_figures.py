"""What stands in a release, and what does not."""

import json
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from lic_site.surveys import definition as d
from lic_site.surveys.enums import Kind, Mode, Stage
from lic_site.surveys.figures import compute
from lic_site.surveys.models import Release, Response
from lic_site.surveys.services.storing import store
from tests.factories.people import PersonFactory
from tests.factories.survey_results import (
    LOOKING_BACK,
    a_released_wave,
    choice,
    closed,
    pre_and_post,
    scale,
    version_of,
)
from tests.factories.surveys import DAY, PlanFactory, WaveFactory, answered
from tests.support.people import NOW

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]


def question(release: Release, code: str) -> dict[str, Any]:
    found: dict[str, Any] = next(q for q in release.figures["questions"] if q["code"] == code)
    return found


def said(wave: Any, *given: dict[str, str]) -> None:
    store(wave, [{code: tuple(value.split()) for code, value in each.items()} for each in given])


def test_each_question_has_its_number_its_distribution_and_its_mean() -> None:
    wave = WaveFactory()
    people = [{"useful": "4", "again": "9", "what": "talks people"}] * 4
    said(wave, *people, {"useful": "2", "again": "3"}, {"useful": "5"})
    release = closed(wave)
    useful = question(release, "useful")
    assert (useful["n"], useful["counts"]) == (6, [0, 1, 0, 4, 1])
    assert useful["mean"]["value"] == pytest.approx(23 / 6, abs=1e-4)
    assert question(release, "again")["net"] == pytest.approx(60)
    assert question(release, "what") == question(release, "what") | {"hidden": True}
    assert "counts" not in question(release, "what")


def test_under_the_floor_nothing_is_released() -> None:
    release = a_released_wave(4)
    assert release.figures["questions"] == []
    assert release.figures["n"] is None
    assert (release.asked, release.answered) == (4, 4)
    assert a_released_wave(0).figures["questions"] == []


def test_groups_stand_where_they_tell_of_nobody() -> None:
    wave = WaveFactory()
    said(wave, *[{"useful": "4", "where": "room"}] * 9, *[{"useful": "2", "where": "online"}] * 6)
    cut = question(closed(wave), "useful")["cuts"][0]
    assert [(g["words"], g["n"], g["counts"]) for g in cut["groups"]] == [
        ("In the room", 9, [0, 0, 0, 9, 0]),
        ("Online", 6, [0, 6, 0, 0, 0]),
    ]
    assert not cut["partly"]


def test_a_group_of_few_and_what_would_give_it_away_are_not_in_the_json() -> None:
    wave = WaveFactory()
    said(wave, *[{"useful": "4", "where": "room"}] * 9, *[{"useful": "1", "where": "online"}] * 2)
    cut = question(closed(wave), "useful")["cuts"][0]
    assert cut["groups"] == []
    assert cut["partly"]


def test_groups_are_judged_by_who_answered_the_question_itself() -> None:
    wave = WaveFactory()
    said(
        wave,
        *[{"useful": "4", "where": "room"}] * 9,
        *[{"where": "online", "again": "3"}] * 8,
        {"useful": "1", "where": "online"},
    )
    release = closed(wave)
    assert question(release, "useful")["cuts"][0]["groups"] == []


def test_numbers_stand_in_bands_of_five_people_or_more() -> None:
    years = d.Question(code="years", kind=Kind.NUMBER, words="Years in post")
    wave = WaveFactory(version=version_of(years, choice("where", "Where", "A", "B")))
    said(wave, *[{"years": str(n)} for n in (0, 1, 1, 2, 2.5, 3, 9, 10, 11, 12, 14, 15, 40)])
    found = question(closed(wave), "years")
    assert [(o["words"], n) for o, n in zip(found["options"], found["counts"], strict=True)] == [
        ("0 to 5", 6),
        ("6 to 40", 7),
    ]
    same = WaveFactory(version=version_of(years))
    said(same, *[{"years": "3"}] * 5)
    assert question(closed(same), "years")["options"][0]["words"] == "3"


def test_few_queries_however_many_questions_and_people() -> None:
    def taken(questions: int, people: int) -> int:
        asked = [scale(f"q{n}", "?", item=f"i{n}") for n in range(questions)]
        wave = WaveFactory(version=version_of(*asked, choice("where", "Where", "A", "B")))
        said(wave, *[{"q0": "3", "where": "a"}] * people)
        with CaptureQueriesContext(connection) as seen:
            compute(wave)
        return len(seen)

    assert taken(1, 6) == taken(3, 30) <= 4


def test_pairs_stand_with_their_number_their_change_and_effect() -> None:
    _, after = pre_and_post(12, looking_back=True)
    (pair,) = after.figures["paired"]
    assert pair["n"] == 12
    assert [point["occasion"] for point in pair["points"]] == ["pre", "then", "now"]
    assert [(each["from"], each["to"]) for each in pair["changes"]] == [
        ("pre", "now"),
        ("then", "now"),
    ]
    assert pair["changes"][0]["difference"]["value"] > 0
    assert pair["changes"][0]["up"] + pair["changes"][0]["same"] + pair["changes"][0]["down"] == 12


@pytest.mark.parametrize(
    ("both", "pre", "post", "shown"), [(9, 0, 0, 9), (12, 2, 0, 7), (7, 1, 1, None)]
)
def test_pairs_are_left_out_until_subtracting_tells_of_nobody(
    both: int, pre: int, post: int, shown: int | None
) -> None:
    _, after = pre_and_post(both, only_pre=pre, only_post=post)
    assert [pair["n"] for pair in after.figures["paired"]] == ([shown] if shown else [])


def test_looking_back_is_paired_without_names_too() -> None:
    _, after = pre_and_post(4, only_post=6, looking_back=True)
    (pair,) = after.figures["paired"]
    assert [point["occasion"] for point in pair["points"]] == ["then", "now"]
    assert (pair["first"], pair["n"]) == (None, 10)
    back = WaveFactory(version=version_of(*LOOKING_BACK), mode=Mode.ANONYMOUS)
    said(back, *[{"confident": "4", "then": "2"}] * 6)
    assert closed(back).figures["paired"][0]["points"][0]["mean"]["value"] == 2


def test_an_earlier_wave_is_paired_once_alone() -> None:
    _, after = pre_and_post(12)
    later = WaveFactory(
        version=after.wave.version,
        mode=Mode.LINKED,
        group=7,
        subject_kind="cohort",
        stage=Stage.MONTHS_3,
        opens_at=NOW + DAY,
        closes_at=NOW + 9 * DAY,
    )
    people = [inv.person for inv in after.wave.invitations.select_related("person")]
    answered(later, people, confident=("5",))
    release = closed(later)
    first_of = [pair["first"] for pair in release.figures["paired"]]
    assert first_of == [after.wave_id]


def test_the_trend_has_a_point_for_each_stage() -> None:
    before, after = pre_and_post(8)
    (line,) = after.figures["trend"]
    assert [point["wave"] for point in line["points"]] == [before.wave_id, after.wave_id]
    assert (line["least"], line["most"], line["changed"]) == (1, 5, [])
    assert before.figures["trend"] == []


def test_small_waves_of_a_group_are_shown_as_one_and_only_once() -> None:
    plan, people = PlanFactory(), PersonFactory.create_batch(4)
    waves = [
        WaveFactory(plan=plan, version=plan.questionnaire.versions.get(), group=3, mode=Mode.LINKED)
        for _ in range(3)
    ]
    for wave in waves:
        answered(wave, people[:3])
    first, second, third = (closed(wave) for wave in waves)
    assert first.figures["questions"] == []
    assert second.figures["pooled"]["waves"] == [waves[0].pk, waves[1].pk]
    assert question(second, "useful")["n"] == 6
    assert third.figures["questions"] == []


def test_no_answer_of_anybody_stands_in_the_json() -> None:
    release = a_released_wave(12, mode=Mode.LINKED)
    words = json.dumps(release.figures)
    for response in Response.objects.all():
        assert response.pseudonym not in words
        assert str(response.pk) not in words
