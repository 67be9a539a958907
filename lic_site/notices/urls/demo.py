"""The demonstration's mailbox."""

from django.urls import URLPattern, path

from lic_site.notices.views import demo

urlpatterns: list[URLPattern] = [
    path("dev/mail/", demo.inbox, name="demo_inbox"),
    path("dev/mail/<str:kept_id>/", demo.message, name="demo_message"),
    path("dev/mail/<str:kept_id>/html/", demo.message_html, name="demo_message_html"),
]
