"""Somebody with a browser. Every page they look at must be free of barriers.

``visitor.look()`` runs axe (WCAG 2.2 AA and best practice, contrast included) and holds the page to
its width and its policy on content.
"""

from dataclasses import dataclass, field
from functools import cache
from typing import Any
from urllib.parse import urlsplit

from playwright.sync_api import ConsoleMessage, Locator, Page, expect

from tests.support.stores import HERE

STANDARDS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]


@cache
def axe_source() -> str:
    return (HERE / "node_modules/axe-core/axe.min.js").read_text()


@dataclass
class Visitor:
    """A new visitor's browser: no cookies, one page."""

    page: Page
    javascript: bool = True
    seen: set[str] = field(default_factory=set)
    complaints: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.page.on("console", self._hear)
        self.page.on("pageerror", lambda error: self.complaints.append(f"script failed: {error}"))

    def _hear(self, message: ConsoleMessage) -> None:
        if message.type == "error" and "Content Security Policy" in message.text:
            self.complaints.append(message.text)

    @property
    def path(self) -> str:
        return urlsplit(self.page.url).path

    def go(self, path: str, *, status: int = 200) -> None:
        answer = self.page.goto(path)
        assert answer is not None
        assert answer.status == status, f"{path}: {answer.status}"
        self.look()

    def follow(self, name: str, *, exact: bool = True) -> None:
        self.page.get_by_role("link", name=name, exact=exact).first.click()
        self.look()

    def press(self, name: str, *, exact: bool = True) -> None:
        self.page.get_by_role("button", name=name, exact=exact).first.click()
        self.look()

    def fill(self, label: str, value: str) -> None:
        self.page.get_by_label(label).first.fill(value)

    def choose(self, option: str, *, group: str = "") -> None:
        """A radio or a tick box; GOV.UK's cover the input, so its label is what one presses."""
        within: Page | Locator = self.page
        if group:
            within = self.page.get_by_role("group", name=group)
        within.get_by_label(option).first.check(force=True)

    def sees(self, words: str) -> None:
        expect(self.page.locator("main")).to_contain_text(words)

    def sees_not(self, words: str) -> None:
        expect(self.page.locator("body")).not_to_contain_text(words)

    def look(self) -> None:
        """Hold this page to what every page promises."""
        self.page.wait_for_load_state("load")
        where = (
            f"{self.path} ({self.page.viewport_size['width'] if self.page.viewport_size else 0}px)"
        )
        assert not self.complaints, f"{where}: {self.complaints}"
        assert self.page.title().strip(), f"{where}: no title"
        assert self.page.locator("h1").count() == 1, f"{where}: one first heading"
        if not self.javascript:
            return
        over = self.page.evaluate("document.documentElement.scrollWidth - window.innerWidth")
        assert over <= 0, f"{where}: {over}px wider than the screen"
        barriers = self.barriers()
        assert not barriers, f"{where}:\n" + "\n".join(barriers)
        self.seen.add(self.path)

    def barriers(self) -> list[str]:
        self.page.evaluate(axe_source())
        found: dict[str, Any] = self.page.evaluate(
            "tags => axe.run(document, {runOnly: tags, resultTypes: ['violations']})", STANDARDS
        )
        return [
            f"{rule['id']}: {rule['help']}: {node['html'][:200]}"
            for rule in found["violations"]
            for node in rule["nodes"]
        ]
