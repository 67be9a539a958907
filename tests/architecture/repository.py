"""This repository's files, as the tests here read them."""

from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PACKAGES = ("lic_site", "cohorts", "cms")
NOT_OURS = {"node_modules", "build", "var", "__pycache__"}


@cache
def files(*endings: str, below: tuple[str, ...] = (".",)) -> list[Path]:
    """Every file of ours below these folders whose name ends so."""
    found = (path for folder in below for path in (ROOT / folder).rglob("*") if path.is_file())
    return sorted(path for path in found if is_ours(path) and path.name.endswith(endings))


def is_ours(path: Path) -> bool:
    parts = path.relative_to(ROOT).parts
    hidden = any(part.startswith(".") and part != ".ci" for part in parts)
    return not hidden and not NOT_OURS.intersection(parts)


def python(*, tests: bool = True) -> list[Path]:
    below = (*PACKAGES, "tests") if tests else PACKAGES
    return [path for path in files(".py", below=below) if "migrations" not in path.parts]


def templates() -> list[Path]:
    return files(".html", ".txt", ".svg", ".typ", below=("templates",))


def name(path: Path) -> str:
    return str(path.relative_to(ROOT))
