"""Ready questionnaires, written for this programme, and ready scales: a file each.

``<code>.toml`` is a questionnaire: ``name``, ``level``, ``summary``, ``closing``, ``sections`` as a
``Definition`` has them, where ``scale = "agreement"`` stands for the answers of a ready scale.
``scales.toml`` holds the scales.
"""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from lic_site.surveys.definition import Definition, Option
from lic_site.surveys.enums import Kind, Level

HERE = Path(__file__).parent
SCALES = "scales"


@dataclass(frozen=True)
class Ready:
    """One questionnaire to begin with."""

    code: str
    name: str
    level: Level
    summary: str
    definition: Definition


@dataclass(frozen=True)
class Scale:
    code: str
    title: str
    options: tuple[Option, ...]


@cache
def ready() -> Mapping[str, Ready]:
    """Every ready questionnaire by its code, in the order of the programme."""
    found = {path.stem: _read(path) for path in HERE.glob("*.toml") if path.stem != SCALES}
    return {
        code: _ready(code, stored)
        for code, stored in sorted(found.items(), key=lambda each: int(each[1]["order"]))
    }


@cache
def scales() -> Mapping[str, Scale]:
    """Every ready scale by its code."""
    return {
        code: Scale(code, stored["title"], tuple(Option(**each) for each in stored["options"]))
        for code, stored in _read(HERE / f"{SCALES}.toml").items()
    }


def _read(path: Path) -> dict[str, Any]:
    return tomllib.loads(path.read_text(encoding="utf-8"))


def _ready(code: str, stored: dict[str, Any]) -> Ready:
    sections = [
        {**section, "questions": [_question(each) for each in section["questions"]]}
        for section in stored["sections"]
    ]
    content = {"sections": sections, "closing": stored["closing"].strip()}
    return Ready(
        code=code,
        name=stored["name"],
        level=Level(stored["level"]),
        summary=stored["summary"],
        definition=Definition.from_json(content),
    )


def _question(stored: dict[str, Any]) -> dict[str, Any]:
    """With the answers of its scale, where it names one."""
    if "scale" not in stored:
        return stored
    plain = {key: value for key, value in stored.items() if key != "scale"}
    options = [
        {"code": each.code, "words": each.words, "score": each.score}
        for each in scales()[stored["scale"]].options
    ]
    return {**plain, "kind": Kind.SCALE, "options": options}
