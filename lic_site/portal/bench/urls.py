"""The site's addresses and two yardsticks beside them, served by the same server."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import path

from lic_site.common.models import Tick
from lic_site.urls import urlpatterns as site


def bare(request: HttpRequest) -> HttpResponse:
    """A view with an empty template."""
    return render(request, "bench/empty.html")


def calibration(request: HttpRequest, queries: int) -> HttpResponse:
    """As many trivial queries through the ORM, one after another."""
    for _ in range(queries):
        Tick.objects.filter(pk="none").first()
    return render(request, "bench/empty.html")


urlpatterns = [
    path("bench/bare/", bare),
    path("bench/calibration/<int:queries>/", calibration),
    *site,
]
