"""Waves, plans and response rates, for staff."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
