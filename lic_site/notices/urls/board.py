"""What is due, sent and failed; one message; what each kind says."""

from django.urls import URLPattern, path

from lic_site.notices.views import board, staff

urlpatterns: list[URLPattern] = [
    path("staff/messages/", board.board, name="board"),
    path("staff/messages/all/", board.listing, name="list"),
    path("staff/messages/many/", board.many, name="many"),
    path("staff/messages/held/", board.held, name="held"),
    path("staff/messages/release/", board.release, name="release"),
    path("staff/messages/addresses/", board.set_aside, name="set_aside"),
    path("staff/messages/addresses/<int:pk>/put-back/", board.put_back, name="put_back"),
    path("staff/messages/people/<int:pk>/", board.person, name="person"),
    path("staff/messages/kinds/", staff.kind_list, name="kinds"),
    path("staff/messages/kinds/<str:name>/", staff.kind, name="kind"),
    path("staff/messages/kinds/<str:name>/html/", staff.kind_html, name="kind_html"),
    path("staff/messages/<int:pk>/", staff.one, name="one"),
    path("staff/messages/<int:pk>/html/", staff.one_html, name="one_html"),
    path("staff/messages/<int:pk>/everybody/", board.everybody, name="everybody"),
    path("staff/messages/<int:pk>/hold/", staff.hold, name="hold"),
    path("staff/messages/<int:pk>/retry/", staff.retry, name="retry"),
    path("staff/messages/<int:pk>/cancel/", staff.cancel, name="cancel"),
]
