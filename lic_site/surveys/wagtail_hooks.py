"""``/manage/questionnaires/`` in the editor: what is asked, never what anybody answered."""

from django.http import HttpRequest
from django.urls import URLResolver, include, path, re_path, reverse
from wagtail import hooks
from wagtail.admin.menu import MenuItem

from lic_site.surveys.policies import can
from lic_site.surveys.views.building import (
    conditions,
    drafts,
    listing,
    one,
    previews,
    questions,
)

_DRAFT = "<int:pk>/draft/"

ADDRESSES = [
    path("", listing.listing, name="list"),
    path("new/", listing.choose, name="choose"),
    path("new/<slug:begin>/", listing.new, name="new"),
    path("<int:pk>/", one.one, name="one"),
    path("<int:pk>/describe/", one.describe, name="describe"),
    path("<int:pk>/copy/", one.copy, name="copy"),
    path("<int:pk>/begin/", one.begin, name="begin"),
    path("<int:pk>/retire/", one.retire, name="retire"),
    path("<int:pk>/bring-back/", one.bring_back, name="bring_back"),
    path("<int:pk>/versions/<int:number>/", one.version, name="version"),
    path("<int:pk>/versions/<int:number>/<int:page_number>/", previews.preview, name="preview"),
    path(_DRAFT, drafts.draft, name="draft"),
    path(f"{_DRAFT}closing/", drafts.closing, name="closing"),
    path(f"{_DRAFT}publish/", drafts.publish, name="publish"),
    path(f"{_DRAFT}discard/", drafts.discard, name="discard"),
    path(f"{_DRAFT}pages/add/", drafts.add_section, name="add_section"),
    path(f"{_DRAFT}pages/<slug:code>/", drafts.section, name="section"),
    path(f"{_DRAFT}pages/<slug:code>/move/", drafts.move_section, name="move_section"),
    path(f"{_DRAFT}pages/<slug:code>/remove/", drafts.remove_section, name="remove_section"),
    path(f"{_DRAFT}pages/<slug:code>/questions/", questions.kinds, name="kinds"),
    path(f"{_DRAFT}pages/<slug:code>/questions/<slug:kind>/", questions.add, name="add"),
    path(f"{_DRAFT}questions/<slug:code>/", questions.change, name="question"),
    path(f"{_DRAFT}questions/<slug:code>/move/", questions.move, name="move_question"),
    path(f"{_DRAFT}questions/<slug:code>/remove/", questions.remove, name="remove_question"),
    re_path(
        r"^(?P<pk>\d+)/draft/(?P<what>pages|questions)/(?P<code>[-\w]+)/when/$",
        conditions.condition,
        name="condition",
    ),
]


@hooks.register("register_admin_urls")  # type: ignore[untyped-decorator]
def addresses() -> list[URLResolver]:
    return [path("questionnaires/", include((ADDRESSES, "questionnaires")))]


class QuestionnairesItem(MenuItem):
    def is_shown(self, request: HttpRequest) -> bool:
        return can(getattr(request, "person", None), "build")


@hooks.register("register_admin_menu_item")  # type: ignore[untyped-decorator]
def menu_item() -> MenuItem:
    return QuestionnairesItem(
        "Questionnaires", reverse("questionnaires:list"), icon_name="clipboard-list", order=710
    )
