import re
from typing import Any

import pytest

from lic_site.portal.checks import listed_paths

HERE = __name__


NOTHING: list[Any] = []
NUMBER = 7


def no_argument() -> None: ...


def test_what_the_settings_list_is_there_and_fits() -> None:
    assert listed_paths() == []


@pytest.mark.parametrize(
    ("setting", "path", "words"),
    [
        ("ROLE_SOURCES", "cohorts.nowhere.roles", "cannot be imported"),
        ("ROLE_SOURCES", f"{HERE}.MISSING", "cannot be imported"),
        ("ROLE_SOURCES", f"{HERE}.NUMBER", "cannot be called"),
        ("ROLE_SOURCES", f"{HERE}.no_argument", r"does not take \(person, on\)"),
        ("PERSONAL_DATA", f"{HERE}.NOTHING", "no PersonalData"),
        ("TICKS", f"{HERE}.no_argument", r"does not take \(at\)"),
    ],
)
def test_what_does_not_fit_is_named(settings: Any, setting: str, path: str, words: str) -> None:
    setattr(settings, setting, [path])
    (error,) = listed_paths()
    assert error.id == f"lic.{setting}"
    assert path in error.msg
    assert re.search(words, error.msg)
