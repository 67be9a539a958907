"""How much the tests must reach, branches counted: 95% of everything, and every branch of the
rooms where the rules live: services, policies, and pure rooms (modules that know neither a
framework nor a model).

A pytest plugin, ``-p tests.coverage_gate``, for the last run, when ``.coverage`` holds every run's
figures.
"""

import ast
import json
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from coverage import Coverage

from tests.support.stores import HERE

OVERALL = 95.0
RULES = ("policies.py", "services.py")
FRAMEWORKS = {
    "django",
    "wagtail",
    "celery",
    "allauth",
    "anymail",
    "modelcluster",
    "redis",
    "gunicorn",
}
# What measures, demonstrates or configures is no rule of the house.
APART = ("bench", "management", "demo", "migrations", "tests")


def imports(source: str) -> Iterator[str]:
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield node.module or ""


def is_pure(source: str) -> bool:
    """Knows plain values alone: no framework, nothing else of the site but what is pure too."""
    return not any(
        module.partition(".")[0] in FRAMEWORKS or ".models" in module or ".services" in module
        for module in imports(source)
    )


def holds_rules(path: Path) -> bool:
    if set(path.parts) & set(APART):
        return False
    if path.name in RULES or "services" in path.parts:
        return True
    return path.name != "__init__.py" and is_pure((HERE / path).read_text())


def figures() -> dict[str, Any]:
    coverage = Coverage(data_file=HERE / ".coverage", config_file=str(HERE / "pyproject.toml"))
    coverage.load()
    with tempfile.NamedTemporaryFile(suffix=".json") as file:
        coverage.json_report(outfile=file.name)
        report: dict[str, Any] = json.loads(Path(file.name).read_text())
    return report


def shortfalls(report: dict[str, Any]) -> list[str]:
    found = []
    overall = report["totals"]["percent_covered"]
    if overall < OVERALL:
        found.append(f"{overall:.1f}% is reached overall; it must be {OVERALL:g}%")
    for name, file in sorted(report["files"].items()):
        short = file["summary"]["percent_covered"] < 100
        if short and holds_rules(Path(name)):
            lines = ", ".join(map(str, file["missing_lines"]))
            branches = ", ".join(f"{a}→{b}" for a, b in file["missing_branches"])
            found.append(f"{name}: lines {lines or 'all'}; branches {branches or 'all'}")
    return found


@pytest.hookimpl(tryfirst=True)
def pytest_terminal_summary(terminalreporter: Any, config: pytest.Config) -> None:
    if hasattr(config, "workerinput"):
        return
    report = figures()
    terminalreporter.section("coverage")
    percent = report["totals"]["percent_covered"]
    terminalreporter.line(f"{percent:.1f}% of lines and branches, on all stores together")
    for shortfall in shortfalls(report):
        terminalreporter.line(f"NOT REACHED {shortfall}", red=True)


@pytest.hookimpl(trylast=True)
def pytest_sessionfinish(session: pytest.Session) -> None:
    if hasattr(session.config, "workerinput") or not (HERE / ".coverage").exists():
        return
    if session.exitstatus == pytest.ExitCode.OK and shortfalls(figures()):
        session.exitstatus = pytest.ExitCode.TESTS_FAILED
