"""What mail providers tell."""

from django.urls import URLPattern, path

from lic_site.notices.views import webhooks

urlpatterns: list[URLPattern] = [
    path("webhooks/mail/<str:provider>/", webhooks.told, name="webhook"),
]
