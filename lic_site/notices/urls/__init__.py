"""Everything about messages: a person's own pages, the staff's, what programs fetch and post."""

from django.urls import URLPattern

from lic_site.notices.urls import board, calendars, demo, mailings, mine, rules, webhooks

app_name = "notices"

urlpatterns: list[URLPattern] = [
    *mine.urlpatterns,
    *calendars.urlpatterns,
    *webhooks.urlpatterns,
    *rules.urlpatterns,
    *mailings.urlpatterns,
    *board.urlpatterns,
    *demo.urlpatterns,
]
