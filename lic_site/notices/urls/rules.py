"""When the clock writes to people."""

from django.urls import URLPattern, path

from lic_site.notices.views import rules

urlpatterns: list[URLPattern] = [
    path("staff/messages/rules/", rules.listing, name="rules"),
    path("staff/messages/rules/next-month/", rules.next_month, name="rules_next_month"),
    path("staff/messages/rules/add/<str:kind>/", rules.add, name="rule_add"),
    path("staff/messages/rules/<int:pk>/", rules.change, name="rule"),
    path("staff/messages/rules/<int:pk>/remove/", rules.remove, name="rule_remove"),
]
