"""Somebody with a browser. Every page they look at must be free of barriers.

``visitor.look()`` runs axe (WCAG 2.2 AA and best practice, contrast included) and holds the page to
its width and its policy on content. A visitor may have no JavaScript, or no pointer: then all is
done with the Tab, arrow, space and Enter keys.
"""

from dataclasses import dataclass, field
from functools import cache
from typing import Any
from urllib.parse import urlsplit

from django.test import Client
from playwright.sync_api import ConsoleMessage, Locator, Page, expect

from lic_site.accounts.models import Person
from tests.support.stores import HERE

STANDARDS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
FARTHEST = 300
"""How many presses of Tab anything may be away."""


@cache
def axe_source() -> str:
    return (HERE / "node_modules/axe-core/axe.min.js").read_text()


@dataclass
class Visitor:
    """A new visitor's browser: no cookies, one page."""

    page: Page
    site: str
    """The site's address."""
    javascript: bool = True
    keyboard: bool = False
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

    def sign_in(self, person: Person) -> None:
        """Be this person from now on, without the page for it."""
        assert person.user is not None
        client = Client()
        client.force_login(person.user)
        session = client.cookies["sessionid"].value
        self.page.context.add_cookies([{"name": "sessionid", "value": session, "url": self.site}])

    def go(self, path: str, *, status: int = 200) -> None:
        answer = self.page.goto(path)
        assert answer is not None
        assert answer.status == status, f"{path}: {answer.status}"
        self.look()

    def press(self, name: str, *, exact: bool = True) -> None:
        """A link or a button: some links look like buttons, and are one to a screen reader."""
        link = self.page.get_by_role("link", name=name, exact=exact)
        button = self.page.get_by_role("button", name=name, exact=exact)
        self._use(link.or_(button).first)

    follow = press

    def _use(self, target: Locator) -> None:
        with self.page.expect_navigation():
            if self.keyboard:
                self._reach(target)
                self.page.keyboard.press("Enter")
            else:
                target.click()
        self.look()

    def tap(self, name: str) -> None:
        """A button that does its work on the page where there is JavaScript, else on a new one."""
        if not self.javascript:
            self.press(name)
            return
        target = self.page.get_by_role("button", name=name, exact=True).first
        if self.keyboard:
            self._reach(target)
            self.page.keyboard.press("Enter")
        else:
            target.click()

    def fill(self, label: str, value: str) -> None:
        target = self.page.get_by_label(label).first
        if not self.keyboard:
            target.fill(value)
            return
        self._reach(target)
        self.page.keyboard.press("ControlOrMeta+a")
        self.page.keyboard.insert_text(value)

    def pick(self, label: str, option: str, *, exact: bool = False) -> None:
        """An option of a list."""
        target = self.page.get_by_label(label, exact=exact).first
        if not self.keyboard:
            target.select_option(label=option)
            return
        self._reach(target)
        self.page.keyboard.type(option)

    def choose(self, option: str, *, group: str = "", exact: bool = True) -> None:
        """A radio or a tick box."""
        within: Page | Locator = self.page
        if group:
            within = self.page.get_by_role("group", name=group)
        target = within.get_by_label(option, exact=exact).first
        if not self.keyboard:
            target.check()
            return
        self._reach(target)
        if not target.is_checked():
            self.page.keyboard.press("Space")

    def leave(self, option: str) -> None:
        """A tick box, without its tick."""
        target = self.page.get_by_label(option, exact=True).first
        if not self.keyboard:
            target.uncheck()
            return
        self._reach(target)
        if target.is_checked():
            self.page.keyboard.press("Space")

    def _reach(self, target: Locator) -> None:
        """By Tab, and by the arrows among radios."""
        same_radios = "(e, t) => e.type === 'radio' && e.name === t.name && e.form === t.form"
        wanted = target.element_handle()
        for _ in range(FARTHEST):
            self.page.keyboard.press("Tab")
            focused = self.page.evaluate_handle("document.activeElement")
            if self.page.evaluate("([a, b]) => a === b", [focused, wanted]):
                return
            if self.page.evaluate(f"([e, t]) => ({same_radios})(e, t)", [focused, wanted]):
                self._along(wanted)
                return
        raise AssertionError(f"{self.path}: the keyboard does not reach {target}")

    def _along(self, wanted: Any) -> None:
        for _ in range(FARTHEST):
            self.page.keyboard.press("ArrowDown")
            if self.page.evaluate("t => t === document.activeElement", wanted):
                return
        raise AssertionError(f"{self.path}: the arrows do not reach the answer")

    def sees(self, words: str) -> None:
        expect(self.page.locator("main")).to_contain_text(words)

    def sees_not(self, words: str) -> None:
        expect(self.page.locator("body")).not_to_contain_text(words)

    def look(self) -> None:
        """Hold this page to what every page promises."""
        self.page.wait_for_load_state("load")
        size = self.page.viewport_size
        where = f"{self.path} at {size['width'] if size else 'some'}px"
        assert not self.complaints, f"{where}: {self.complaints}"
        assert self.page.title().strip(), f"{where}: no title"
        assert self.page.locator("h1").count() == 1, f"{where}: one first heading"
        if not self.javascript or self.path in self.seen:
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
