"""Pages kept for signed-out visitors: the same for all, forgotten at once, never private."""

from collections.abc import Callable, Iterator

import pytest
from django.conf import settings as site
from django.db import DatabaseError, transaction
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.test import RequestFactory, override_settings
from django.urls import resolve

from lic_site.common import page_cache
from lic_site.common.models import Generation
from lic_site.common.page_cache import bump, middleware, pages

HTML = "text/html; charset=utf-8"


class Clock:
    now = 1000.0

    def monotonic(self) -> float:
        return self.now


@pytest.fixture(autouse=True)
def time(monkeypatch: pytest.MonkeyPatch) -> Iterator[Clock]:
    clock = Clock()
    monkeypatch.setattr(page_cache, "time", clock)
    pages.clear()
    with override_settings(PAGE_CACHE=True):
        yield clock
    pages.clear()


class Site:
    """Counts how often a page is really made."""

    def __init__(self, make: Callable[[HttpRequest], HttpResponse] | None = None) -> None:
        self.made = 0
        self.make = make or (lambda request: HttpResponse(f"page {self.made}"))
        self.answer = middleware(self._view)

    def _view(self, request: HttpRequest) -> HttpResponse:
        self.made += 1
        if request.resolver_match is None:
            request.resolver_match = resolve("/live")
        return self.make(request)

    def get(self, path: str = "/", **extra: str) -> HttpResponse:
        cookie = extra.pop("cookie", "")
        request = RequestFactory().get(path, **extra)
        if cookie:
            request.COOKIES[cookie] = "x"
        return self.answer(request)


@pytest.mark.django_db
def test_the_second_visitor_is_answered_from_memory(django_assert_num_queries) -> None:
    visited = Site(lambda request: HttpResponse("hello", headers={"X-Frame-Options": "DENY"}))
    first = visited.get()
    with django_assert_num_queries(0):
        second = visited.get()
    assert visited.made == 1
    assert first.content == second.content == b"hello"
    assert second["X-Frame-Options"] == "DENY"
    assert second["Content-Type"] == HTML


@pytest.mark.django_db
def test_a_kept_page_is_counted_under_its_route() -> None:
    visited = Site()
    visited.get()
    request = RequestFactory().get("/")
    visited.answer(request)
    assert request.resolver_match
    assert request.resolver_match.view_name == "live"


@pytest.mark.django_db
def test_pages_are_told_apart_by_host_path_and_known_query() -> None:
    visited = Site()
    for path in ("/a", "/b", "/a?page=2", "/a?page=3", "/a?q=x&page=2"):
        visited.get(path)
    visited.get("/a", HTTP_HOST="other.example")
    assert visited.made == 6
    for path in ("/a?page=2&q=x", "/a?utm_source=mail", "/a?gclid=1"):
        visited.get(path)
    assert visited.made == 6, "the order of the query and where somebody came from do not matter"
    visited.get("/a?unknown=1")
    visited.get("/a?unknown=1")
    assert visited.made == 8, "a query we don't know is never answered from memory"


@pytest.mark.django_db
@pytest.mark.parametrize(
    "extra",
    [
        {"cookie": site.SESSION_COOKIE_NAME},
        {"cookie": "messages"},
        {"HTTP_AUTHORIZATION": "Bearer x"},
        {"HTTP_HX_REQUEST": "true"},
    ],
)
def test_whoever_is_somebody_gets_a_page_of_their_own(extra: dict[str, str]) -> None:
    visited = Site()
    visited.get()
    visited.get(**extra)
    assert visited.made == 2
    visited.get()
    assert visited.made == 2, "and theirs was not kept"


@pytest.mark.django_db
def test_only_reading_is_answered_from_memory() -> None:
    visited = Site()
    for request in (RequestFactory().post("/"), RequestFactory().head("/")):
        visited.answer(request)
        visited.answer(request)
    assert visited.made == 4
    visited.get("/static/css/site.css")
    visited.get("/static/css/site.css")
    assert visited.made == 6


def with_cookie(_: HttpRequest) -> HttpResponse:
    response = HttpResponse("x")
    response.set_cookie("a", "b")
    return response


def with_new_form_token(request: HttpRequest) -> HttpResponse:
    request.META["CSRF_COOKIE_NEEDS_UPDATE"] = True
    return HttpResponse("x")


def preview(request: HttpRequest) -> HttpResponse:
    request.is_preview = True  # type: ignore[attr-defined]
    return HttpResponse("x")


def of_a_link(request: HttpRequest) -> HttpResponse:
    request.resolver_match.kwargs = {"token": "abc"}  # type: ignore[union-attr]
    return HttpResponse("x")


def of_nothing(request: HttpRequest) -> HttpResponse:
    request.resolver_match = None
    return HttpResponse("x")


def headed(name: str, value: str) -> Callable[[HttpRequest], HttpResponse]:
    return lambda request: HttpResponse("x", headers={name: value})


@pytest.mark.django_db
@pytest.mark.parametrize(
    "make",
    [
        with_cookie,
        with_new_form_token,
        preview,
        of_a_link,
        of_nothing,
        lambda request: HttpResponse('<input name="csrfmiddlewaretoken">'),
        lambda request: HttpResponse("x", status=404),
        lambda request: HttpResponse("x", content_type="application/json"),
        lambda request: StreamingHttpResponse(["x"]),
        headed("Cache-Control", "private"),
        headed("Cache-Control", "max-age=0, No-Store"),
        headed("Vary", "Cookie, X-Who"),
        headed("Content-Security-Policy", "script-src 'nonce-abc'"),
    ],
)
def test_what_is_not_for_everybody_is_not_kept(make: Callable[[HttpRequest], HttpResponse]) -> None:
    visited = Site(make)
    visited.get()
    visited.get()
    assert visited.made == 2


@pytest.mark.django_db
def test_a_page_that_varies_by_cookie_alone_is_kept() -> None:
    visited = Site(headed("Vary", "Cookie, Accept-Encoding"))
    visited.get()
    visited.get()
    assert visited.made == 1


@pytest.mark.django_db
def test_publishing_is_seen_within_a_second_of_the_commit(
    time: Clock, django_capture_on_commit_callbacks
) -> None:
    visited = Site()
    visited.get()
    for expected in (1, 2):
        with django_capture_on_commit_callbacks(execute=True):
            bump()
        assert Generation.objects.get().number == expected
        time.now += 1.1
        visited.get()
        assert visited.made == expected + 1


@pytest.mark.django_db(transaction=True)
def test_nothing_is_forgotten_for_what_was_rolled_back() -> None:
    with transaction.atomic():
        bump()
        transaction.set_rollback(True)
    assert not Generation.objects.exists()


@pytest.mark.django_db
def test_the_number_is_read_at_most_once_a_second(time: Clock, django_assert_num_queries) -> None:
    with django_assert_num_queries(1):
        for _ in range(10):
            pages.generation()
    time.now += 1.1
    with django_assert_num_queries(1):
        pages.generation()


@pytest.mark.django_db
def test_only_one_thread_reads_the_number(time: Clock, django_assert_num_queries) -> None:
    known = pages.generation()
    time.now += page_cache.READ_EVERY
    with pages._reading, django_assert_num_queries(0):
        assert pages.generation() == known


@pytest.mark.django_db
def test_a_page_lives_a_minute_at_most(time: Clock) -> None:
    visited = Site()
    visited.get()
    time.now += page_cache.LIFE
    visited.get()
    assert visited.made == 1
    time.now += 0.1
    visited.get()
    assert visited.made == 2


@pytest.mark.django_db
def test_pages_go_on_while_the_database_is_away(
    time: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    visited = Site()
    visited.get()
    time.now += 1.1

    def away(**_: object) -> None:
        raise DatabaseError

    monkeypatch.setattr(Generation.objects, "filter", away)
    assert visited.get().content == b"page 1"
    assert visited.made == 1


@pytest.mark.django_db
def test_memory_is_bounded_and_the_least_used_goes_first(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(page_cache, "MOST_PAGES", 2)
    visited = Site()
    for path in ("/a", "/b", "/a", "/c"):
        visited.get(path)
    assert visited.made == 3
    visited.get("/a")
    assert visited.made == 3
    visited.get("/b")
    assert visited.made == 4
    monkeypatch.setattr(page_cache, "MOST_BYTES", 10)
    visited.get("/d")
    visited.get("/e")
    assert pages._bytes <= 10


@pytest.mark.django_db
def test_it_can_be_switched_off() -> None:
    visited = Site()
    with override_settings(PAGE_CACHE=False):
        visited.get()
        visited.get()
    assert visited.made == 2
