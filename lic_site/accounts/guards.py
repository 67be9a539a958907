"""Who gets past the door of a view.

A visitor is sent to sign in and comes back; a signed-in person without the right gets a 404, as
if the page did not exist.
"""

from collections.abc import Callable
from functools import update_wrapper
from typing import Any, Concatenate, Protocol, cast

from django.contrib.auth.views import redirect_to_login
from django.db.models import Model, QuerySet
from django.http import Http404, HttpRequest, HttpResponseBase
from django.shortcuts import resolve_url
from django.utils.cache import add_never_cache_headers

from lic_site.accounts.models import Person
from lic_site.accounts.requests import PersonRequest, SignedInRequest

type View[R: HttpRequest, **P] = Callable[Concatenate[R, P], HttpResponseBase]


class Policies(Protocol):
    """An app's ``policies`` module."""

    def can(self, person: Person | None, verb: str, thing: Any = None) -> bool: ...

    def visible[Rows: QuerySet[Any]](self, person: Person | None, queryset: Rows) -> Rows: ...


def person_required[**P](view: View[SignedInRequest, P]) -> View[HttpRequest, P]:
    """Send a visitor to sign in, and a new user to say who they are, and back here afterwards.

    What is shown is never kept by a browser or a proxy.
    """

    def guarded(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
        if cast("PersonRequest", request).person is None:
            step = "accounts:about_you" if request.user.is_authenticated else None
            return redirect_to_login(request.get_full_path(), step and resolve_url(step))
        response = view(cast("SignedInRequest", request), *args, **kwargs)
        add_never_cache_headers(cast("Any", response))
        return response

    update_wrapper(guarded, view)
    return guarded


def allowed[**P](
    verb: str, policies: Policies
) -> Callable[[View[SignedInRequest, P]], View[HttpRequest, P]]:
    """Let only people in for whom ``policies.can(person, verb)`` holds without a thing."""

    def decorate(view: View[SignedInRequest, P]) -> View[HttpRequest, P]:
        def guarded(
            request: SignedInRequest, /, *args: P.args, **kwargs: P.kwargs
        ) -> HttpResponseBase:
            if not policies.can(request.person, verb):
                raise Http404
            return view(request, *args, **kwargs)

        update_wrapper(guarded, view)
        return person_required(guarded)

    return decorate


def fetch[M: Model](
    policies: Policies, person: Person | None, queryset: QuerySet[M], **lookup: Any
) -> M:
    """The one thing that matches and that the person may see, or a 404."""
    thing = policies.visible(person, queryset).filter(**lookup).first()
    if thing is None:
        raise Http404
    return thing


def must(permitted: bool) -> None:  # noqa: FBT001
    """``must(policies.can(person, verb, thing))``: a 404 unless permitted."""
    if not permitted:
        raise Http404
