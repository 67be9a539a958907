"""The site's addresses and two yardsticks beside them, served by the same server."""

from django.db import connection
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import path

from lic_site.urls import urlpatterns as site


def bare(request: HttpRequest) -> HttpResponse:
    """A view with an empty template."""
    return render(request, "bench/empty.html")


def calibration(request: HttpRequest, queries: int) -> HttpResponse:
    """As many trivial queries, one after another."""
    with connection.cursor() as cursor:
        for _ in range(queries):
            cursor.execute("select 1")
            cursor.fetchone()
    return render(request, "bench/empty.html")


urlpatterns = [
    path("bench/bare/", bare),
    path("bench/calibration/<int:queries>/", calibration),
    *site,
]
