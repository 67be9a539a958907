"""Addresses of a cohort's sessions: planned by Staff College, led, taken part in."""

from django.urls import URLPattern, path

from cohorts.programme.views import facilitating, materials
from cohorts.programme.views.staff import avoid_dates, coaching, session_people, sessions
from cohorts.programme.views.taking_part import coaching as my_coaching
from cohorts.programme.views.taking_part import sessions as mine

_dates = "staff/cohorts/<slug:slug>/dates/"

_planning: list[URLPattern] = [
    path(_dates, sessions.sessions, name="sessions"),
    path(f"{_dates}new/", sessions.change_session, name="add_session"),
    path(f"{_dates}<int:pk>/", sessions.session, name="staff_session"),
    path(f"{_dates}<int:pk>/change/", sessions.change_session, name="change_session"),
    path(f"{_dates}<int:pk>/move/", sessions.move_session, name="move_session"),
    path(f"{_dates}<int:pk>/cancel/", sessions.cancel_session, name="cancel_session"),
    path(f"{_dates}<int:pk>/delete/", sessions.delete_session, name="delete_session"),
    path(
        f"{_dates}<int:pk>/facilitators/",
        session_people.facilitators,
        name="session_facilitators",
    ),
    path(f"{_dates}coaching/", coaching.slots, name="slots"),
    path(f"{_dates}coaching/new/", coaching.add_slots, name="add_slots"),
    path("staff/dates-to-avoid/", avoid_dates.dates, name="dates_to_avoid"),
    path("staff/dates-to-avoid/new/", avoid_dates.change, name="add_date_to_avoid"),
    path("staff/dates-to-avoid/<int:pk>/", avoid_dates.change, name="change_date_to_avoid"),
    path("staff/dates-to-avoid/<int:pk>/delete/", avoid_dates.delete, name="delete_date_to_avoid"),
]

_mine = "my/cohorts/<slug:slug>/sessions/"

_taking_part: list[URLPattern] = [
    path(_mine, mine.my_sessions, name="my_sessions"),
    path(f"{_mine}dates.ics", mine.my_dates, name="my_dates"),
    path(f"{_mine}<int:pk>/", mine.my_session, name="my_session"),
    path(f"{_mine}<int:pk>/date.ics", mine.my_date, name="my_date"),
    path("my/dates/<int:pk>/", mine.date_page, name="date"),
    path("my/cohorts/<slug:slug>/coaching/", my_coaching.coaching, name="coaching"),
    path("my/materials/<int:pk>/", materials.material, name="material"),
]

_leading: list[URLPattern] = [
    path("my/sessions/", facilitating.leading, name="leading"),
    path("my/sessions/<int:pk>/", facilitating.led_session, name="led_session"),
    path("my/sessions/<int:pk>/date.ics", facilitating.led_date, name="led_date"),
    path("my/sessions/<int:pk>/materials/", materials.add_material, name="add_material"),
    path("my/materials/<int:pk>/change/", materials.change_material, name="change_material"),
]

urlpatterns: list[URLPattern] = [*_planning, *_taking_part, *_leading]
