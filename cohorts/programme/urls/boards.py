"""Addresses of a participant's cohort and of staff's pages about its people."""

from django.urls import URLPattern, path

from cohorts.programme import exports
from cohorts.programme.views.staff import people
from cohorts.programme.views.taking_part import home

_cohort = "staff/cohorts/<slug:slug>/"

urlpatterns: list[URLPattern] = [
    path("my/cohorts/", home.my_cohorts, name="my_cohorts"),
    path("my/cohorts/<slug:slug>/", home.my_cohort, name="my_cohort"),
    path("my/cohorts/<slug:slug>/named/", home.be_named, name="be_named"),
    path(f"{_cohort}people/", people.people, name="people"),
    path(f"{_cohort}people/list.xlsx", exports.people, name="export_people"),
    path(f"{_cohort}people/<int:pk>/", people.person, name="participant"),
    path(f"{_cohort}dates/list.xlsx", exports.sessions, name="export_sessions"),
]
