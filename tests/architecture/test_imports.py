"""Imports run down only: the contracts stand in ``pyproject.toml``."""

import subprocess
import sys

from tests.architecture import repository


def test_no_import_climbs() -> None:
    linter = [sys.executable, "-c", "from importlinter.cli import lint_imports_command as c; c()"]
    done = subprocess.run(linter, cwd=repository.ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr


def test_every_package_is_held_by_a_contract() -> None:
    rules = (repository.ROOT / "pyproject.toml").read_text()
    held = (
        "cohorts.programme",
        "lic_site.accounts",
        "lic_site.concerns",
        "lic_site.notices",
        "lic_site.surveys",
        "cms",
    )
    for package in held:
        assert f'"{package}"' in rules
