"""The editor: the programme's own look, and nothing in it about people."""

from django.http import HttpRequest
from django.templatetags.static import static
from django.utils.html import format_html
from django.utils.safestring import SafeString
from wagtail import hooks
from wagtail.admin.menu import MenuItem

ABOUT_PEOPLE = frozenset({"reports", "users", "groups"})
NOT_FOR_EDITORS = frozenset({"help", "sites"})


@hooks.register("construct_main_menu")  # type: ignore[untyped-decorator]
def leave_out_people(_request: HttpRequest, items: list[MenuItem]) -> None:
    """Reports list who did what: the audit trail at /staff/ is the place for that."""
    items[:] = [item for item in items if item.name not in ABOUT_PEOPLE | NOT_FOR_EDITORS]


@hooks.register("construct_settings_menu")  # type: ignore[untyped-decorator]
def leave_out_people_in_settings(_request: HttpRequest, items: list[MenuItem]) -> None:
    items[:] = [item for item in items if item.name not in ABOUT_PEOPLE | NOT_FOR_EDITORS]


@hooks.register("insert_global_admin_css")  # type: ignore[untyped-decorator]
def own_colours() -> SafeString:
    return format_html('<link rel="stylesheet" href="{}">', static("css/editor.css"))
