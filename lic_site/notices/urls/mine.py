"""What a person was sent and how they want it; what the office chose for every message."""

from django.urls import URLPattern, path

from lic_site.notices.views import mine, settings, unsubscribe

urlpatterns: list[URLPattern] = [
    path("my/messages/", mine.my_messages, name="mine"),
    path("my/messages/wanted/", mine.wanted, name="wanted"),
    path("my/messages/pace/", mine.pace, name="pace"),
    path("my/messages/quiet/", mine.quiet, name="quiet"),
    path("staff/messages/settings/", settings.settings, name="settings"),
    path("messages/stop/<str:kind>/<str:token>/", unsubscribe.unsubscribe, name="unsubscribe"),
]
