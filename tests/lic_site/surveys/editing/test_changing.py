"""Changing what a questionnaire asks: nothing is left hanging, and codes stay."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lic_site.surveys import editing
from lic_site.surveys.definition import Condition, Definition, Option, Question
from lic_site.surveys.editing import CannotChange
from lic_site.surveys.enums import Kind
from lic_site.surveys.enums import Test as Whether
from tests.factories.surveys import AGREE, ASKED

NEW = Question(code="", kind=Kind.LONG, words="Anything else?")


def codes(definition: Definition) -> list[list[str]]:
    return [[each.code for each in section.questions] for section in definition.sections]


@given(st.text(max_size=100), st.sets(st.text("ab_2", max_size=6)))
def test_a_code_is_short_plain_and_not_taken(words: str, taken: set[str]) -> None:
    code = editing.code_from(words, taken)
    assert 0 < len(code) <= 40
    assert code not in taken
    assert code.replace("_", "a").isascii()
    assert code.replace("_", "a").isalnum()


@pytest.mark.parametrize(
    ("words", "code"),
    [
        ("How useful was it?", "how_useful_was_it"),
        ("Useful", "useful_3"),
        ("?!", "question"),
        ("How likely are you to recommend this programme", "how_likely_are_you_to_recommend"),
        ("a" * 60, "a" * 34),
    ],
)
def test_a_code_is_made_of_words(words: str, code: str) -> None:
    assert editing.code_from(words, {"useful", "useful_2"}) == code


def test_a_page_is_added_last_changed_moved_and_removed() -> None:
    changed = editing.add_section(ASKED, title="The day", intro="One last page")
    assert [each.code for each in changed.sections] == ["day", "more", "the_day"]
    changed = editing.move_section(changed, "the_day", -1)
    assert [each.code for each in changed.sections] == ["day", "the_day", "more"]
    assert editing.move_section(changed, "day", -1) == changed
    assert editing.move_section(changed, "more", 1) == changed
    changed = editing.change_section(changed, "the_day", title="Other words", intro="")
    assert changed.sections[1].title == "Other words"
    assert changed.sections[1].code == "the_day"
    assert editing.remove_section(changed, "the_day") == ASKED


def test_a_page_of_an_old_version_lends_its_code_to_no_other() -> None:
    added = editing.add_section(ASKED, title="Soon", used={"soon"})
    assert added.sections[-1].code == "soon_2"


def test_a_page_on_which_another_depends_stays() -> None:
    with pytest.raises(CannotChange, match="‘What should we change\\?’ is asked depends on"):
        editing.remove_section(ASKED, "day")


def test_a_page_goes_with_conditions_of_its_own() -> None:
    assert codes(editing.remove_section(ASKED, "more")) == [["useful", "again"]]


def test_what_is_said_at_the_end() -> None:
    assert editing.set_closing(ASKED, "Thank you.").closing == "Thank you."


def test_a_question_is_added_at_the_end_of_its_page() -> None:
    choice = replace(
        NEW,
        kind=Kind.SINGLE,
        options=(Option(code="", words="Yes"), Option(code="", words="Yes!")),
    )
    changed = editing.add_question(ASKED, "day", choice)
    assert codes(changed)[0] == ["useful", "again", "anything_else"]
    assert [each.code for each in changed.by_code["anything_else"].options] == ["yes", "yes_2"]


def test_a_code_given_or_published_once_is_not_given_again() -> None:
    with pytest.raises(CannotChange, match="code already"):
        editing.add_question(ASKED, "day", replace(NEW, code="useful"))
    changed = editing.add_question(ASKED, "day", NEW, used={"anything_else"})
    assert "anything_else_2" in changed.by_code


def test_a_question_keeps_its_code_and_condition_whatever_its_words() -> None:
    other = replace(ASKED.by_code["change"], words="And what now?", when=None)
    changed = editing.change_question(ASKED, other)
    assert changed.by_code["change"].words == "And what now?"
    assert changed.by_code["change"].when == ASKED.by_code["change"].when


def test_a_question_stays_of_its_kind() -> None:
    with pytest.raises(CannotChange, match="stays of its kind"):
        editing.change_question(ASKED, replace(ASKED.by_code["useful"], kind=Kind.LONG))


def test_a_question_moves_on_its_page_and_to_another() -> None:
    assert codes(editing.move_question(ASKED, "again", -1))[0] == ["again", "useful"]
    assert editing.move_question(ASKED, "useful", -1) == ASKED
    assert editing.move_question(ASKED, "again", 1) == ASKED
    assert codes(editing.place_question(ASKED, "useful", "more")) == [
        ["again"],
        ["where", "what", "change", "useful"],
    ]


def test_a_question_on_which_another_depends_stays() -> None:
    with pytest.raises(CannotChange, match="depends on this question"):
        editing.remove_question(ASKED, "useful")
    assert codes(editing.remove_question(ASKED, "again"))[0] == ["useful"]


def depending_on_the_room(*, whole_page: bool = False) -> Definition:
    when = Condition(question="where", test=Whether.ANY_OF, values=("room",))
    changed = editing.add_section(ASKED, title="Room")
    changed = editing.add_question(changed, "room", NEW)
    if whole_page:
        return editing.set_section_condition(changed, "room", when)
    return editing.set_question_condition(changed, "anything_else", when)


@pytest.mark.parametrize(("whole_page", "name"), [(True, "the page ‘Room’"), (False, "Anything")])
def test_an_answer_on_which_something_depends_stays(whole_page: bool, name: str) -> None:
    changed = depending_on_the_room(whole_page=whole_page)
    with pytest.raises(CannotChange, match=name):
        editing.remove_option(changed, "where", "room")
    without = editing.remove_option(changed, "where", "online")
    assert [each.code for each in without.by_code["where"].options] == ["room"]


def test_conditions_are_set_and_cleared() -> None:
    changed = depending_on_the_room()
    assert changed.by_code["anything_else"].when is not None
    cleared = editing.set_question_condition(changed, "anything_else", None)
    assert cleared.by_code["anything_else"].when is None


def test_a_renamed_answer_is_the_same_or_another() -> None:
    same = editing.rename_option(ASKED, "where", "room", "At the venue")
    assert same.by_code["where"].options[0] == Option(code="room", words="At the venue")
    other = editing.rename_option(
        ASKED, "where", "room", "Room", means_the_same=False, used={"room_2"}
    )
    assert other.by_code["where"].options[0] == Option(code="room_3", words="Room")


def test_an_answer_that_something_depends_on_cannot_come_to_mean_something_else() -> None:
    with pytest.raises(CannotChange, match="‘In the room’"):
        editing.rename_option(
            depending_on_the_room(), "where", "room", "Hybrid", means_the_same=False
        )


def test_a_scales_answer_is_known_by_its_score() -> None:
    changed = editing.add_option(ASKED, "useful", words="More still", score=6)
    changed = editing.add_option(changed, "useful", words="Does not apply")
    assert [each.code for each in changed.by_code["useful"].options[5:]] == ["6", "does_not_apply"]


def test_answers_move() -> None:
    def order(definition: Definition) -> list[str]:
        return [each.code for each in definition.by_code["where"].options]

    assert order(editing.move_option(ASKED, "where", "online", -1)) == ["online", "room"]
    assert editing.move_option(ASKED, "where", "room", -1) == ASKED
    assert editing.move_option(ASKED, "where", "online", 1) == ASKED
    assert editing.move_option(ASKED, "where", "gone", 1) == ASKED


def test_what_has_gone_is_said() -> None:
    with pytest.raises(CannotChange, match="This question is no longer there"):
        editing.remove_question(ASKED, "gone")
    with pytest.raises(CannotChange, match="This page is no longer there"):
        editing.add_question(ASKED, "gone", NEW)


def test_what_was_given_is_not_changed() -> None:
    before = ASKED.to_json()
    editing.add_option(ASKED, "where", words="Elsewhere")
    editing.remove_section(ASKED, "more")
    assert ASKED.to_json() == before
    assert ASKED.by_code["useful"].options == AGREE
