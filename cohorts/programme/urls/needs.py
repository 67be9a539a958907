"""Addresses of what participants need."""

from django.urls import URLPattern, path

from cohorts.programme.views.staff import needs as staff_needs
from cohorts.programme.views.staff import needs_sheets
from cohorts.programme.views.taking_part import needs

urlpatterns: list[URLPattern] = [
    path("my/cohorts/<slug:slug>/needs/", needs.needs, name="needs"),
    path("my/cohorts/<slug:slug>/needs/check/", needs.check, name="needs_check"),
    path("my/cohorts/<slug:slug>/needs/<slug:kind>/", needs.need, name="need"),
    path("staff/cohorts/<slug:slug>/needs/", staff_needs.needs, name="staff_needs"),
    path("staff/cohorts/<slug:slug>/needs/remind/", staff_needs.remind, name="remind_needs"),
    path("staff/cohorts/<slug:slug>/needs/venue/", staff_needs.venue, name="venue"),
    path("staff/cohorts/<slug:slug>/needs/venue.xlsx", needs_sheets.venue, name="venue_sheet"),
    path(
        "staff/cohorts/<slug:slug>/needs/contacts.xlsx",
        needs_sheets.contacts,
        name="contacts_sheet",
    ),
    path("staff/cohorts/<slug:slug>/needs/<int:pk>/", staff_needs.answer, name="answer_need"),
]
