"""The signed-in home and what is laid side by side there."""

from django.urls import URLPattern, URLResolver, include, path

from lic_site.portal import equality, staff, views

app_name = "portal"

urlpatterns: list[URLPattern | URLResolver] = [
    path("my/", views.home, name="home"),
    path("staff/", staff.home, name="staff_home"),
    path("staff/imports/", include("lic_site.portal.imports.urls")),
    path("staff/equality/", equality.equality, name="equality"),
]
