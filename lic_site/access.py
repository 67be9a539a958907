"""The outermost layer: each request gets an id, one log line and a place in the counters."""

import logging
import re
import time
import uuid
from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from prometheus_client import Counter, Histogram

from lic_site.log import work_id

logger = logging.getLogger("access")

REQUESTS = Counter("http_requests", "Requests answered", ["method", "route", "status"])
SECONDS = Histogram("http_request_seconds", "Seconds to the answer", ["route"])
METHODS = {"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"}
_GIVEN = re.compile(r"[A-Za-z0-9-]{8,64}")


def unlogged[View: Callable[..., HttpResponseBase]](view: View) -> View:
    """Mark a view whose requests leave no access line and are in no counter, so that nothing joins
    who came to what they said.
    """
    view.unlogged = True  # type: ignore[attr-defined]
    return view


def middleware(
    get_response: Callable[[HttpRequest], HttpResponse],
) -> Callable[[HttpRequest], HttpResponse]:
    """Log and count each request by the name of its route; its path, which may hold a token, and
    its query are never written.
    """

    def answer(request: HttpRequest) -> HttpResponse:
        token = work_id.set(_id(request))
        started = time.perf_counter()
        try:
            response = get_response(request)
            _note(request, response, time.perf_counter() - started)
            response["X-Request-ID"] = work_id.get()
        finally:
            work_id.reset(token)
        return response

    return answer


def _id(request: HttpRequest) -> str:
    given = request.headers.get("X-Request-ID", "")
    if settings.TRUSTED_PROXY_COUNT and _GIVEN.fullmatch(given):
        return given
    return uuid.uuid4().hex


def _note(request: HttpRequest, response: HttpResponse, seconds: float) -> None:
    match = request.resolver_match
    if match and getattr(match.func, "unlogged", False):
        return
    route = match.view_name or match.route if match else "none"
    method = request.method if request.method in METHODS else "other"
    REQUESTS.labels(method, route, response.status_code).inc()
    SECONDS.labels(route).observe(seconds)
    person = getattr(request, "person", None)
    numbers = {k: v for k, v in (match.kwargs if match else {}).items() if isinstance(v, int)}
    logger.info(
        "request",
        extra={
            "method": method,
            "route": route,
            "ids": numbers,
            "status": response.status_code,
            "ms": round(seconds * 1000),
            "person": person.pk if person else None,
        },
    )
