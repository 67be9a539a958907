from typing import Any

import pytest

from lic_site.notices.checks import every_kind_is_whole
from tests.lic_site.notices import conftest
from tests.lic_site.notices.support import NOW, News, Reminder


def faults(monkeypatch: pytest.MonkeyPatch, *kinds: object) -> list[str]:
    monkeypatch.setattr(conftest, "KINDS", list(kinds))
    return [str(error.id) for error in every_kind_is_whole()]


def test_whole_kinds_pass(monkeypatch: pytest.MonkeyPatch) -> None:
    assert faults(monkeypatch, Reminder(), News()) == []


def test_a_path_that_leads_nowhere_is_named(settings: Any) -> None:
    settings.NOTICE_KINDS = ["tests.nowhere.KINDS"]
    assert [error.id for error in every_kind_is_whole()] == ["notices.E001"]


def test_a_kind_that_does_not_fit_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    odd = Reminder()
    odd.category = "odd"  # type: ignore[assignment]
    assert faults(monkeypatch, object(), odd) == ["notices.E002", "notices.E002"]


def test_two_kinds_of_one_name_are_named(monkeypatch: pytest.MonkeyPatch) -> None:
    assert faults(monkeypatch, Reminder(), Reminder()) == ["notices.E003"]


def test_missing_words_are_named(monkeypatch: pytest.MonkeyPatch) -> None:
    wordless = Reminder()
    wordless.name = "tests.wordless"
    assert faults(monkeypatch, wordless) == ["notices.E004"]


def test_words_that_cannot_be_sent_are_named(monkeypatch: pytest.MonkeyPatch) -> None:
    odd = Reminder()
    odd.words = {"nom": "A & B", "by": NOW}
    monkeypatch.setattr(conftest, "KINDS", [odd])
    [error] = every_kind_is_whole()
    assert "{name}: nothing is called ‘name’ here" in error.msg


@pytest.mark.parametrize("words", ["anchor_title", "audience_title"])
def test_a_kind_of_the_clocks_says_from_what_and_to_whom(
    monkeypatch: pytest.MonkeyPatch, words: str
) -> None:
    silent = Reminder()
    setattr(silent, words, "")
    assert faults(monkeypatch, silent) == ["notices.E005"]
    silent.reminder_days = ()
    assert faults(monkeypatch, silent) == []
