"""The words of messages in the editor. No message, and nobody who was sent one, is found there."""

from django.db.models import QuerySet
from django.http import HttpRequest
from wagtail import hooks
from wagtail.admin.ui.tables import Column
from wagtail.permissions import register_permission_policy
from wagtail.snippets.models import register_snippet
from wagtail.snippets.views.snippets import SnippetViewSet

from lic_site.notices import texts
from lic_site.notices.models import MessageText
from lic_site.notices.panels import EDITING
from lic_site.notices.views.texts import EditTextView, KindsAreGiven, ResetTextView, actions


class MessageTextViewSet(SnippetViewSet):
    model = MessageText
    icon = "mail"
    menu_label = "Message texts"
    menu_order = 700
    add_to_admin_menu = True
    base_url_path = "texts"
    edit_handler = EDITING
    edit_view_class = EditTextView
    unpublish_view_class = ResetTextView
    copy_view_enabled = False
    list_per_page = 100
    list_display = [
        "title",
        Column("subject", label="Subject"),
        Column("whose", label="Words that go out"),
        Column("draft", label="Draft"),
    ]
    search_fields = ["kind", "subject", "body"]

    def get_queryset(self, _request: HttpRequest) -> QuerySet[MessageText]:
        """Those of messages that the site still sends."""
        return MessageText.objects.filter(kind__in=texts.editable_kinds())


register_permission_policy(MessageText, KindsAreGiven(MessageText))
register_snippet(MessageTextViewSet)
hooks.register("construct_snippet_action_menu", actions)
