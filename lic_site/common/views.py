"""The page of a piece of long work, for the person who asked for it."""

import uuid

from django.contrib.auth.views import redirect_to_login
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from lic_site.common.enums import JobState
from lic_site.common.models import Job
from lic_site.common.storage import serve_private
from lic_site.common.uploads.kinds import Kind


@require_safe
@never_cache
def job(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    """How far it is. A script asks again while it runs; without one there is a link to do so."""
    if (owner_id := _person_id(request)) is None:
        return redirect_to_login(request.get_full_path())
    found = get_object_or_404(Job, pk=pk, owner_id=owner_id)
    part = bool(request.headers.get("HX-Request"))
    return render(request, f"common/{'job_progress' if part else 'job'}.html", {"job": found})


@require_safe
@never_cache
def job_file(request: HttpRequest, pk: uuid.UUID) -> HttpResponseBase:
    """The file that it made, if it made one."""
    if (owner_id := _person_id(request)) is None:
        return redirect_to_login(request.get_full_path())
    found = get_object_or_404(Job, pk=pk, owner_id=owner_id, state=JobState.DONE)
    if not found.result_file:
        raise Http404
    ending = found.result_name.rpartition(".")[2]
    kinds = [kind for kind in Kind if f".{ending}" in kind.endings]
    return serve_private(
        found.result_file.open("rb"),
        name=found.result_name,
        content_type=kinds[0].content_type if kinds else "application/octet-stream",
    )


def _person_id(request: HttpRequest) -> int | None:
    """Of whoever is signed in; this floor knows no more of them."""
    pk: int | None = getattr(getattr(request, "person", None), "pk", None)
    return pk
