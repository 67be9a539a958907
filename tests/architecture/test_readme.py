"""The README tells the truth."""

import re

from django.core.management import get_commands

from tests.architecture import repository

README = (repository.ROOT / "README.md").read_text()
MAKEFILE = (repository.ROOT / "Makefile").read_text()


def test_every_make_target_named_exists() -> None:
    named = set(re.findall(r"\bmake ([a-z]+)\b", README))
    targets = set(re.findall(r"^([a-z]+):", MAKEFILE, re.MULTILINE))
    assert named
    assert named <= targets, named - targets


def test_every_command_named_exists_and_every_command_of_ours_is_named() -> None:
    named = set(re.findall(r"manage\.py ([a-z_]+)", README))
    known = get_commands()
    ours = {command for command, app in known.items() if app.startswith(repository.PACKAGES)}
    assert named <= set(known), named - set(known)
    assert ours <= named, ours - named


def test_every_setting_read_from_the_environment_is_documented() -> None:
    reads = re.compile(r"""(?:env\.\w+\(|environ\.get\(|environ\[)\s*["']([A-Z][A-Z_]+)["']""")
    names = {
        setting
        for path in repository.python(tests=False)
        for setting in reads.findall(path.read_text())
    }
    assert "SECRET_KEY" in names
    assert not {setting for setting in names if f"`{setting}`" not in README}


def test_every_library_is_named() -> None:
    listed = (repository.ROOT / "pyproject.toml").read_text().partition("dependencies = [")[2]
    runtime = listed.partition("[dependency-groups]")[0]
    libraries = re.findall(r'^  "([a-z0-9-]+)', runtime, re.MULTILINE)
    assert not [library for library in libraries if library not in README.lower()]


def test_every_folder_stands_on_the_map() -> None:
    entries = [path for path in repository.ROOT.iterdir() if path.is_dir() and path.name != ".ci"]
    folders = {path.name for path in entries if repository.is_ours(path)}
    assert not {folder for folder in folders if f"{folder}/" not in README}
