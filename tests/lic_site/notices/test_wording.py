"""The language of messages: what a text says, what it refuses, and that values stay words."""

from collections.abc import Mapping
from datetime import UTC, date, datetime
from typing import Any

import pytest

from lic_site.notices.wording import (
    Block,
    BlockKind,
    Card,
    Part,
    Parts,
    Sort,
    Unreadable,
    apart,
    check,
    fill,
    sorts,
    together,
)
from lic_site.notices.wording import faults as faults_of
from lic_site.notices.wording import said as in_words
from lic_site.notices.wording.language import shapes

LINK = "http://localhost:8000/my/"
CONTEXT: Mapping[str, Any] = {
    "given_name": "Ade",
    "starts_at": datetime(2027, 3, 9, 9, 30, tzinfo=UTC),
    "due_on": date(2027, 4, 1),
    "count": 3,
    "is_online": True,
    "others": ["Mei", "Priya"],
    "place": "",
    "feedback": "First.\n\nSecond,\r\non two lines.",
    "details": Card(("Leading", "", "Room 2")),
    "link": LINK,
}
NAMES = sorts([CONTEXT])


def text(body: str, *, subject: str = "News", why: str = "You asked for it.") -> str:
    return f"Subject: {subject}\n\n{body}\n\n[See it]\n\n--\n{why}\n"


def said(body: str, **values: object) -> list[Block]:
    """The blocks without the button."""
    *blocks, button = fill(text(body), {**CONTEXT, **values}).blocks
    assert button == Block(BlockKind.BUTTON, ("See it",), LINK)
    return blocks


def lines(body: str, **values: object) -> list[tuple[str, ...]]:
    return [block.lines for block in said(body, **values)]


def faults(body: str, **parts: str) -> list[str]:
    return check(text(body, **parts), names=NAMES)


def test_other_messages_read_as_words_where_an_example_is_shown() -> None:
    blocks = [Block(BlockKind.HEADING, ("New dates",)), Block(BlockKind.BUTTON, ("See",), LINK)]
    assert in_words(blocks) == "New dates, See"


def test_names_tell_what_they_stand_for() -> None:
    assert NAMES == {
        "given_name": Sort.TEXT,
        "starts_at": Sort.MOMENT,
        "due_on": Sort.DATE,
        "count": Sort.NUMBER,
        "is_online": Sort.TRUTH,
        "others": Sort.LIST,
        "place": Sort.TEXT,
        "feedback": Sort.TEXT,
        "details": Sort.CARD,
        "link": Sort.LINK,
    }


def test_a_sample_that_holds_a_value_tells_more_than_one_that_is_empty() -> None:
    samples: list[dict[str, Any]] = [
        {"at": "", "cards": []},
        {"at": date(2027, 1, 1)},
        {"at": None},
    ]
    assert sorts(samples) == {"at": Sort.DATE, "cards": Sort.LIST}
    assert sorts([{"cards": [Card(("a",))]}]) == {"cards": Sort.CARD}


def test_a_message_is_subject_blocks_and_why() -> None:
    filled = fill(
        "subject:  A date:   {starts_at:day}\n\nHello {given_name},\ngood day.\n# Bring\n- A pen\n"
        "\n- {count|book|books}\nSee you.\n[ Go ]\n--\nBecause.\n\nReally.",
        CONTEXT,
    )
    assert filled.subject == "A date: 9 March"
    assert filled.blocks == (
        Block(BlockKind.PARAGRAPH, ("Hello Ade,", "good day.")),
        Block(BlockKind.HEADING, ("Bring",)),
        Block(BlockKind.LIST, ("A pen", "3 books")),
        Block(BlockKind.PARAGRAPH, ("See you.",)),
        Block(BlockKind.BUTTON, ("Go",), LINK),
    )
    assert filled.why == "Because.\nReally."


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("{given_name}", "Ade"),
        ("{ given_name }", "Ade"),
        ("{starts_at}", "9 March 2027 at 9:30am"),
        ("{starts_at:day}", "9 March"),
        ("{due_on}", "1 April 2027"),
        ("{due_on:day}", "1 April"),
        ("{count}", "3"),
        ("{count|person has|people have}", "3 people have"),
        ("{others}", "Mei, Priya"),
        ("{if place}At {place}.{else}Nowhere.{end}", "Nowhere."),
        ("{if given_name}Yes.{else}No.{end}", "Yes."),
        ("{if others}With {others}.{end} Well.", "With Mei, Priya. Well."),
    ],
)
def test_values_read_as_people_read_them(written: str, read: str) -> None:
    assert lines(f"It: {written}") == [(f"It: {read}",)]


def test_times_are_london_s() -> None:
    summer = datetime(2027, 7, 9, 11, tzinfo=UTC)
    assert lines("On {starts_at}.", starts_at=summer) == [("On 9 July 2027 at midday.",)]


def test_one_is_counted_as_one() -> None:
    assert lines("For {count|person|people}.", count=1) == [("For 1 person.",)]


def test_what_is_missing_reads_as_nothing_and_leaves_no_empty_paragraph() -> None:
    body = "A.\n\n{place}\n\n{if place}At {place}.{end}\n\n- {place}\n\n# {place}\n\nB{due_on}."
    assert lines(body, due_on=None) == [("A.",), ("B.",)]


@pytest.mark.parametrize("empty", ["", "  \n", None, 0, [], False, Card(()), Card((" ",))])
def test_an_empty_value_is_not_there(empty: object) -> None:
    assert lines("{if place}Yes{else}No{end}", place=empty) == [("No",)]


def test_what_is_asked_can_stand_around_several_paragraphs() -> None:
    body = "{if place}\nAt {place}.\n\nCome in.\n{else}\nOnline.\n{end}\nSee you."
    assert lines(body, place="Room 2") == [("At Room 2.",), ("Come in.",), ("See you.",)]
    assert lines(body) == [("Online.",), ("See you.",)]


def test_long_words_keep_their_lines() -> None:
    assert lines("{feedback}") == [("First.",), ("Second,", "on two lines.")]
    assert lines("They say: {feedback}") == [("They say: First.", "Second,", "on two lines.")]
    assert lines("- {feedback}") == [("First. Second, on two lines.",)]


def test_a_card_stands_alone() -> None:
    assert said("{details}") == [Block(BlockKind.CARD, ("Leading", "Room 2"))]
    several = [Card(("One", "1"), LINK), Card(()), Card(("Two",))]
    assert said("{details}", details=several) == [
        Block(BlockKind.CARD, ("One", "1"), LINK),
        Block(BlockKind.CARD, ("Two",)),
    ]


def test_a_card_within_a_line_reads_as_words() -> None:
    assert lines("This: {details}") == [("This: Leading, Room 2",)]


def test_values_are_never_read_as_marks() -> None:
    value = "[Press]\n# Big\n- item\n--\n{count} {if place}"
    blocks = said("Say {given_name}", given_name=value)
    assert {block.kind for block in blocks} == {BlockKind.PARAGRAPH}
    assert "\n".join(blocks[0].lines) == f"Say {value}"


def test_both_versions_read_the_same() -> None:
    card, button = Block(BlockKind.CARD, ("A", "B"), LINK), Block(BlockKind.BUTTON, ("Go",), LINK)
    assert card.plain == f"A\nB\n{LINK}"
    assert button.plain == f"Go:\n{LINK}"
    assert Block(BlockKind.LIST, ("A", "B")).plain == "- A\n- B"
    assert Block(BlockKind.PARAGRAPH, ("A", "B")).plain == "A\nB"


def test_a_text_with_nothing_wrong_is_passed() -> None:
    body = "Hello {given_name},\n\n{details}\n\n{if place}At {place}.{end} {count|one|more}"
    assert not faults(body, subject="A date: {starts_at:day}")
    assert not check("Subject: A\n\nHello.\n\n--\nWhy.", names={}, needs_button=False)


@pytest.mark.parametrize(
    ("body", "sentence"),
    [
        ("{given_nmae}", "{given_nmae}: nothing is called ‘given_nmae’ here. Did you mean"),
        ("{xyzzy}", "You can use: count, details, due_on, feedback, given_name"),
        ("{if plaice}x{end}", "Did you mean ‘place’?"),
        ("{link}", "is where the button leads"),
        ("{is_online}", "is only yes or no"),
        ("{given_name:day}", "only a date has a day"),
        ("{place|one|more}", "only a number is counted"),
        ("{count|person|}", "write both words"),
        ("{starts_at:time}", "{starts_at:time} is not understood"),
        ("{given name}", "is not understood"),
        ("{}", "{} is not understood"),
        ("{{given_name}}", "stands alone"),
        ("Hello {given_name", "stands alone"),
        ("{if place}x", "{if place} is not closed"),
        ("{if place}x{if count}y{end}", "{if count} begins inside another"),
        ("{if not place}x{end}", "{if not place} must ask for one name"),
        ("{else}", "{else} has no {if …}"),
        ("{end}", "{end} has no {if …}"),
        ("{if place}a{else}b{else}c{end}", "{else} has no {if …}"),
        ("See {details} there", "{details} is several lines"),
        ("[Go]", "There are several buttons"),
        ("[Go {given_name}]", "Nothing can be filled into the button"),
        ("[Go](http://example.org)", "leads to its page by itself"),
        ("a\n--\nb", "several lines ‘--’"),
        ("a\x07", "cannot be shown"),
        ("x" * 10_001, "Shorten it to 10,000"),
    ],
)
def test_what_is_wrong_is_said_in_a_sentence(body: str, sentence: str) -> None:
    found = faults(body)
    assert any(sentence in fault for fault in found), found
    assert all(fault.endswith((".", "?")) for fault in found)


@pytest.mark.parametrize(
    ("subject", "sentence"),
    [
        ("", "Begin with the subject"),
        ("Dear {given_name}", "cannot stand in the subject"),
        ("For {count|person|people}", "cannot stand in the subject"),
        ("Of {nobody_knows}", "nothing is called ‘nobody_knows’"),
        ("A{if place}b{end}", "must be the same for everybody"),
        ("x" * 79, "can grow to 79 characters"),
        ("x" * 70 + "{due_on:day}", "can grow to 82 characters"),
        ("x" * 60 + "{starts_at}", "can grow to 88 characters"),
        ("Leadership in Colour", "says ‘Leadership in Colour’"),
    ],
)
def test_the_subject_is_short_and_tells_nothing(subject: str, sentence: str) -> None:
    found = faults("Hello.", subject=subject)
    assert any(sentence in fault for fault in found), found


def test_no_names_at_all_are_said_as_such() -> None:
    [fault] = check("Subject: A\n\n{x}\n\n[Go]\n\n--\nWhy.", names={"link": Sort.LINK})
    assert fault.endswith("You can use: no names.")


def test_the_button_stands_there_in_every_case() -> None:
    frame = "Subject: A\n\n{}\n\n--\nWhy.".format
    assert "Add the button" in check(frame("Hello."), names=NAMES)[0]
    assert "missing in some cases" in check(frame("{if place}\n[Go]\n{end}"), names=NAMES)[0]
    assert not check(frame("{if place}\n[Go]\n{else}\n[Come]\n{end}"), names=NAMES)


@pytest.mark.parametrize("source", ["Subject: A\n\n[Go]\n", "Subject: A\n\n[Go]\n--\n \n"])
def test_why_they_receive_it_is_said(source: str) -> None:
    [fault] = check(source, names=NAMES)
    assert "why they receive it" in fault


def test_more_cases_than_can_be_tried_are_refused() -> None:
    names = {f"a{number}": Sort.TEXT for number in range(7)}
    body = " ".join(f"{{if {name}}}x{{end}}" for name in names)
    assert "asks for 7 different names" in check(text(body), names=names)[0]


def test_a_text_that_is_none_is_not_filled() -> None:
    with pytest.raises(Unreadable, match="is not closed") as raised:
        fill(text("{if place}"), CONTEXT)
    assert len(raised.value.faults) == 1
    with pytest.raises(KeyError):
        fill(text("{unknown}"), CONTEXT)


def test_a_text_comes_apart_as_it_was_put_together() -> None:
    parts = Parts("A date", "Hello.\n\n- one", "See it", "Why.\nReally.")
    source = together(**parts._asdict())
    assert source == "Subject: A date\n\nHello.\n\n- one\n\n[See it]\n\n--\nWhy.\nReally.\n"
    assert apart(source) == parts
    assert apart("Subject: A\n\n[Go]\n\nLast.\n--\nWhy.").body == "[Go]\n\nLast."


def test_a_fault_lies_in_the_part_that_has_it() -> None:
    source = together(subject="{count}", body="{nobody}", button="", why="Why. {if place}")
    parts = [fault.part for fault in faults_of(source, names=NAMES)]
    assert parts == [Part.WHY, Part.BODY, Part.SUBJECT]
    source = together(subject="A", body="B", button="Go {place}", why="Why.")
    assert faults_of(source, names=NAMES)[0].part == Part.BUTTON


def test_brackets_at_the_beginning_of_a_line_are_words() -> None:
    assert not faults("[Note] Please read.\n\n[1] of {count}.")


def test_a_text_that_is_none_has_no_shape() -> None:
    with pytest.raises(Unreadable):
        shapes(text("{else}"), ())


def test_parts_written_apart_make_one_text() -> None:
    source = together(subject=" A \n date ", body="Hello.\n\n[Go]\n", why=" Why. ")
    assert source == "Subject: A date\n\nHello.\n\n[Go]\n\n--\nWhy.\n"
    assert not check(source, names={})
