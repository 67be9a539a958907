"""What the templates promise."""

import re
from pathlib import Path

import pytest
from django.template.loader import get_template

from tests.architecture import repository
from tests.architecture.repository import name

LINES = 80
PAGES = [path for path in repository.templates() if path.suffix == ".html"]
EMAILS = repository.ROOT / "templates" / "emails"
INLINE = re.compile(
    r"<style|\sstyle=|<script(?![^>]*\ssrc=)|\son[a-z]+=\"|javascript:", re.IGNORECASE
)


@pytest.mark.parametrize("path", PAGES, ids=name)
def test_a_template_is_one_page_and_compiles(path: Path) -> None:
    assert len(path.read_text().splitlines()) <= LINES
    get_template(str(path.relative_to(repository.ROOT / "templates")))


@pytest.mark.parametrize("path", PAGES, ids=name)
def test_a_page_has_no_inline_script_or_style(path: Path) -> None:
    """The policy on content would refuse them. Mail programs know no other styles than inline."""
    if not path.is_relative_to(EMAILS):
        assert not INLINE.search(path.read_text())


@pytest.mark.parametrize("path", repository.templates(), ids=name)
def test_nobody_reads_that_they_were_turned_away(path: Path) -> None:
    words = re.sub(r"\{[%#{].*?[%#}]\}", "", path.read_text(), flags=re.DOTALL)
    assert not re.search(r"\breject(?:ed|ion)?\b|\bLiC\b|\bat risk\b", words, re.IGNORECASE)


@pytest.mark.parametrize("path", PAGES, ids=name)
def test_every_form_that_posts_is_guarded(path: Path) -> None:
    for form in re.findall(r"<form\b.*?</form>", path.read_text(), re.DOTALL | re.IGNORECASE):
        if re.search(r"method=[\"']post", form, re.IGNORECASE):
            assert "csrf_token" in form, name(path)
