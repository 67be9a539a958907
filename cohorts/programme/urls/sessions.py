"""Addresses of a cohort's sessions: planned by Staff College, led, taken part in."""

from django.urls import URLPattern, path

from cohorts.programme.views.staff import session_people, sessions

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
]

urlpatterns: list[URLPattern] = [*_planning]
