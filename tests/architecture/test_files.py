"""What no file may hold."""

import re
from pathlib import Path

import pytest

from tests.architecture import repository
from tests.architecture.repository import name

LINES = 320
ENDINGS = (
    ".py",
    ".html",
    ".txt",
    ".svg",
    ".md",
    ".toml",
    ".scss",
    ".js",
    ".mjs",
    "Makefile",
    "run",
)
TEXT = [path for path in repository.files(*ENDINGS) if path != Path(__file__)]
PROSE = [path for path in TEXT if path.suffix in {".html", ".txt", ".md"}]

UNFINISHED = r"TODO|FIXME|XXX\b|HACK\b"
SKIPPED = r"pytest\.(?:mark\.)?(?:skip|xfail)|importorskip|unittest\.skip"
TIED_TO_ONE_MACHINE = r"(?<![\w.}/:])/(?:root|home|work|Users)/\w"
NAMES_NOBODY_CHOSE = r"BAME|non-[Ww]hite"
AMERICAN = (
    r"(?i)\b(?:organiz|analyz|recogniz|summariz|anonymiz|apologiz|behavior\b|favorite|center\b"
    r"|program\b|enrollment|fulfill\b|canceled|labeled|catalog\b)"
)


def lines_with(pattern: str, paths: list[Path]) -> list[str]:
    return [
        f"{name(path)}:{number}: {line.strip()}"
        for path in paths
        for number, line in enumerate(path.read_text().splitlines(), 1)
        if re.search(pattern, line)
    ]


def test_a_module_stays_short() -> None:
    lengths = {name(path): len(path.read_text().splitlines()) for path in repository.python()}
    assert not {path: length for path, length in lengths.items() if length > LINES}


@pytest.mark.parametrize(
    "pattern", [UNFINISHED, SKIPPED, TIED_TO_ONE_MACHINE], ids=["unfinished", "skipped", "tied"]
)
def test_nothing_is_left_undone_skipped_or_tied_to_one_machine(pattern: str) -> None:
    assert not lines_with(pattern, TEXT)


def test_people_are_named_as_they_name_themselves() -> None:
    assert not lines_with(NAMES_NOBODY_CHOSE, TEXT)


def test_prose_is_british() -> None:
    """Tags and attributes keep their own spelling."""
    found = lines_with(AMERICAN, PROSE)
    words = [re.sub(r"<[^>]*>|\{[%{].*?[%}]\}|`[^`]*`", "", line) for line in found]
    assert not [line for line in words if re.search(AMERICAN, line.partition(": ")[2])]


def test_libraries_that_hold_others_back_stay_out() -> None:
    locked = (repository.ROOT / "uv.lock").read_text()
    assert 'name = "django-celery-beat"' not in locked
    assert 'name = "wagtail-cache"' not in locked
