"""A person's private calendar."""

from django.urls import URLPattern, path

from lic_site.notices.views import calendars

urlpatterns: list[URLPattern] = [
    path("calendar/<str:token>.ics", calendars.calendar_feed, name="calendar_feed"),
    path("my/calendar/", calendars.my_calendar, name="my_calendar"),
    path("my/calendar/on/", calendars.turn_on, name="calendar_on"),
    path("my/calendar/off/", calendars.turn_off, name="calendar_off"),
    path("my/calendar/new/", calendars.renew, name="calendar_renew"),
]
