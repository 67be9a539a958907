"""Whatever is written and whatever is filled in: refused in a sentence, or the same message in
both versions, in which values are nothing but words.
"""

import re
from collections.abc import Mapping
from datetime import UTC, date, datetime
from html.parser import HTMLParser
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from lic_site.accounts.models import Person
from lic_site.notices.protocol import NoticeKind
from lic_site.notices.renderer import compose
from lic_site.notices.wording import Card, Sort, check, fill
from tests.lic_site.notices.support import Reminder

NAMES = {
    "given_name": Sort.TEXT,
    "starts_at": Sort.MOMENT,
    "due_on": Sort.DATE,
    "count": Sort.NUMBER,
    "is_online": Sort.TRUTH,
    "others": Sort.LIST,
    "details": Sort.CARD,
    "link": Sort.LINK,
}
LINK = "http://localhost:8000/my/?a=1&b=2"
BITS = [
    *("Subject: ", "\n", "\n\n", "\n--\n", "- ", "# ", "[", "]", "[See it]", " ", "a", "<b>", "&"),
    *("{", "}", "{if ", "{if given_name}", "{if others}", "{else}", "{end}", "|", ":day"),
    *("{given_name}", "{starts_at:day}", "{starts_at}", "{due_on}", "{count|a|b}", "{others}"),
    *("{details}", "{is_online}", "{link}", "{unknown}"),
]
anything = st.lists(st.sampled_from(BITS) | st.text(max_size=8), max_size=30).map("".join)
written = anything.map(lambda body: f"Subject: A\n\n{body}\n\n[See it]\n\n--\nWhy.")
words = st.text(max_size=30) | st.sampled_from(["<script>", "[x]", "- x", "{if y}", "a\n\n# b", ""])
moments = st.datetimes(
    min_value=datetime(2000, 1, 2),  # noqa: DTZ001
    max_value=datetime(2100, 1, 1),  # noqa: DTZ001
    timezones=st.just(UTC),
)
contexts = st.fixed_dictionaries(
    {
        "given_name": words,
        "starts_at": st.none() | moments,
        "due_on": st.dates(min_value=date(2000, 1, 1)),
        "count": st.integers(min_value=0),
        "is_online": st.booleans(),
        "others": st.lists(words, max_size=3),
        "details": st.lists(words, max_size=3).map(lambda lines: Card(tuple(lines))),
        "link": st.just(LINK),
    }
)


unhurried = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
"""The first texts that are drawn wait for the table of all characters."""


@unhurried
@given(source=anything | written, context=contexts)
def test_any_text_is_filled_or_refused_in_sentences(
    source: str, context: Mapping[str, Any]
) -> None:
    faults = check(source, names=NAMES)
    assert all(re.search(r"[.?]$", fault) and len(fault) > 20 for fault in faults)
    if not faults:
        filled = fill(source, context)
        assert filled.subject
        assert filled.subject.isprintable() or " " not in filled.subject
        assert [block.link for block in filled.blocks].count(LINK) == 1
        assert all(line.strip() for block in filled.blocks for line in block.lines)


class _Reader(HTMLParser):
    """What is read, where it leads, and of which elements it is made."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.said: list[str] = []
        self.links: list[str] = []
        self.made_of: set[str] = set()
        self._hidden = True
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.made_of.add(tag)
        self.links += [value or "" for name, value in attrs if name == "href"]
        self._hidden = self._hidden and tag != "td"

    def handle_data(self, data: str) -> None:
        if not self._hidden:
            self.said.append(data)


def squeezed(said: str) -> str:
    return re.sub(r"\s+|\x00", "", said)


@pytest.fixture(scope="module")
def kind() -> NoticeKind:
    return Reminder()


NOBODY = Person(pk=0, given_name="Sam")
BODY = """Hello {given_name},

{details}

- {given_name}
- {others}

# For {given_name}

{given_name}

{if others}With {others}.{end}

[See it]"""


@unhurried
@given(context=contexts)
def test_both_versions_say_the_same_and_values_are_only_words(
    kind: NoticeKind, context: Mapping[str, Any]
) -> None:
    source = f"Subject: For you\n\n{BODY}\n\n--\nFor {{given_name}}."
    assert not check(source, names=NAMES)
    message = compose(kind, context, recipient=NOBODY, message_id="<a@b>", source=source)
    read = _Reader(message.html)
    assert read.links == [LINK]
    assert read.made_of <= {
        *("html", "head", "meta", "title", "style", "body", "div", "table", "tr", "td"),
        *("p", "br", "strong", "ul", "li", "h2", "a"),
    }
    plain = message.text.replace(f":\n{LINK}", "").replace("\n--\n", "\n")
    in_html = squeezed("".join(read.said))
    in_text = squeezed(re.sub(r"(?m)^- ", "", plain))
    assert in_html.replace("-", "") == in_text.replace("-", "")
