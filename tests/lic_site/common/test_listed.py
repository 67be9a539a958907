"""The check of what settings list by dotted path."""

from typing import Any

import pytest
from django.core.checks import CheckMessage, Error

from lic_site.common import listed

IDS = ("tests.E001", "tests.E002", "tests.E003")


class Thing:
    name = "a thing"
    title = ""

    def asked(self) -> str:
        return "yes"


class Other(Thing):
    name = "another"


THINGS: list[Any] = []


@pytest.fixture(autouse=True)
def _listed(settings: Any) -> None:
    settings.SOME_THINGS = [f"{__name__}.THINGS"]


def said(monkeypatch: pytest.MonkeyPatch, *things: object, **more: Any) -> list[CheckMessage]:
    monkeypatch.setattr(f"{__name__}.THINGS", list(things))
    wanted = {"says": ("name",), "answers": ("asked",)}
    return listed.check_named(
        "SOME_THINGS", ids=IDS, lacks=lambda each: listed.lacking(each, **wanted), **more
    )


def test_what_is_empty_or_cannot_be_asked_is_lacking() -> None:
    lacks = listed.lacking(Thing(), says=("name", "title", "hint"), answers=("asked", "name"))
    assert lacks == ["title", "hint", "name"]
    assert listed.lacking(Thing(), says=("name",), answers=("asked",)) == []


def test_whole_things_pass(monkeypatch: pytest.MonkeyPatch) -> None:
    assert said(monkeypatch, Thing(), Other()) == []


def test_a_path_that_leads_nowhere_is_named_and_the_others_are_looked_at(
    monkeypatch: pytest.MonkeyPatch, settings: Any
) -> None:
    settings.SOME_THINGS = ["tests.nowhere.THINGS", f"{__name__}.THINGS"]
    first, second = said(monkeypatch, object())
    assert (first.id, second.id) == IDS[:2]
    assert "SOME_THINGS: tests.nowhere.THINGS" in first.msg
    assert second.msg == "SOME_THINGS: object lacks name, asked."


def test_two_of_one_name_are_named(monkeypatch: pytest.MonkeyPatch) -> None:
    [error] = said(monkeypatch, Thing(), Thing(), Other())
    assert (error.id, error.msg) == ("tests.E003", "SOME_THINGS: two are called a thing.")


def test_only_what_fits_is_looked_at_further(monkeypatch: pytest.MonkeyPatch) -> None:
    odd = Error("odd", id="tests.E004")
    found = said(monkeypatch, object(), Thing(), Thing(), further=lambda _: [odd])
    assert [each.id for each in found] == ["tests.E002", "tests.E004", "tests.E003"]
