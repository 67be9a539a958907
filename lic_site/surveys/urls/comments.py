"""Comments, who checks them, themes, and what was done."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
