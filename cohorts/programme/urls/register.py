"""Addresses of registers, apologies, catching up, and who may need support."""

from django.urls import URLPattern, path

from cohorts.programme.views import register
from cohorts.programme.views.staff import register as staff
from cohorts.programme.views.staff import support_list
from cohorts.programme.views.taking_part import missing

_led = "my/sessions/<int:pk>/"
_attended = "my/cohorts/<slug:slug>/sessions/<int:pk>/"
_cohort = "staff/cohorts/<slug:slug>/"

urlpatterns: list[URLPattern] = [
    path(f"{_led}register/", register.register, name="register"),
    path(f"{_led}catch-up/<int:attendance>/", register.record_catch_up, name="record_catch_up"),
    path(f"{_attended}cannot-come/", missing.apologise, name="apologise"),
    path(f"{_attended}catch-up/", missing.catch_up, name="catch_up"),
    path(f"{_cohort}register/", staff.registers, name="staff_register"),
    path(f"{_cohort}register/list.xlsx", staff.export, name="export_register"),
    path(f"{_cohort}support-list/", support_list.one_cohort, name="support_list"),
    path(f"{_cohort}support-list/<int:pk>/", support_list.contact, name="support_contact"),
    path("staff/may-need-support/", support_list.every_cohort, name="may_need_support"),
]
