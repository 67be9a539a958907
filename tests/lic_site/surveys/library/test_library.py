"""The ready questionnaires can be used as they are."""

import pytest

from lic_site.surveys.editing import faults
from lic_site.surveys.enums import SCORED, WORDS, Kind, Level, Occasion
from lic_site.surveys.library import Ready, ready, scales
from lic_site.surveys.protocol import subjects

EACH = pytest.mark.parametrize("one", ready().values(), ids=ready().keys())


@EACH
def test_it_has_no_faults_and_says_what_it_is_for(one: Ready) -> None:
    assert faults(one.definition) == []
    assert 0 < len(one.summary) <= 300
    assert one.definition.closing


@EACH
def test_comments_come_last_and_ask_to_name_nobody(one: Ready) -> None:
    kinds = [each.kind in WORDS for each in one.definition.questions()]
    assert kinds == sorted(kinds)
    for question in one.definition.questions():
        if question.kind == Kind.LONG:
            assert "name nobody" in question.hint


@EACH
def test_other_words_are_for_those_who_can_be_asked(one: Ready) -> None:
    audiences = {name for subject in subjects().values() for name in subject.audiences}
    for question in one.definition.questions():
        assert set(question.other_words) <= audiences


def items(code: str, occasion: Occasion = Occasion.NOW) -> set[str]:
    questions = ready()[code].definition.questions()
    return {each.item for each in questions if each.item and each.occasion == occasion}


def test_start_end_and_afterwards_measure_the_same() -> None:
    start = items("baseline")
    assert start == {
        *("lead", "name_racism", "apply_senior"),
        *("sponsor", "belong", "influence", "network"),
    }
    assert start < items("end")
    assert start < items("follow-up")
    assert start == items("end", Occasion.THEN), "each is asked of then, too"


def test_each_item_has_one_scale_wherever_it_is_asked() -> None:
    found: dict[str, set[object]] = {}
    for one in ready().values():
        for question in one.definition.questions():
            if question.item:
                assert question.kind in SCORED
                found.setdefault(question.item, set()).add(question.options)
    assert all(len(options) == 1 for options in found.values())


def test_all_four_levels_stand_behind_the_library() -> None:
    assert {one.level for one in ready().values()} >= {
        Level.REACTION,
        Level.LEARNING,
        Level.BEHAVIOUR,
    }
    assert list(ready())[:2] == ["session-reaction", "baseline"]


def test_ready_scales_have_five_points_and_a_way_out() -> None:
    assert list(scales()) == ["agreement", "confidence", "frequency"]
    for scale in scales().values():
        assert [each.score for each in scale.options] == [1, 2, 3, 4, 5, None]
        assert [each.code for each in scale.options[:5]] == ["1", "2", "3", "4", "5"]
