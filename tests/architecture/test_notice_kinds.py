"""Every kind of message there is: whole, readable, and silent about whom and what it concerns."""

import re
from html.parser import HTMLParser
from urllib.parse import urlsplit

import pytest
from django.conf import settings

from lic_site.notices.checks import every_kind_is_whole
from lic_site.notices.protocol import NoticeKind, kinds
from lic_site.notices.renderer import Message, render_sample
from lic_site.notices.texts import default_words

EVERY = [pytest.param(kind, id=name) for name, kind in sorted(kinds().items())]
TELLING = re.compile(
    r"(?i)leadership|colou?r|global majority|ethnic|black|asian|minorit|heritage|racis"
    r"|\bSam\b|\bExample\b"
)


class _Links(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []
        self.hidden = ""
        self._depth = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = dict(attrs)
        self.found += [values[name] or "" for name in ("href", "src") if name in values]
        if tag == "div":
            self._depth += 1 if self._depth or "display:none" in (values.get("style") or "") else 0

    def handle_endtag(self, tag: str) -> None:
        self._depth -= 1 if tag == "div" and self._depth else 0

    def handle_data(self, data: str) -> None:
        self.hidden += data if self._depth else ""


def read(message: Message) -> _Links:
    parser = _Links()
    parser.feed(message.html)
    return parser


def test_every_kind_is_whole() -> None:
    assert not every_kind_is_whole()


@pytest.mark.parametrize("kind", EVERY)
def test_it_renders_without_the_database(kind: NoticeKind) -> None:
    message = render_sample(kind, source=default_words(kind))
    assert message.subject
    assert len(message.subject) <= 78
    assert message.text.strip()
    assert "</html>" in message.html
    assert "{{" not in message.text + message.html + message.subject


@pytest.mark.parametrize("kind", EVERY)
def test_what_shows_before_opening_tells_nothing(kind: NoticeKind) -> None:
    """Subject, sender and the preview text beside them on a lock screen."""
    message = render_sample(kind, source=default_words(kind))
    first_line = next(line for line in message.text.splitlines() if line.strip())
    assert not TELLING.search(message.subject)
    assert not TELLING.search(message.sender)
    assert not TELLING.search(read(message).hidden)
    assert not re.search(r"(?i)leadership in colour|global majority|ethnic", first_line)


@pytest.mark.parametrize("kind", EVERY)
def test_its_links_lead_to_this_site(kind: NoticeKind) -> None:
    message = render_sample(kind, source=default_words(kind))
    links = read(message).found + re.findall(r"https?://\S+", message.text)
    links = [link for link in links if not link.startswith("mailto:")]
    assert links
    site = urlsplit(settings.SITE_URL)
    for link in links:
        parts = urlsplit(link)
        assert (parts.scheme, parts.netloc) == (site.scheme, site.netloc), link


@pytest.mark.parametrize("kind", EVERY)
def test_both_versions_carry_the_same_links(kind: NoticeKind) -> None:
    message = render_sample(kind, source=default_words(kind))
    for link in read(message).found:
        assert link in message.text, link
