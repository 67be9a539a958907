"""What the templates promise."""

import re

import pytest
from django.template.loader import get_template

from tests.architecture import repository
from tests.architecture.repository import name

LINES = 80
WORDS = repository.templates()
PAGES = [path for path in WORDS if path.suffix == ".html"]
EMAILS = repository.ROOT / "templates" / "emails"
TAGS = re.compile(r"\{%\s*comment.*?endcomment\s*%\}|\{%.*?%\}|\{\{.*?\}\}|\{#.*?#\}", re.DOTALL)
INLINE = re.compile(
    r"<style|\sstyle=|<script(?![^>]*\ssrc=)|\son[a-z]+=\"|javascript:", re.IGNORECASE
)
POSTS = re.compile(r"<form\b[^>]*method=[\"']post.*?</form>", re.DOTALL | re.IGNORECASE)
UNSAID = re.compile(r"\breject(?:ed|ion|s)?\b|\bLiC\b|\bat risk\b")


def test_a_template_is_one_page() -> None:
    lengths = {name(path): len(path.read_text().splitlines()) for path in WORDS}
    assert not {path: length for path, length in lengths.items() if length > LINES}


def test_every_template_compiles() -> None:
    for path in WORDS:
        get_template(str(path.relative_to(repository.ROOT / "templates")))


def test_no_page_has_inline_script_or_style() -> None:
    """The policy on content would refuse them. Mail programs know no other styles than inline."""
    pages = [path for path in PAGES if not path.is_relative_to(EMAILS)]
    assert not [name(path) for path in pages if INLINE.search(path.read_text())]


def test_nobody_reads_that_they_were_turned_away_or_are_at_risk() -> None:
    """Nor the programme's name cut short."""
    found = {name(path): UNSAID.findall(TAGS.sub("", path.read_text())) for path in WORDS}
    assert not {path: words for path, words in found.items() if words}


def test_every_form_that_posts_is_guarded() -> None:
    forms = [(path, form) for path in PAGES for form in POSTS.findall(path.read_text())]
    assert forms
    open_forms = {name(path) for path, form in forms if "csrf_token" not in form}
    # The link in a message is the right itself, and mail programs post there too (RFC 8058).
    assert open_forms == {"templates/notices/unsubscribe.html"}


@pytest.mark.parametrize("word", ["rejected", "LiC"])
def test_the_search_for_unsaid_words_bites(word: str) -> None:
    assert UNSAID.search(f"You were {word}")
