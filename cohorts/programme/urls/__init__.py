"""The programme's addresses. Each module holds those of one part of the work."""

from django.urls import URLPattern

from cohorts.programme.urls import (
    applying,
    boards,
    needs,
    places,
    register,
    routes,
    sessions,
    sets,
    staff,
)

app_name = "programme"

urlpatterns: list[URLPattern] = [
    *applying.urlpatterns,
    *boards.urlpatterns,
    *register.urlpatterns,
    *places.urlpatterns,
    *staff.urlpatterns,
    *sessions.urlpatterns,
    *sets.urlpatterns,
    *needs.urlpatterns,
    *routes.urlpatterns,
]
