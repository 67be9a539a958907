"""Staff pages about messages, a person's own, and the demonstration's mailbox."""

from django.urls import URLPattern, path

from lic_site.notices.views import demo, mine, staff

app_name = "notices"

urlpatterns: list[URLPattern] = [
    path("my/messages/", mine.my_messages, name="mine"),
    path("messages/stop/<str:kind>/<str:token>/", mine.unsubscribe, name="unsubscribe"),
    path("staff/messages/", staff.board, name="board"),
    path("staff/messages/all/", staff.listing, name="list"),
    path("staff/messages/release/", staff.release, name="release"),
    path("staff/messages/kinds/", staff.kind_list, name="kinds"),
    path("staff/messages/kinds/<str:name>/", staff.kind, name="kind"),
    path("staff/messages/kinds/<str:name>/html/", staff.kind_html, name="kind_html"),
    path("staff/messages/<int:pk>/", staff.one, name="one"),
    path("staff/messages/<int:pk>/html/", staff.one_html, name="one_html"),
    path("staff/messages/<int:pk>/retry/", staff.retry, name="retry"),
    path("staff/messages/<int:pk>/cancel/", staff.cancel, name="cancel"),
    path("dev/mail/", demo.inbox, name="demo_inbox"),
    path("dev/mail/<str:kept_id>/", demo.message, name="demo_message"),
    path("dev/mail/<str:kept_id>/html/", demo.message_html, name="demo_message_html"),
]
