"""What every page has in common on which somebody may be anonymous."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.cache import patch_cache_control
from django.views.decorators.http import require_http_methods

from lic_site.access import unlogged

type View = Callable[..., HttpResponse]


def unseen(*, keeps: bool = False) -> Callable[[View], View]:
    """No line in the log and no place in the counters, in no cache but the browser's own, in no
    index. The browser may go back to a page with what was typed (``keeps``), and not to one that
    shows a code or a thread.
    """

    def decorate(view: View) -> View:
        @wraps(view)
        def answer(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            response = view(request, *args, **kwargs)
            is_kept = keeps and not getattr(response, "tells", False)
            patch_cache_control(response, private=True, max_age=0, no_store=not is_kept)
            response["X-Robots-Tag"] = "noindex, nofollow"
            # Django writes a line of each answer from 400 up, unless somebody has.
            response._has_been_logged = True  # type: ignore[attr-defined]
            return response

        return unlogged(require_http_methods(["GET", "HEAD", "POST"])(answer))

    return decorate
