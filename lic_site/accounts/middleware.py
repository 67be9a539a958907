from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse

from lic_site.accounts.models import Person

type GetResponse = Callable[[HttpRequest], HttpResponse]


def person(get_response: GetResponse) -> GetResponse:
    """Give each request ``request.person``: the signed-in user's person, or None.

    A request without a session cookie is not asked who it is, so its answer can be cached.
    """

    def middleware(request: HttpRequest) -> HttpResponse:
        request.person = _person_of(request)  # type: ignore[attr-defined]
        return get_response(request)

    return middleware


def _person_of(request: HttpRequest) -> Person | None:
    if settings.SESSION_COOKIE_NAME not in request.COOKIES or not request.user.is_authenticated:
        return None
    return Person.objects.select_related("organisation").filter(user=request.user).first()
