"""Addresses of a participant's cohort and of staff's pages about its people."""

from django.urls import URLPattern, path

from cohorts.programme.views.taking_part import home

urlpatterns: list[URLPattern] = [
    path("my/cohorts/<slug:slug>/", home.my_cohort, name="my_cohort"),
    path("my/cohorts/<slug:slug>/named/", home.be_named, name="be_named"),
]
