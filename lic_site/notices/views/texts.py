"""``/manage/texts/``: the words of each kind of message, in Wagtail's own pages."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from wagtail.admin import messages
from wagtail.permission_policies import ModelPermissionPolicy
from wagtail.snippets.action_menu import ActionMenuItem, UnpublishMenuItem
from wagtail.snippets.views import snippets

from lic_site.common.errors import Refusal
from lic_site.notices import services
from lic_site.notices.models import MessageText

SEND = "action-send-sample"


class KindsAreGiven(ModelPermissionPolicy):
    """Nobody adds or deletes a text: there is one for each kind of message."""

    def user_has_permission(self, user: Any, action: str) -> bool:
        allowed: bool = super().user_has_permission(user, action)
        return allowed and action not in {"add", "delete"}


class SendItem(ActionMenuItem):
    """To whoever is editing, as filled in, saved or not."""

    name = SEND
    label = "Send to me with made-up details"
    icon_name = "mail"


class ResetItem(UnpublishMenuItem):
    label = "Back to the site’s own words"
    icon_name = "undo"

    def is_shown(self, context: dict[str, Any]) -> bool:
        text = context["instance"]
        may = context["request"].user.has_perm("notices.publish_messagetext")
        return bool(may and (text.live or text.latest_revision_id))


def actions(items: list[ActionMenuItem], _request: HttpRequest, context: dict[str, Any]) -> None:
    """What can be done with a text."""
    if context["model"] is MessageText:
        items[:] = [item for item in items if not isinstance(item, UnpublishMenuItem)]
        more: list[ActionMenuItem] = [SendItem(order=40), ResetItem(order=50)]
        items += [item for item in more if item.is_shown(context)]


class EditTextView(snippets.EditView):
    """Wagtail's own; it can also send what stands in the form, which is not saved then."""

    page_title = "Editing the words of"

    def form_valid(self, form: Any) -> HttpResponse:
        if SEND not in self.request.POST:
            response: HttpResponse = super().form_valid(form)
            return response
        self.form = form
        try:
            address = services.send_sample(text=form.instance, to=self.request.person)
        except Refusal as refusal:
            messages.error(self.request, str(refusal))
        else:
            messages.success(self.request, f"Sent to {address}, with made-up details.")
        shown: HttpResponse = self.render_to_response(self.get_context_data(form=form))
        return shown


class ResetTextView(snippets.UnpublishView):
    """In the place of taking a text out of use: its row then holds the site's own words again."""

    permission_required = "publish"
    page_title = "Back to the site’s own words"
    template_name = "notices/manage/confirm_reset.html"

    def post(self, request: Any, *_: Any, **__: Any) -> HttpResponse:
        try:
            services.reset_text(text=self.object, by=request.person, at=timezone.now())
        except Refusal as refusal:
            messages.warning(request, str(refusal))
        else:
            messages.success(request, f"‘{self.object}’ says the site’s own words again.")
        return redirect(self.edit_url_name, self.object.pk)
