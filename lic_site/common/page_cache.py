"""Whole pages for signed-out visitors, kept in each process.

Keyed by scheme, host, path and the query names in ``PAGE_CACHE_QUERY``; bounded; a page lives for
a
minute at most, and all go as soon as a generation number in the database has grown.
"""

import time
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass
from threading import Lock

from django.conf import settings
from django.db import DatabaseError, transaction
from django.db.models import F
from django.http import HttpRequest, HttpResponse
from django.urls import ResolverMatch

from lic_site.common.models import Generation

NAME = "pages"
LIFE = 60.0
READ_EVERY = 1.0
MOST_PAGES = 512
MOST_BYTES = 32 * 2**20
TRACKING = ("utm_", "gclid", "fbclid", "mc_")
PRIVATE = ("private", "no-store", "no-cache")
VARIES = {"cookie", "accept-encoding"}
FORMS = (b"csrfmiddlewaretoken", b"X-CSRFToken")

type Key = tuple[str, str, str, tuple[tuple[str, str], ...]]


def bump() -> None:
    """What the public sees has changed: every process forgets its pages within a second of the
    commit. Call it from verbs that publish, open, close or move something public.
    """
    transaction.on_commit(_bump, robust=True)


def _bump() -> None:
    if not Generation.objects.filter(name=NAME).update(number=F("number") + 1):
        Generation.objects.bulk_create([Generation(name=NAME, number=1)], ignore_conflicts=True)


@dataclass(frozen=True)
class Page:
    """A response as it was, when and under which generation it was made, and its route, by which
    the request is counted.
    """

    content: bytes
    headers: tuple[tuple[str, str], ...]
    generation: int
    made_at: float
    match: ResolverMatch | None


class Pages:
    """The pages of this process, least lately used first."""

    def __init__(self) -> None:
        self._pages: OrderedDict[Key, Page] = OrderedDict()
        self._bytes = 0
        self._lock = Lock()
        self._reading = Lock()
        self._generation = 0
        self._read_at = float("-inf")

    def generation(self) -> int:
        """The number as read within the last second. While the database is away the last one known
        stands: what is kept goes on being served.
        """
        if time.monotonic() - self._read_at < READ_EVERY or not self._reading.acquire(
            blocking=False
        ):
            return self._generation
        try:
            found = Generation.objects.filter(name=NAME).values_list("number", flat=True).first()
            self._generation = found or 0
        except DatabaseError:
            pass
        finally:
            self._read_at = time.monotonic()
            self._reading.release()
        return self._generation

    def get(self, key: Key, generation: int) -> Page | None:
        with self._lock:
            page = self._pages.get(key)
            if page is None:
                return None
            if page.generation != generation or time.monotonic() - page.made_at > LIFE:
                self._drop(key)
                return None
            self._pages.move_to_end(key)
            return page

    def keep(self, key: Key, page: Page) -> None:
        with self._lock:
            self._drop(key)
            self._pages[key] = page
            self._bytes += len(page.content)
            while len(self._pages) > MOST_PAGES or self._bytes > MOST_BYTES:
                self._drop(next(iter(self._pages)))

    def clear(self) -> None:
        with self._lock:
            self._pages.clear()
            self._bytes = 0
        self._read_at = float("-inf")

    def _drop(self, key: Key) -> None:
        if (page := self._pages.pop(key, None)) is not None:
            self._bytes -= len(page.content)


pages = Pages()


def middleware(
    get_response: Callable[[HttpRequest], HttpResponse],
) -> Callable[[HttpRequest], HttpResponse]:
    """Answer signed-out visitors from this process's memory where that is safe."""

    def answer(request: HttpRequest) -> HttpResponse:
        key = key_of(request) if settings.PAGE_CACHE else None
        if key is None:
            return get_response(request)
        generation = pages.generation()
        page = pages.get(key, generation)
        if page is not None:
            request.resolver_match = page.match
            return HttpResponse(page.content, headers=dict(page.headers))
        response = get_response(request)
        if may_be_kept(request, response):
            made = Page(
                response.content,
                tuple(response.headers.items()),
                generation,
                time.monotonic(),
                request.resolver_match,
            )
            pages.keep(key, made)
        return response

    return answer


def key_of(request: HttpRequest) -> Key | None:
    """What tells this page from others, None for a request that is never answered from memory: not
    a plain GET, signed in, with a message waiting, or with a query name that we don't know.
    """
    if request.method != "GET" or request.headers.get("Authorization"):
        return None
    if request.headers.get("HX-Request") or request.path_info.startswith(settings.STATIC_URL):
        return None
    if settings.SESSION_COOKIE_NAME in request.COOKIES or "messages" in request.COOKIES:
        return None
    query = []
    for name, values in request.GET.lists():
        if name in settings.PAGE_CACHE_QUERY:
            query += [(name, value) for value in values]
        elif not name.startswith(TRACKING):
            return None
    host = request.META.get("HTTP_HOST", "")
    return (request.scheme or "", host, request.path_info, tuple(sorted(query)))


def may_be_kept(request: HttpRequest, response: HttpResponse) -> bool:
    """Whether this answer is the same for every signed-out visitor: a whole HTML page that sets no
    cookie, holds no form token and no nonce, is not private, and hangs on no link of somebody's.
    """
    return (
        _is_plain_page(response)
        and not _depends_on_the_visitor(request, response)
        and not any(mark in response.content for mark in FORMS)
    )


def _is_plain_page(response: HttpResponse) -> bool:
    limits = response.headers.get("Cache-Control", "").lower()
    return (
        response.status_code == 200
        and not response.streaming
        and not response.cookies
        and response.headers.get("Content-Type", "").startswith("text/html")
        and "nonce-" not in response.headers.get("Content-Security-Policy", "")
        and not any(word in limits for word in PRIVATE)
    )


def _depends_on_the_visitor(request: HttpRequest, response: HttpResponse) -> bool:
    varies = {name.strip() for name in response.headers.get("Vary", "").lower().split(",")}
    match = request.resolver_match
    return (
        bool(varies - VARIES - {""})
        or "CSRF_COOKIE_NEEDS_UPDATE" in request.META
        or getattr(request, "is_preview", False)
        or match is None
        or "token" in match.kwargs
    )
