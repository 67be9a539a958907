"""Addresses of learning sets."""

from django.urls import URLPattern, path

from cohorts.programme.views import facilitating_sets
from cohorts.programme.views.staff import sets, sets_changing
from cohorts.programme.views.taking_part import my_set

urlpatterns: list[URLPattern] = [
    path("my/cohorts/<slug:slug>/set/", my_set.my_set, name="my_set"),
    path("my/cohorts/<slug:slug>/set/share/", my_set.share, name="share"),
    path("my/sets/<int:pk>/", facilitating_sets.learning_set, name="facilitated_set"),
    path("staff/cohorts/<slug:slug>/sets/", sets.sets, name="sets"),
    path("staff/cohorts/<slug:slug>/sets/make/", sets.make, name="make_sets"),
    path("staff/cohorts/<slug:slug>/sets/name/", sets.name, name="name_sets"),
    path("staff/cohorts/<slug:slug>/sets/apart/", sets.apart, name="sets_apart"),
    path(
        "staff/cohorts/<slug:slug>/sets/apart/<int:pk>/lift/",
        sets_changing.lift,
        name="lift_apart",
    ),
    path("staff/cohorts/<slug:slug>/sets/add/", sets_changing.add, name="add_set"),
    path("staff/cohorts/<slug:slug>/sets/<int:pk>/", sets_changing.change, name="change_set"),
    path(
        "staff/cohorts/<slug:slug>/sets/<int:pk>/remove/", sets_changing.remove, name="remove_set"
    ),
]
