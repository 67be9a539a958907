from collections.abc import Callable
from typing import Any, cast

from allauth.mfa.models import Authenticator
from allauth.mfa.utils import is_mfa_enabled
from django.conf import settings
from django.contrib.auth.views import redirect_to_login
from django.http import Http404, HttpRequest, HttpResponseBase
from django.shortcuts import resolve_url
from django.utils.csp import CSP

from lic_site import security
from lic_site.accounts.models import Person
from lic_site.accounts.policies import can, needs_second_factor
from lic_site.accounts.requests import PersonRequest

type GetResponse = Callable[[HttpRequest], HttpResponseBase]

UNASKED = "/survey/"
"""Where it makes no difference who is signed in: surveys are answered with a link."""


def person(get_response: GetResponse) -> GetResponse:
    """Give each request ``request.person``: the signed-in user's person, or None.

    A request without a session cookie is not asked who it is, so its answer can be cached. Nor is
    one below ``UNASKED``: nobody's session is read there.
    """

    def middleware(request: HttpRequest) -> HttpResponseBase:
        is_asked = not request.path.startswith(UNASKED)
        cast("PersonRequest", request).person = _person_of(request) if is_asked else None
        return get_response(request)

    return middleware


def _person_of(request: HttpRequest) -> Person | None:
    if settings.SESSION_COOKIE_NAME not in request.COOKIES or not request.user.is_authenticated:
        return None
    return getattr(request.user, "person", None)


class SecondFactor:
    """Whoever sees other people's records needs a second factor before anything else.

    Asked with each request, so that a role that begins or ends is felt at once. The pages where
    it is set up, a person's own data, raising a concern, and what anybody may read stay open.
    """

    OPEN_PATHS = (
        "/accounts/",
        "/my/data/",
        "/my/equality/",
        "/concern/",
        "/my/concerns/",
        settings.STATIC_URL,
        "/media/",
    )
    OPEN_VIEWS = frozenset({"wagtail_serve", "live", "ready", "metrics"})
    FACTORS = (Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN)

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        return self.get_response(request)

    def process_view(self, request: PersonRequest, *_: Any) -> HttpResponseBase | None:
        match = request.resolver_match
        if settings.DEMO or request.person is None or match is None:
            return None
        if match.view_name in self.OPEN_VIEWS or request.path.startswith(self.OPEN_PATHS):
            return None
        if not needs_second_factor(request.person) or is_mfa_enabled(request.user, self.FACTORS):
            return None
        return redirect_to_login(request.get_full_path(), resolve_url("accounts:second_factor"))


class EditorGate:
    """Wagtail's admin: only for people who hold an editorial role today, under its own content
    security policy.
    """

    PATH = "/manage/"

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        response = self.get_response(request)
        if request.path.startswith(self.PATH):
            # A preview was answered as a page of the public site, which nothing may frame.
            response.headers.pop(str(CSP.HEADER_ENFORCE), None)
            response._csp_config = security.EDITOR_POLICY  # type: ignore[attr-defined]
        return response

    def process_view(self, request: PersonRequest, *_: Any) -> HttpResponseBase | None:
        match = request.resolver_match
        if not request.path.startswith(self.PATH) or (match and match.url_name == "editor_sign_in"):
            return None
        if not request.user.is_authenticated:
            return redirect_to_login(request.get_full_path())
        if not can(request.person, "use_editor"):
            raise Http404
        return None
