"""An e-mail's HTML shown in a page of ours: in a frame of its own, where nothing can run."""

from collections.abc import Callable
from typing import Any

from django.http import HttpResponse, HttpResponseBase
from django.utils.csp import CSP
from django.views.decorators.clickjacking import xframe_options_sameorigin
from django.views.decorators.csp import csp_override

from lic_site.security import SITE_POLICY

FRAMING = csp_override({**SITE_POLICY, "frame-src": [CSP.SELF]})
"""For the page around the frame."""

_MAIL_POLICY: dict[str, list[str]] = {
    "default-src": [CSP.NONE],
    "style-src": [CSP.UNSAFE_INLINE],
    "img-src": [CSP.SELF, "data:"],
    "frame-ancestors": [CSP.SELF],
    "base-uri": [CSP.NONE],
    "form-action": [CSP.NONE],
    "sandbox": ["allow-top-navigation-by-user-activation"],
}


def framed[**P](view: Callable[P, HttpResponseBase]) -> Callable[P, HttpResponseBase]:
    """For the view that answers with ``as_mail``."""
    guarded: Any = xframe_options_sameorigin(csp_override(_MAIL_POLICY)(view))
    return guarded  # type: ignore[no-any-return]


def as_mail(html: str) -> HttpResponse:
    """The message as mail programs show it; its links open in the whole window."""
    return HttpResponse(html.replace("<head>", '<head><base target="_top">', 1))
