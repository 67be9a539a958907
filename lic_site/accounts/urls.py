"""A person's own pages, and the staff pages about people."""

from django.urls import URLPattern, path

from lic_site.accounts import views

app_name = "accounts"

urlpatterns: list[URLPattern] = [
    path("my/about-you/", views.about_you, name="about_you"),
    path("accounts/second-factor/", views.second_factor, name="second_factor"),
]
