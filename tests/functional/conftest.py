"""Chromium against a live server. Pages reach this machine alone; a failure leaves a picture."""

import os
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, Route, sync_playwright
from pytest_django.live_server_helper import LiveServer

from tests.support import stores
from tests.support.visitor import Visitor

PICTURES = stores.HERE / "var" / "pictures"
PHONE, DESK = (360, 780), (1280, 900)
PAGES = pytest.StashKey[list[Page]]()

type NewVisitor = Callable[..., Visitor]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if item.path.is_relative_to(Path(__file__).parent):
            item.add_marker("browser")


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item) -> Iterator[Any]:
    report = yield
    if report.when == "call" and report.failed:
        PICTURES.mkdir(parents=True, exist_ok=True)
        for number, page in enumerate(item.stash.get(PAGES, [])):
            picture = PICTURES / f"{re.sub(r'\W+', '-', item.name)}-{number}.png"
            page.screenshot(path=picture, full_page=True)
            words = page.locator("body").inner_text()[:2000]
            report.sections.append((f"{picture} of {page.url}", words))
    return report


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    # Playwright keeps an event loop in this thread, and Django would refuse its queries here.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"
    arguments = ["--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage"]
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=stores.chromium(),
            args=arguments + os.environ.get("CHROMIUM_ARGS", "").split(),
        )
        yield browser
        browser.close()


@pytest.fixture
def live(live_server: LiveServer, settings: Any) -> str:
    """The address of a live server, which the site takes for its own."""
    settings.SITE_URL = live_server.url
    settings.CSRF_TRUSTED_ORIGINS = [live_server.url]
    return str(live_server.url)


@pytest.fixture
def visitor(chromium: Browser, live: str, request: pytest.FixtureRequest) -> Iterator[NewVisitor]:
    """``visitor(phone=True, javascript=False, keyboard=True)``: a new visitor's browser."""
    contexts: list[BrowserContext] = []
    pages = request.node.stash[PAGES] = []

    def stay_here(route: Route) -> None:
        here = route.request.url.startswith((live, "data:", "blob:"))
        route.continue_() if here else route.abort()

    def new(*, phone: bool = False, javascript: bool = True, keyboard: bool = False) -> Visitor:
        width, height = PHONE if phone else DESK
        context = chromium.new_context(
            base_url=live,
            viewport={"width": width, "height": height},
            java_script_enabled=javascript,
            locale="en-GB",
            timezone_id="Europe/London",
            reduced_motion="reduce",
        )
        context.set_default_timeout(10_000)
        context.route("**/*", stay_here)
        contexts.append(context)
        pages.append(context.new_page())
        return Visitor(pages[-1], live, javascript, keyboard)

    yield new
    for context in contexts:
        context.close()
