"""Addresses that leave the site, and addresses that come back to it."""

from django.conf import settings
from django.http import HttpRequest
from django.utils.http import url_has_allowed_host_and_scheme


def absolute(path: str) -> str:
    """The whole address of a path of this site: from ``SITE_URL``, never from the Host header."""
    return f"{settings.SITE_URL}/{path.lstrip('/')}"


def safe_next(request: HttpRequest, default: str, *, field: str = "next") -> str:
    """Where to go after a form: the address it carried if that lies on this site, else
    ``default``.
    """
    wanted = request.POST.get(field) or request.GET.get(field) or ""
    allowed = url_has_allowed_host_and_scheme(
        wanted, allowed_hosts={request.get_host()}, require_https=request.is_secure()
    )
    return wanted if allowed else default
