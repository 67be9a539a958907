"""A draft is changed by forms: kept as typed, and nothing typed is lost."""

import pytest
from django.test import Client

from lic_site.surveys.definition import Condition, Option
from lic_site.surveys.enums import Test as Whether
from lic_site.surveys.library import scales
from lic_site.surveys.models import Version
from tests.lic_site.surveys.building.support import at, now, rows, said

pytestmark = pytest.mark.django_db


def test_a_page_is_added_changed_moved_and_removed(editor: Client, draft: Version) -> None:
    wrong = editor.post(at(draft, "draft/pages/add/"), said(draft, title="", intro="Typed"))
    assert "Give the page a heading." in wrong.text
    assert "Typed" in wrong.text
    editor.post(at(draft, "draft/pages/add/"), said(draft, title="Last"))
    editor.post(at(draft, "draft/pages/last/"), said(draft, title="Now", intro="Soon"))
    editor.post(at(draft, "draft/pages/last/move/"), said(draft, do="up"))
    assert [(each.code, each.title) for each in now(draft).sections] == [
        ("day", "The day"),
        ("last", "Now"),
        ("more", "More"),
    ]
    editor.post(at(draft, "draft/pages/last/remove/"), said(draft))
    assert (
        "depends on a question"
        in editor.post(at(draft, "draft/pages/day/remove/"), said(draft)).text
    )
    assert [each.code for each in now(draft).sections] == ["day", "more"]


def test_what_happens_next_is_said(editor: Client, draft: Version) -> None:
    editor.post(at(draft, "draft/closing/"), said(draft, closing="We read it."))
    assert now(draft).closing == "We read it."


@pytest.mark.parametrize(
    "address",
    ["draft/pages/add/", "draft/pages/day/", "draft/closing/", "draft/questions/again/"],
)
def test_what_somebody_changed_meanwhile_is_not_overwritten_and_nothing_typed_is_lost(
    editor: Client, draft: Version, address: str
) -> None:
    typed = {"title": "Typed by me", "closing": "Typed by me", "words": "Typed by me"}
    answer = editor.post(at(draft, address), {"revision": "7", **typed})
    assert "Somebody else changed this" in answer.text
    assert "Typed by me" in answer.text
    assert now(draft) == draft.definition
    again = {"revision": answer.context["version"].revision, **typed}
    assert editor.post(at(draft, address), again).status_code == 302


@pytest.mark.parametrize("address", ["draft/pages/day/move/", "draft/questions/useful/move/"])
def test_a_move_that_comes_too_late_is_told(editor: Client, draft: Version, address: str) -> None:
    for revision in ("7", "x"):
        sent = {"revision": revision, "do": "down"}
        assert "Somebody else changed" in editor.post(at(draft, address), sent, follow=True).text


def test_a_scale_begins_with_ready_answers(editor: Client, draft: Version) -> None:
    address = at(draft, "draft/pages/day/questions/scale/?scale=confidence")
    form = editor.get(address).context["form"]
    shown = [row["words"].value() for row in form.rows]
    options = scales()["confidence"].options
    assert shown == [*(each.words for each in options), None]
    typed = rows(*map(str, shown[:-1]), scores=("1", "2", "3", "4", "5", ""))
    editor.post(address, said(draft, words="How sure are you?", item="sure", **typed))
    added = now(draft).by_code["how_sure_are_you"]
    assert [each.score for each in added.options] == [1, 2, 3, 4, 5, None]
    assert [each.code for each in added.options] == ["1", "2", "3", "4", "5", "does_not_apply"]
    assert added.item == "sure"


@pytest.mark.parametrize(
    ("kind", "typed", "kept"),
    [
        ("score", {"low_words": "No", "high_words": "Yes"}, {"low_words": "No"}),
        ("number", {"lowest": "0", "highest": "7.5"}, {"lowest": 0, "highest": 7.5}),
        ("long", {"max_length": "500"}, {"max_length": 500}),
        ("short", {"required": "on", "hint": "One"}, {"required": True, "hint": "One"}),
        ("single", {"is_cut": "on", **rows("Yes", "No", "")}, {"is_cut": True}),
        ("multiple", {"is_cut": "on", **rows("Yes", "No")}, {"is_cut": False}),
    ],
)
def test_each_kind_asks_for_what_it_needs(
    editor: Client,
    draft: Version,
    kind: str,
    typed: dict[str, str],
    kept: dict[str, object],
) -> None:
    address = at(draft, f"draft/pages/more/questions/{kind}/")
    editor.post(address, said(draft, words="New one", **typed))
    added = now(draft).by_code["new_one"]
    assert {name: getattr(added, name) for name in kept} == kept
    assert len(added.options) == (2 if kind in {"single", "multiple"} else 0)
    assert editor.get(at(draft, "draft/questions/new_one/")).status_code == 200


def test_what_is_wrong_stays_as_typed(editor: Client, draft: Version) -> None:
    address = at(draft, "draft/pages/day/questions/scale/")
    typed = rows("Fine", "", scores=("many", "3"))
    page = editor.post(address, said(draft, words="", **typed)).text
    for words in ("Write what it asks.", "Write a whole number", "Write the answer that has this"):
        assert words in page
    assert "many" in page


WHERE = ("In the room", "Online")


def where(draft: Version, *words: str, **more: object) -> dict[str, object]:
    typed = rows(*words, codes=("room", "online"))
    return said(draft, words="How did you take part?", is_cut="on", **typed, **more)


def test_answers_are_added_moved_and_removed_by_buttons(editor: Client, draft: Version) -> None:
    address = at(draft, "draft/questions/where/")

    def options() -> list[str]:
        return [each.words for each in now(draft).by_code["where"].options]

    answer = editor.post(address, where(draft, *WHERE, "Both", do="more"))
    assert answer["Location"] == f"{address}#answers"
    assert options() == [*WHERE, "Both"]
    editor.post(address, where(draft, *WHERE, do="down:room"))
    assert options() == ["Online", "In the room"], "the row of ‘Both’ was not sent"
    editor.post(address, where(draft, *WHERE, do="remove:online"))
    assert options() == ["In the room"]
    gone = editor.post(address, where(draft, "In the room", "Online", do="save"))
    assert gone["Location"].endswith("#question-where")
    assert options() == [*WHERE]
    empty = editor.post(address, where(draft, "", "Online"))
    assert "Write the answer, or remove it" in empty.text


def test_a_published_answer_in_other_words_is_asked_what_it_means(
    editor: Client, draft: Version
) -> None:
    address = at(draft, "draft/questions/where/")
    page = editor.post(address, where(draft, "At the venue", "Online"))
    assert "This was published as ‘In the room’." in page.text
    assert now(draft) == draft.definition, "nothing is changed before that is said"
    [row, _] = page.context["form"].rows
    assert row["means"].value() is None or row.initial["means"] == "same"
    same = {"option-1-means": "same"}
    editor.post(address, where(draft, "At the venue", "Online", **same))
    assert now(draft).by_code["where"].options[0] == Option(code="room", words="At the venue")
    other = {"option-1-means": "other"}
    editor.post(address, where(draft, "Hybrid", "Online", **other))
    assert now(draft).by_code["where"].options[0] == Option(code="hybrid", words="Hybrid")


def test_other_words_for_an_audience(editor: Client, draft: Version) -> None:
    address = at(draft, "draft/questions/again/")
    form = editor.get(address).context["form"]
    name = form.other[0].html_name
    editor.post(address, said(draft, words="Again?", **{name: "Once more?"}))
    audience = name.removeprefix("words_for_")
    assert now(draft).by_code["again"].other_words == {audience: "Once more?"}


def test_a_question_moves(editor: Client, draft: Version) -> None:
    address = at(draft, "draft/questions/again/move/")
    editor.post(address, said(draft, do="up"))
    assert [each.code for each in now(draft).sections[0].questions] == ["again", "useful"]
    editor.post(address, said(draft, section="more"))
    assert [each.code for each in now(draft).sections[1].questions][-1] == "again"


def test_a_question_is_removed_unless_something_depends_on_it(
    editor: Client, draft: Version
) -> None:
    editor.post(at(draft, "draft/questions/again/remove/"), said(draft))
    assert "again" not in now(draft).by_code
    page = editor.post(at(draft, "draft/questions/useful/remove/"), said(draft)).text
    assert "Whether ‘What should we change?’ is asked depends on this question." in page


@pytest.mark.parametrize(
    ("on", "typed", "condition"),
    [
        ("useful", {"test": "at_least", "number": "4"}, (Whether.AT_LEAST, ("4",))),
        ("useful", {"test": "any_of", "values": ["1", "2"]}, (Whether.ANY_OF, ("1", "2"))),
        ("again", {"test": "at_most", "number": "6.5"}, (Whether.AT_MOST, ("6.5",))),
        ("again", {"test": "answered"}, (Whether.ANSWERED, ())),
    ],
)
def test_a_condition_looks_at_an_earlier_answer(
    editor: Client,
    draft: Version,
    on: str,
    typed: dict[str, object],
    condition: tuple[Whether, tuple[str, ...]],
) -> None:
    test, values = condition
    wanted = Condition(question=on, test=test, values=values)
    for what, code in (("questions", "what"), ("pages", "more")):
        address = at(draft, f"draft/{what}/{code}/when/?on={on}")
        editor.post(address, said(draft, **typed))
        assert editor.get(address).context["form"].initial["test"] == test
        later = now(draft)
        found = later.by_code["what"] if what == "questions" else later.sections[1]
        assert found.when == wanted
        editor.post(address, said(draft, do="clear"))
        later = now(draft)
        found = later.by_code["what"] if what == "questions" else later.sections[1]
        assert found.when is None


@pytest.mark.parametrize(
    ("on", "typed", "words"),
    [
        ("useful", {"test": "any_of"}, "Choose at least one answer."),
        ("useful", {"test": "at_least"}, "Write the number."),
        ("again", {"test": "at_least", "number": "many"}, "Write a number."),
        ("again", {"test": "any_of"}, "Select a valid choice"),
        ("again", {}, "Choose how to look at the answer."),
    ],
)
def test_a_condition_is_whole(
    editor: Client, draft: Version, on: str, typed: dict[str, str], words: str
) -> None:
    page = editor.post(at(draft, f"draft/questions/what/when/?on={on}"), said(draft, **typed))
    assert words in page.text
    assert now(draft) == draft.definition


def test_the_first_page_depends_on_nothing(editor: Client, draft: Version) -> None:
    assert "there is none before this" in editor.get(at(draft, "draft/pages/day/when/")).text
    late = editor.post(at(draft, "draft/questions/change/when/"), {"revision": "7", "do": "clear"})
    assert "Somebody else changed this" in late.text
