"""Waves, plans and response rates, for staff."""

from django.urls import URLPattern, path

from lic_site.surveys.views import planning, plans, waves

urlpatterns: list[URLPattern] = [
    path("staff/surveys/", waves.board, name="board"),
    path("staff/surveys/new/", planning.find, name="find"),
    path("staff/surveys/new/<slug:kind>/<int:pk>/", planning.plan_wave, name="plan_wave"),
    path("staff/surveys/plans/", plans.listing, name="plans"),
    path("staff/surveys/plans/<int:pk>/", plans.change, name="plan"),
    path("staff/surveys/plans/<int:pk>/switch/", plans.switch, name="switch_plan"),
    path("staff/surveys/<int:pk>/", waves.wave, name="wave"),
    path("staff/surveys/<int:pk>/change/", planning.change_wave, name="change_wave"),
    path("staff/surveys/<int:pk>/do/<slug:name>/", waves.act, name="wave_act"),
]
