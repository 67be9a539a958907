"""Addresses of the other leadership programmes that people have done."""

from django.urls import URLPattern, path

from cohorts.programme.views import routes

urlpatterns: list[URLPattern] = [
    path("my/profile/routes/", routes.own, name="own_routes"),
    path("my/profile/routes/<int:pk>/remove/", routes.remove_own, name="remove_own_route"),
    path("staff/people/<int:pk>/routes/", routes.of_person, name="person_routes"),
    path(
        "staff/people/<int:pk>/routes/<int:route>/remove/",
        routes.remove_of_person,
        name="remove_route",
    ),
]
