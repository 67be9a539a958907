"""Raise a concern, follow it up, read and answer it, keep the list of readers."""

from django.urls import path

from lic_site.concerns.views import contacts, following, handling, messages, raising

app_name = "concerns"

urlpatterns = [
    path("concern/", raising.tell, name="tell"),
    path("concern/follow/", following.follow, name="follow"),
    path("my/concerns/", following.mine, name="mine"),
    path("my/concerns/<str:reference>/", following.one, name="one"),
    path("my/concerns/<str:reference>/withdraw/", following.withdraw, name="withdraw"),
    path("staff/concerns/", handling.board, name="board"),
    path("staff/concerns/messages/", messages.stuck, name="messages"),
    path("staff/concerns/contacts/", contacts.listing, name="contacts"),
    path("staff/concerns/contacts/new/", contacts.add, name="add_contact"),
    path("staff/concerns/contacts/<int:pk>/", contacts.change, name="contact"),
    path("staff/concerns/contacts/<int:pk>/end/", contacts.end, name="end_contact"),
    path("staff/concerns/<str:reference>/", handling.concern, name="concern"),
    path("staff/concerns/<str:reference>/do/<str:name>/", handling.act, name="act"),
    path(
        "staff/concerns/<str:reference>/actions/<int:pk>/", handling.action_done, name="action_done"
    ),
]
