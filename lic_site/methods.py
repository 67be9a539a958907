"""GET and HEAD read, POST changes; nothing else means anything here, and is refused."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed

KNOWN = ("GET", "HEAD", "POST")
EDITORS = "/manage/"
"""Wagtail's admin has methods of its own."""


def middleware(
    get_response: Callable[[HttpRequest], HttpResponse],
) -> Callable[[HttpRequest], HttpResponse]:
    def answer(request: HttpRequest) -> HttpResponse:
        if request.method in KNOWN or request.path_info.startswith(EDITORS):
            return get_response(request)
        return HttpResponseNotAllowed(KNOWN)

    return answer
